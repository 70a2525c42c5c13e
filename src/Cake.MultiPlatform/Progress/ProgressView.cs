namespace Cake.MultiPlatform;

/// <summary>Chooses how the progress of a publish's builds is shown.</summary>
internal static class ProgressView
{
    private const string Flag = "--progress";
    private const string Quiet = "--quiet";

    // What docker takes for the flag where there is none.
    private const string Variable = "BUILDKIT_PROGRESS";

    // The first version that reports as JSON.
    private static readonly Version First = new(0, 13);

    /// <summary>Whether docker is asked for its report, and the addin shows it; what the user chose is kept, and an older buildx cannot.</summary>
    /// <param name="build">The build.</param>
    /// <param name="buildx">The version of buildx, as docker tells it; <see langword="null"/> where there is none.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    public static bool IsOurs(DockerSettings build, string? buildx, Func<string, string?> variable) =>
        !build.ToWords().ToKeep().Any(word => word is Flag or Quiet)
        && string.IsNullOrEmpty(build.EnvironmentVariables.TryGetValue(Variable, out var own) ? own : variable(Variable))
        && BuildxVersion.TryParse(buildx)?.Version >= First;
}
