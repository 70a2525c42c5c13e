namespace Cake.MultiPlatform;

/// <summary>
/// What <c>docker buildx build</c> and <c>docker image build</c> share. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/"/>.
/// </summary>
/// <typeparam name="TResult">What the command's output is read into.</typeparam>
public abstract class BuildSettings<TResult> : BuildxSettings<TResult>
{
    private protected BuildSettings()
    {
    }

    /// <summary>The build context: a folder, a URL, or <c>-</c> for standard input; default <c>.</c>, the working directory.</summary>
    public string Context { get; set; } = ".";

    /// <summary><c>--file</c>: the Dockerfile, relative to the working directory, or <c>-</c> for standard input; default <c>Dockerfile</c> in the context.</summary>
    public string? File { get; set; }

    /// <summary><c>--tag</c>: names of the image, e.g. <c>ghcr.io/acme/shop:1.4.0</c>.</summary>
    public IList<ImageReference> Tags { get; private protected set; } = [];

    /// <summary><c>--target</c>: the stage to build; default the last one.</summary>
    public string? Target { get; set; }

    /// <summary>
    /// <c>--build-arg</c>: build-time variables, by name; <see langword="null"/> takes the value from the environment. They are
    /// public: anybody who has the image reads them in its history and provenance. What is secret belongs into <see cref="Secrets"/>.
    /// </summary>
    public IDictionary<string, string?> BuildArgs { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--build-context</c>: further contexts, by name: a folder, a URL, <c>docker-image://…</c> or <c>oci-layout://…</c>.</summary>
    public IDictionary<string, BuildContext> BuildContexts { get; private protected set; } = new Dictionary<string, BuildContext>(StringComparer.Ordinal);

    /// <summary><c>--label</c>: labels of the image, by name; public, as <see cref="BuildArgs"/> are.</summary>
    public IDictionary<string, string?> Labels { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--annotation</c>: <c>[level[,level][os/arch]:]key=value</c>; levels <c>manifest</c> (default), <c>index</c>, <c>manifest-descriptor</c>, <c>index-descriptor</c>.</summary>
    public IList<BuildAnnotation> Annotations { get; private protected set; } = [];

    /// <summary><c>--output</c>: where the result goes: a path, <c>-</c>, or <c>type=image|registry|local|tar|oci|docker|cacheonly,key=value…</c>.</summary>
    public IList<BuildOutput> Outputs { get; private protected set; } = [];

    /// <summary><c>--push</c>: pushes the result; the same as output <c>type=registry</c>.</summary>
    public bool Push { get; set; }

    /// <summary><c>--load</c>: loads the result into the engine's image store; the same as output <c>type=docker</c>.</summary>
    public bool Load { get; set; }

    /// <summary>
    /// <c>--cache-from</c>: where cached steps come from: a reference or <c>type=registry|local|gha|s3|azblob,key=value…</c>. Its
    /// keys and tokens are better left to docker's environment; see <see cref="BuildCache"/>.
    /// </summary>
    public IList<BuildCache> CacheFrom { get; private protected set; } = [];

    /// <summary>
    /// <c>--cache-to</c>: where steps are cached: a reference or <c>type=registry|local|inline|gha|s3|azblob,key=value…</c>. Its
    /// keys and tokens are better left to docker's environment; see <see cref="BuildCache"/>.
    /// </summary>
    public IList<BuildCache> CacheTo { get; private protected set; } = [];

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
    public IList<BuildAttestation> Attestations { get; } = [];

    /// <summary><c>--policy</c>: policies that sources must pass, e.g. <c>filename=policy.rego,strict=true</c>; needs buildx 0.31.</summary>
    public IList<BuildPolicy> Policies { get; } = [];

    /// <summary><c>--secret</c>: what a build step may mount: <c>id=NAME,env=VARIABLE</c> or <c>id=NAME,src=FILE</c>; the value itself never stands here.</summary>
    public IList<BuildSecret> Secrets { get; } = [];

    /// <summary><c>--ssh</c>: agent sockets or keys for build steps: <c>default</c> or <c>ID=SOCKET</c>.</summary>
    public IList<BuildSsh> Ssh { get; } = [];

    /// <summary><c>--allow</c>: entitlements: <c>network.host</c>, <c>security.insecure</c>, <c>device</c>.</summary>
    public IList<string> Allow { get; } = [];

    /// <summary><c>--add-host</c>: entries <c>host:ip</c> for <c>/etc/hosts</c> of the build steps.</summary>
    public IList<HostEntry> AddHosts { get; } = [];

    /// <summary><c>--network</c>: the network of build steps: <c>default</c>, <c>none</c> or <c>host</c>.</summary>
    public string? Network { get; set; }

    /// <summary><c>--shm-size</c>: size of <c>/dev/shm</c> of the build steps, e.g. <c>64m</c>.</summary>
    public ByteSize? ShmSize { get; set; }

    /// <summary><c>--ulimit</c>: limits of the build steps, e.g. <c>nofile=1024:2048</c>.</summary>
    public IList<Ulimit> Ulimits { get; } = [];

    /// <summary><c>--resource</c>: limits of memory and processors of the build steps, e.g. <c>memory=2g</c>; needs buildx 0.35.</summary>
    public IList<BuildResource> Resources { get; } = [];

    /// <summary><c>--cgroup-parent</c>: the parent cgroup of the build steps.</summary>
    public string? CgroupParent { get; set; }

    /// <summary>
    /// <c>--call</c>: asks something instead of building: <c>check</c> (rules that the Dockerfile breaks), <c>outline</c> (its
    /// arguments and secrets) or <c>targets</c> (its stages). The answer is in the result's <c>Call</c>; needs buildx 0.15.
    /// </summary>
    public string? Call { get; set; }

    /// <summary>
    /// <c>--print</c>: the name of <see cref="Call"/> before buildx 0.15, for <c>outline</c> and <c>targets</c>; buildx 0.13 needs
    /// <c>BUILDX_EXPERIMENTAL=1</c> in the environment for it, later versions take it as well.
    /// </summary>
    public string? Print { get; set; }

    /// <summary><c>--progress</c>: <c>auto</c>, <c>plain</c>, <c>tty</c>, <c>quiet</c> or <c>rawjson</c>; default <c>auto</c>, which is plain here.</summary>
    public string? Progress { get; set; }

    /// <summary><c>--quiet</c>: no progress.</summary>
    public bool Quiet { get; set; }

    /// <summary>What is asked instead of building; <see langword="null"/> where an image is built.</summary>
    private protected string? Question => Call ?? Print;

    /// <summary>The platforms as docker takes them: one command takes several, the other one.</summary>
    private protected abstract string? PlatformText { get; }

    /// <inheritdoc/>
    internal override bool ShowsProgress => !Quiet;

    /// <inheritdoc/>
    internal override void WriteSecretsTo(DockerArguments arguments)
    {
        base.WriteSecretsTo(arguments);
        foreach (var variable in Secrets.Select(secret => secret.Variable).OfType<string>())
        {
            arguments.Secret(EnvironmentVariables.TryGetValue(variable, out var value) ? value : Environment.GetEnvironmentVariable(variable));
        }
    }

    /// <inheritdoc/>
    internal sealed override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Value("--platform", PlatformText);
        arguments.Each("--tag", Tags);
        arguments.Value("--file", File);
        arguments.Value("--target", Target);
        arguments.Pairs("--build-arg", BuildArgs);
        arguments.Each("--build-context", BuildContexts.Select(context => $"{context.Key}={context.Value}"));
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
        arguments.Each("--policy", Policies, since: "buildx 0.31");
        arguments.Each("--secret", Secrets);
        arguments.Each("--ssh", Ssh);
        arguments.Each("--allow", Allow);
        arguments.Csv("--add-host", AddHosts.Select(host => host.ToString()));
        arguments.Value("--network", Network);
        arguments.Value("--shm-size", ShmSize);
        arguments.Each("--ulimit", Ulimits);
        arguments.Each("--resource", Resources, since: "buildx 0.35");
        arguments.Value("--cgroup-parent", CgroupParent);
        arguments.Value("--call", BuildCallResult.Ask(Call), since: "buildx 0.15");
        arguments.Value("--print", Print is null ? null : DockerCsv.Join([Print, "format=json"]), since: "buildx 0.15 (BUILDX_EXPERIMENTAL=1 with 0.13)");
        WriteOwnTo(arguments);
        arguments.Value("--progress", Progress);
        arguments.Flag("--quiet", Quiet);
        arguments.Positional(Context);
    }

    /// <summary>Writes the flags that the other command lacks or means in another way.</summary>
    private protected abstract void WriteOwnTo(DockerArguments arguments);
}
