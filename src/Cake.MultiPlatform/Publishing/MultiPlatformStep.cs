namespace Cake.MultiPlatform;

/// <summary>What a step of a plan does.</summary>
public enum MultiPlatformStepKind
{
    /// <summary>Builds, where no tag points at the result yet.</summary>
    Build,

    /// <summary>Pushes what was built under a name that nobody pulls.</summary>
    Push,

    /// <summary>Copies what was pushed to another repository, under a name that nobody pulls.</summary>
    Copy,

    /// <summary>Puts a manifest list together, on this machine.</summary>
    List,

    /// <summary>Points tags at what was built.</summary>
    Tag,
}

/// <summary>A step of a plan: one docker command.</summary>
public sealed class MultiPlatformStep
{
    internal MultiPlatformStep(MultiPlatformStepKind kind, DockerSettings command, IEnumerable<ImageReference> images, ImagePlatform? platform = null)
    {
        Kind = kind;
        Command = command;
        Images = [.. images];
        Platform = platform;
    }

    /// <summary>What it does.</summary>
    public MultiPlatformStepKind Kind { get; }

    /// <summary>The names that it writes; none where it pushes by digest.</summary>
    public IReadOnlyList<ImageReference> Images { get; }

    /// <summary>The platform that it is for; <see langword="null"/> where it is for all.</summary>
    public ImagePlatform? Platform { get; }

    /// <summary>The command's own settings, with placeholders for what is not known yet.</summary>
    internal DockerSettings Command { get; }

    /// <summary>The output by which a build hands over the files of what it built.</summary>
    internal static BuildOutput Files => BuildOutput.TarArchive("-");

    /// <summary>Whether it hands them over.</summary>
    internal bool HandsOverFiles => Kind == MultiPlatformStepKind.Build && Command.ToWords().ToKeep().Contains($"{Files}", StringComparer.Ordinal);

    /// <summary>The same build, which hands over nothing; <see langword="null"/> where it was kept as words.</summary>
    internal DockerSettings<BuildxBuildResult>? WithoutFiles => Command is BuildxBuildSettings build
        ? build.With(build.Platforms, build.Tags, build.Outputs.Where(output => output.ToString() != Files.ToString()))
        : null;

    /// <summary>The name of the digest that it makes known.</summary>
    internal string DigestName => Platform?.ToString() ?? PlanDigest.Build;

    /// <summary>The command as one would type it, secrets masked.</summary>
    /// <returns>The command line.</returns>
    public override string ToString() => Command.ToArguments().ToString();
}
