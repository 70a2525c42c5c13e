namespace Cake.MultiPlatform;

/// <summary>How the progress of a build is shown.</summary>
internal enum ProgressView
{
    /// <summary>As docker writes it for no terminal, or as the user chose.</summary>
    AsItIs,

    /// <summary>Docker reports, and the addin says it: a tidy stream per platform.</summary>
    Report,

    /// <summary>Docker draws on the terminal.</summary>
    Terminal,
}

/// <summary>Chooses how the progress of a publish's builds is shown.</summary>
/// <param name="Buildx">The version of buildx, as docker tells it; <see langword="null"/> where there is none.</param>
/// <param name="Builds">How many builds there are.</param>
/// <param name="IsTerminal">Whether somebody sits before a terminal.</param>
/// <param name="Variable">Looks up an environment variable.</param>
internal sealed record ProgressChoice(string? Buildx, int Builds, bool IsTerminal, Func<string, string?> Variable)
{
    private const string Flag = "--progress";
    private const string Quiet = "--quiet";
    private const string Drawn = "tty";

    // What docker takes for the flag where there is none.
    private const string FlagVariable = "BUILDKIT_PROGRESS";

    // The first version that reports as JSON.
    private static readonly Version Reports = new(0, 13);

    // The first version that tells afterwards why a build failed whose words went to the terminal.
    private static readonly Version Remembers = new(0, 21);

    /// <summary>
    /// What the user chose is kept, and an older buildx cannot report. What docker writes on a terminal nobody can mask or read: it
    /// does so only where nothing is secret and docker itself remembers why the build failed.
    /// </summary>
    public ProgressView For(DockerSettings build)
    {
        IReadOnlyList<string> words = build.ToWords().ToKeep();
        var index = words.ToList().IndexOf(Flag);
        var chosen = index >= 0 ? words[index + 1] : build.EnvironmentVariables.TryGetValue(FlagVariable, out var own) ? own : Variable(FlagVariable);
        var version = BuildxVersion.TryParse(Buildx)?.Version;
        var canDraw = IsTerminal && build.ToArguments().Mask.IsEmpty;
        return 0 switch
        {
            _ when words.Contains(Quiet, StringComparer.Ordinal) => ProgressView.AsItIs,
            _ when chosen == Drawn && canDraw => ProgressView.Terminal,
            _ when !string.IsNullOrEmpty(chosen) || version is null || version < Reports => ProgressView.AsItIs,
            _ when canDraw && Builds == 1 && version >= Remembers => ProgressView.Terminal,
            _ => ProgressView.Report,
        };
    }
}
