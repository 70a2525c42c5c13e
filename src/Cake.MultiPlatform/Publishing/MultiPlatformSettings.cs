using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>The ways to get from builds per platform to one tag.</summary>
public enum MultiPlatformStrategy
{
    /// <summary>The first of <see cref="Buildx"/>, <see cref="Index"/> and <see cref="Manifest"/> that can work with the builder and engine at hand; the log says which and why.</summary>
    Auto,

    /// <summary>One <c>docker buildx build</c> for all platforms. Needs a builder that can: any but driver <c>docker</c> on the classic image store.</summary>
    Buildx,

    /// <summary>
    /// A <c>docker buildx build</c> per platform, side by side, each pushed by its digest (by driver <c>docker</c>, which cannot,
    /// under a tag such as <c>1.4.0-linux-arm64</c>), then <c>docker buildx imagetools create</c>. Works with every builder, and keeps
    /// attestations and annotations where the engine's store can.
    /// </summary>
    Index,

    /// <summary>
    /// A build and push per platform, under tags such as <c>1.4.0-linux-arm64</c>, then <c>docker manifest create</c> and
    /// <c>push</c>. Works with the classic image store; cannot carry attestations.
    /// </summary>
    Manifest,
}

/// <summary>Who is to read the image: shapes that not every consumer takes.</summary>
public enum ConsumerProfile
{
    /// <summary>What docker makes by itself: attestations and OCI's media types where the builder can.</summary>
    Default,

    /// <summary>Nothing but images in the index: no attestations, whose entries <c>unknown/unknown</c> some registries and tools stumble over.</summary>
    NoAttestations,

    /// <summary>
    /// No attestations, and Docker's media types instead of OCI's: for old registries and engines, and for AWS Lambda, which takes the
    /// image of one platform by its digest.
    /// </summary>
    DockerMediaTypes,
}

/// <summary>What <c>DockerBuildxMultiPlatform</c> is to publish.</summary>
public sealed class MultiPlatformSettings
{
    internal static readonly TimeSpan UsualStall = TimeSpan.FromMinutes(1);

    /// <summary>The repository, e.g. <c>ghcr.io/acme/shop</c>, required. A tag in it is published before those of <see cref="Tags"/>.</summary>
    public ImageReference? Image { get; set; }

    /// <summary>
    /// Further repositories, in other registries or in the same, that get the same image under the same tags, e.g.
    /// <c>registry.acme.example/shop</c>. Everything is in all of them before the first tag moves.
    /// </summary>
    public IList<ImageReference> Mirrors { get; } = [];

    /// <summary>The tags; default <c>latest</c> where <see cref="Image"/> has none either.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>The platforms, one or more.</summary>
    public PlatformSet Platforms { get; private set; } = [];

    /// <summary>How to publish; default <see cref="MultiPlatformStrategy.Auto"/>.</summary>
    public MultiPlatformStrategy Strategy { get; set; }

    /// <summary>
    /// How to build: context, Dockerfile, arguments, builder, and how to reach docker. Platforms, tags, outputs, <c>Push</c>,
    /// <c>Load</c>, <c>MetadataFile</c> and <c>ImageIdFile</c> are not to be set in it: publishing decides them.
    /// </summary>
    public BuildxBuildSettings Build { get; init; } = new();

    /// <summary>
    /// What is to be said of the executables in what was built: an entrypoint that cannot run on the image's platform is an error,
    /// and no tag moves; other executables for another platform are listed.
    /// </summary>
    public ExecutableRules Executables { get; init; } = new();

    /// <summary>Whether a tag may lose platforms that it holds now; default <see langword="false"/>: the publish is refused.</summary>
    public bool AllowPlatformRemoval { get; set; }

    /// <summary>
    /// Whether a release tag (<c>1.4.0</c>, <c>v1.4.0-rc.1</c>) may be moved to other images than those it holds, and <c>latest</c>,
    /// <c>1</c> or <c>1.4</c> to an older or unfinished version; default <see langword="false"/>: the publish is refused.
    /// </summary>
    public bool AllowTagOverwrite { get; set; }

    /// <summary>Who is to read the image; default <see cref="ConsumerProfile.Default"/>.</summary>
    public ConsumerProfile Profile { get; set; }

    /// <summary>
    /// A file that keeps what was built until the tags have moved, e.g. <c>./artifacts/publish-journal.json</c>. After a failure the next
    /// run does not build again what is finished, lies where it was put, and has the same settings, files and base images, for a day.
    /// Default none: everything is built, or comes from the builder's cache.
    /// </summary>
    public FilePath? Journal { get; set; }

    /// <summary>How many platforms are built side by side where each has a build of its own; default 4. Emulated ones come last.</summary>
    public int MaxParallelBuilds { get; set; } = 4;

    /// <summary>
    /// After how long without output a step of a build is named in the log, with its platform and whether that is emulated; default one
    /// minute, then after twice as long, and so on. It ends nothing. It is no part of a plan that is kept.
    /// </summary>
    public TimeSpan StallAfter { get; set; } = UsualStall;

    /// <summary>Whether the registry speaks plain HTTP or has an untrusted certificate (<c>docker manifest --insecure</c>); default <see langword="true"/> for registries on this machine.</summary>
    public bool? Insecure { get; set; }

    /// <summary>The same for other platforms, e.g. those that this machine builds.</summary>
    internal MultiPlatformSettings For(PlatformSet platforms)
    {
        var copy = (MultiPlatformSettings)MemberwiseClone();
        copy.Platforms = platforms;
        return copy;
    }
}

/// <summary>What <c>DockerBuildxMultiPlatform</c> published.</summary>
public sealed record MultiPlatformResult
{
    /// <summary>All names that now point at it, the first tag first.</summary>
    public required IReadOnlyList<ImageReference> References { get; init; }

    /// <summary>How it was published; never <see cref="MultiPlatformStrategy.Auto"/>.</summary>
    public required MultiPlatformStrategy Strategy { get; init; }

    /// <summary>What the registry holds, as it was read back after the tags had moved.</summary>
    public MultiPlatformImage Image => Contract.Image;

    /// <summary>What of the contract was checked, and held: a publish of which anything does not hold fails.</summary>
    public required ContractReport Contract { get; init; }

    /// <summary>What the files of each platform's image are, as they were read before the tags moved.</summary>
    public IReadOnlyList<ExecutableReport> Executables { get; init; } = [];

    /// <summary>The name with the first tag.</summary>
    public ImageReference Reference => References[0];

    /// <summary>The digest of the index.</summary>
    public string Digest => Image.Digest;

    /// <summary>The media type of the index.</summary>
    public string MediaType => Image.MediaType;

    /// <summary>The image of each platform: digest, size, config.</summary>
    public IReadOnlyList<PlatformImage> Images => Image.Images;
}
