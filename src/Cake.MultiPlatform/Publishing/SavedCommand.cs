namespace Cake.MultiPlatform;

/// <summary>A docker command as its words: what is left of its settings in a file. How it is read and shown, its own settings still know.</summary>
/// <typeparam name="TResult">What the command's output is read into.</typeparam>
internal sealed class SavedCommand<TResult>(DockerSettings<TResult> own, IReadOnlyList<string> words, IReadOnlyList<string> secrets) : DockerSettings<TResult>
{
    internal override string Command => own.Command;

    internal override string? Since => own.Since;

    internal override bool ShowsProgress => own.ShowsProgress;

    internal override bool MayBeRepeated => own.MayBeRepeated;

    internal override TResult Read(DockerOutput output) => own.Read(output);

    internal override void WriteSecretsTo(DockerArguments arguments)
    {
        base.WriteSecretsTo(arguments);
        foreach (var secret in secrets)
        {
            arguments.Secret(secret);
        }
    }

    internal override void WriteTo(DockerArguments arguments) => SavedCommand.Write(words, arguments);
}

/// <summary>A docker command that says nothing, as its words.</summary>
internal sealed class SilentSavedCommand(DockerSettings own, IReadOnlyList<string> words, IReadOnlyList<string> secrets) : DockerSettings
{
    internal override string Command => own.Command;

    internal override bool MayBeRepeated => own.MayBeRepeated;

    internal override void WriteSecretsTo(DockerArguments arguments)
    {
        base.WriteSecretsTo(arguments);
        foreach (var secret in secrets)
        {
            arguments.Secret(secret);
        }
    }

    internal override void WriteTo(DockerArguments arguments) => SavedCommand.Write(words, arguments);
}

/// <summary>The commands that a plan can have: a file cannot make anything else run.</summary>
internal static class SavedCommand
{
    /// <summary>The command with these words, and what it may be for; <see langword="null"/> where it is none of a plan's.</summary>
    public static (DockerSettings Command, MultiPlatformStepKind[] Kinds)? Of(IReadOnlyList<string> words, IReadOnlyList<string> secrets)
    {
        SavedCommand<T> Saved<T>(DockerSettings<T> own) => new(own, Rest(words, own), secrets);
        bool Is(DockerSettings own) => words.Take(own.Command.Split(' ').Length).SequenceEqual(own.Command.Split(' '), StringComparer.Ordinal);
        var (build, push, create, list, pushList) =
            (new BuildxBuildSettings(), new ImagePushSettings(), new BuildxImagetoolsCreateSettings(), new ManifestCreateSettings(), new ManifestPushSettings());
        return 0 switch
        {
            _ when Is(build) => (Saved(build), [MultiPlatformStepKind.Build]),
            _ when Is(push) => (Saved(push), [MultiPlatformStepKind.Push, MultiPlatformStepKind.Tag]),
            _ when Is(create) => (Saved(create), [MultiPlatformStepKind.Copy, MultiPlatformStepKind.Tag]),
            _ when Is(list) => (new SilentSavedCommand(list, Rest(words, list), secrets), [MultiPlatformStepKind.List]),
            _ when Is(pushList) => (Saved(pushList), [MultiPlatformStepKind.Tag]),
            _ => null,
        };
    }

    /// <summary>The same <c>imagetools create</c>, which only says what it would write.</summary>
    public static DockerSettings<OciIndex?> DryRun(DockerSettings<OciIndex?> create, PublishGoal goal)
    {
        var (own, words) = (new BuildxImagetoolsCreateSettings { DryRun = true }, create.ToWords());
        return goal.Connected(new SavedCommand<OciIndex?>(own, ["--dry-run", .. Rest(words.ToKeep(), own)], words.Secrets));
    }

    /// <summary>Writes the words; where docker wrote a temporary file, it writes one again.</summary>
    public static void Write(IReadOnlyList<string> words, DockerArguments arguments)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (i + 1 < words.Count && words[i + 1] == DockerArguments.TemporaryFile)
            {
                arguments.Output(words[i++], null);
            }
            else
            {
                arguments.Word(words[i]);
            }
        }
    }

    private static IReadOnlyList<string> Rest(IReadOnlyList<string> words, DockerSettings own) => [.. words.Skip(own.Command.Split(' ').Length)];
}
