using System.Text.Json.Serialization;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx build</c>: builds an image for one or more platforms. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/"/>.
/// </summary>
public sealed class BuildxBuildSettings : BuildxSettings<BuildxBuildResult>
{
    /// <summary>The build context: a folder, a URL, or <c>-</c> for standard input; default <c>.</c>, the working directory.</summary>
    public string Context { get; set; } = ".";

    /// <summary><c>--file</c>: the Dockerfile, relative to the working directory, or <c>-</c> for standard input; default <c>Dockerfile</c> in the context.</summary>
    public string? File { get; set; }

    /// <summary><c>--platform</c>: the platforms to build for; default the builder's own.</summary>
    public PlatformSet Platforms { get; private set; } = [];

    /// <summary><c>--tag</c>: names of the image, e.g. <c>ghcr.io/acme/shop:1.4.0</c>.</summary>
    public IList<ImageReference> Tags { get; private set; } = [];

    /// <summary><c>--target</c>: the stage to build; default the last one.</summary>
    public string? Target { get; set; }

    /// <summary><c>--build-arg</c>: build-time variables, by name; <see langword="null"/> takes the value from the environment.</summary>
    public IDictionary<string, string?> BuildArgs { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--build-context</c>: further contexts, by name: a folder, a URL, <c>docker-image://…</c> or <c>oci-layout://…</c>.</summary>
    public IDictionary<string, string?> BuildContexts { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--label</c>: labels of the image, by name.</summary>
    public IDictionary<string, string?> Labels { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--annotation</c>: <c>[level[,level][os/arch]:]key=value</c>; levels <c>manifest</c> (default), <c>index</c>, <c>manifest-descriptor</c>, <c>index-descriptor</c>.</summary>
    public IList<string> Annotations { get; } = [];

    /// <summary><c>--output</c>: where the result goes: a path, <c>-</c>, or <c>type=image|registry|local|tar|oci|docker|cacheonly,key=value…</c>.</summary>
    public IList<string> Outputs { get; private set; } = [];

    /// <summary><c>--push</c>: pushes the result; the same as output <c>type=registry</c>.</summary>
    public bool Push { get; set; }

    /// <summary><c>--load</c>: loads the result into the engine's image store; the same as output <c>type=docker</c>.</summary>
    public bool Load { get; set; }

    /// <summary><c>--cache-from</c>: where cached steps come from: a reference or <c>type=registry|local|gha|s3|azblob,key=value…</c>.</summary>
    public IList<string> CacheFrom { get; } = [];

    /// <summary><c>--cache-to</c>: where steps are cached: a reference or <c>type=registry|local|inline|gha|s3|azblob,key=value…</c>.</summary>
    public IList<string> CacheTo { get; } = [];

    /// <summary><c>--no-cache</c>: no step is taken from the cache.</summary>
    public bool NoCache { get; set; }

    /// <summary><c>--no-cache-filter</c>: stages of which no step is taken from the cache.</summary>
    public IList<string> NoCacheFilters { get; } = [];

    /// <summary><c>--pull</c>: base images are always looked up in their registry.</summary>
    public bool? Pull { get; set; }

    /// <summary><c>--provenance</c>: <c>true</c>, <c>false</c>, <c>mode=min</c> or <c>mode=max</c>; default docker's own (<c>mode=min</c> where the driver can).</summary>
    public string? Provenance { get; set; }

    /// <summary><c>--sbom</c>: <c>true</c>, <c>false</c> or <c>generator=IMAGE</c>.</summary>
    public string? Sbom { get; set; }

    /// <summary><c>--attest</c>: attestations, e.g. <c>type=sbom,generator=IMAGE</c>.</summary>
    public IList<string> Attestations { get; } = [];

    /// <summary><c>--secret</c>: what a build step may mount: <c>id=NAME,env=VARIABLE</c> or <c>id=NAME,src=FILE</c>; the value itself never stands here.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary><c>--ssh</c>: agent sockets or keys for build steps: <c>default</c> or <c>ID=SOCKET</c>.</summary>
    public IList<string> Ssh { get; } = [];

    /// <summary><c>--allow</c>: entitlements: <c>network.host</c>, <c>security.insecure</c>, <c>device</c>.</summary>
    public IList<string> Allow { get; } = [];

    /// <summary><c>--add-host</c>: entries <c>host:ip</c> for <c>/etc/hosts</c> of the build steps.</summary>
    public IList<string> AddHosts { get; } = [];

    /// <summary><c>--network</c>: the network of build steps: <c>default</c>, <c>none</c> or <c>host</c>.</summary>
    public string? Network { get; set; }

    /// <summary><c>--shm-size</c>: size of <c>/dev/shm</c> of the build steps, e.g. <c>64m</c>.</summary>
    public string? ShmSize { get; set; }

    /// <summary><c>--ulimit</c>: limits of the build steps, e.g. <c>nofile=1024:2048</c>.</summary>
    public IList<string> Ulimits { get; } = [];

    /// <summary><c>--cgroup-parent</c>: the parent cgroup of the build steps.</summary>
    public string? CgroupParent { get; set; }

    /// <summary><c>--metadata-file</c>: keeps docker's JSON about the result here; without it a temporary file is used and removed.</summary>
    public FilePath? MetadataFile { get; set; }

    /// <summary><c>--iidfile</c>: writes the image id here; docker refuses it for outputs <c>local</c> and <c>tar</c>.</summary>
    public FilePath? ImageIdFile { get; set; }

    /// <summary><c>--progress</c>: <c>auto</c>, <c>plain</c>, <c>tty</c>, <c>quiet</c> or <c>rawjson</c>; default <c>auto</c>, which is plain here.</summary>
    public string? Progress { get; set; }

    /// <summary><c>--quiet</c>: no progress.</summary>
    public bool Quiet { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx build";

    /// <inheritdoc/>
    internal override bool ShowsProgress => !Quiet;

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.List("--platform", [.. Platforms.Select(platform => platform.ToString())]);
        arguments.Each("--tag", Tags.Select(tag => tag.ToString()));
        arguments.Value("--file", File);
        arguments.Value("--target", Target);
        arguments.Pairs("--build-arg", BuildArgs);
        arguments.Pairs("--build-context", BuildContexts);
        arguments.Pairs("--label", Labels);
        arguments.Each("--annotation", Annotations);
        arguments.Each("--output", Outputs);
        arguments.Flag("--push", Push);
        arguments.Flag("--load", Load);
        arguments.Each("--cache-from", CacheFrom);
        arguments.Each("--cache-to", CacheTo);
        arguments.Flag("--no-cache", NoCache);
        arguments.Each("--no-cache-filter", NoCacheFilters);
        arguments.Flag("--pull", Pull);
        arguments.Value("--provenance", Provenance);
        arguments.Value("--sbom", Sbom);
        arguments.Each("--attest", Attestations);
        arguments.Each("--secret", Secrets);
        arguments.Each("--ssh", Ssh);
        arguments.Each("--allow", Allow);
        arguments.Csv("--add-host", AddHosts);
        arguments.Value("--network", Network);
        arguments.Value("--shm-size", ShmSize);
        arguments.Each("--ulimit", Ulimits);
        arguments.Value("--cgroup-parent", CgroupParent);
        arguments.Output("--metadata-file", MetadataFile);
        arguments.Value("--iidfile", ImageIdFile?.FullPath);
        arguments.Value("--progress", Progress);
        arguments.Flag("--quiet", Quiet);
        arguments.Positional(Context);
    }

    /// <inheritdoc/>
    internal override BuildxBuildResult Read(DockerOutput output) =>
        BuildxBuildResult.Parse(output.Files.GetValueOrDefault("--metadata-file") ?? "{}");

    /// <summary>The same build with other platforms, names and outputs: what a plan makes of the user's settings.</summary>
    internal BuildxBuildSettings With(PlatformSet platforms, IEnumerable<ImageReference> tags, IEnumerable<string> outputs)
    {
        var build = (BuildxBuildSettings)MemberwiseClone();
        build.Platforms = platforms;
        build.Tags = [.. tags];
        build.Outputs = [.. outputs];
        return build;
    }
}

/// <summary>What <c>docker buildx build</c> made, from its metadata file. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/#metadata-file"/>.</summary>
public sealed record BuildxBuildResult
{
    /// <summary>
    /// Digest of the index or manifest (<c>containerimage.digest</c>); of an image in the classic store, which has no manifest
    /// before it is pushed, the digest of its config. <see langword="null"/> where no image was made, e.g. for output <c>local</c>.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>Digest of the image's config, for a result of one platform (<c>containerimage.config.digest</c>); docker 26 puts the index's digest here when it pushes from the containerd store.</summary>
    public string? ConfigDigest { get; init; }

    /// <summary>The descriptor of the index or manifest (<c>containerimage.descriptor</c>).</summary>
    public OciDescriptor? Descriptor { get; init; }

    /// <summary>The names that the image was given (<c>image.name</c>).</summary>
    public IReadOnlyList<ImageReference> Names { get; init; } = [];

    /// <summary>One descriptor per platform, read back from the registry; empty unless the build pushed its result.</summary>
    public IReadOnlyList<OciDescriptor> Images { get; init; } = [];

    /// <summary>The build's name in the builder's history (<c>buildx.build.ref</c>).</summary>
    public string? BuildRef { get; init; }

    internal static BuildxBuildResult Parse(string json)
    {
        var metadata = OciJson.Parse(json, OciJson.Default.BuildxMetadata, "docker's build metadata");
        return new BuildxBuildResult
        {
            Digest = metadata.Digest,
            ConfigDigest = metadata.ConfigDigest,
            Descriptor = metadata.Descriptor,
            Names = [.. (metadata.ImageName ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ImageReference.Parse)],
            BuildRef = metadata.BuildRef,
        };
    }
}

internal sealed record BuildxMetadata
{
    [JsonPropertyName("containerimage.digest")]
    public string? Digest { get; init; }

    [JsonPropertyName("containerimage.config.digest")]
    public string? ConfigDigest { get; init; }

    [JsonPropertyName("containerimage.descriptor")]
    public OciDescriptor? Descriptor { get; init; }

    [JsonPropertyName("image.name")]
    public string? ImageName { get; init; }

    [JsonPropertyName("buildx.build.ref")]
    public string? BuildRef { get; init; }
}
