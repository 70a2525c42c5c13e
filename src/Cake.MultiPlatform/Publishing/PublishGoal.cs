namespace Cake.MultiPlatform;

/// <summary>What is to be true at the end of a publish, and how docker is reached on the way: what settings and saved plans have in common.</summary>
internal sealed record PublishGoal
{
    /// <summary>The repositories, the home of the image first.</summary>
    public required IReadOnlyList<PublishTarget> Targets { get; init; }

    /// <summary>The platforms, in the order that they were asked for.</summary>
    public required PlatformSet Platforms { get; init; }

    /// <summary>How docker is reached: only connection and builder count.</summary>
    public required BuildxBuildSettings Connection { get; init; }

    /// <summary>Who is to read the image.</summary>
    public ConsumerProfile Profile { get; init; }

    /// <summary>Annotations that were asked for.</summary>
    public IReadOnlyList<BuildAnnotation> Annotations { get; init; } = [];

    /// <summary>Labels that were asked for; <see langword="null"/> where the value comes from docker's environment.</summary>
    public IReadOnlyDictionary<string, string?> Labels { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Attestations that were asked for: <c>provenance</c>, <c>sbom</c>.</summary>
    public IReadOnlyList<string> Attestations { get; init; } = [];

    /// <summary>What is to be said of the executables inside.</summary>
    public ExecutableRules Executables { get; init; } = new();

    /// <summary>Whether the registries speak plain HTTP; <see langword="null"/> where docker decides.</summary>
    public bool? Insecure { get; init; }

    /// <summary>Whether a tag may lose platforms.</summary>
    public bool AllowPlatformRemoval { get; init; }

    /// <summary>Whether a release tag may get other images.</summary>
    public bool AllowTagOverwrite { get; init; }

    /// <summary>How many builds run side by side.</summary>
    public int MaxParallelBuilds { get; init; } = 1;

    /// <summary>After how long without a word of docker's a step is named; no part of a plan that is kept.</summary>
    public TimeSpan StallAfter { get; init; } = MultiPlatformSettings.UsualStall;

    /// <summary>The first repository: what is pushed by tag is pushed there, and copied to the others.</summary>
    public PublishTarget Home => Targets[0];

    /// <summary>All names, the home's first.</summary>
    public IReadOnlyList<ImageReference> References => [.. Targets.SelectMany(target => target.References)];

    /// <summary>A command that reaches docker in the same way.</summary>
    public T Connected<T>(T command)
        where T : DockerSettings
    {
        command.ConnectLike(Connection);
        return command;
    }
}

/// <summary>A repository with the names that the image gets in it.</summary>
internal sealed record PublishTarget(ImageReference Repository, IReadOnlyList<ImageReference> References)
{
    /// <summary>The name under which the image lies until its tags are moved, where it cannot lie without one.</summary>
    public ImageReference Staging => PlatformSuffix.Add(References[0], "staging");

    /// <summary>The name of one platform's image, where it cannot lie without one.</summary>
    public ImageReference For(ImagePlatform platform) => PlatformSuffix.Add(References[0], platform);
}
