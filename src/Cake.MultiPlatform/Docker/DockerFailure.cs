using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>The known ways in which a docker command fails.</summary>
public enum DockerFailureKind
{
    /// <summary>Not a failure that is known here; docker's own words are all there is.</summary>
    Unknown,

    /// <summary>No docker engine answers.</summary>
    NoEngine,

    /// <summary>The docker client has no buildx plugin.</summary>
    NoBuildx,

    /// <summary>The docker or buildx at hand does not know a flag or command.</summary>
    UnknownFlag,

    /// <summary>The named builder does not exist.</summary>
    NoBuilder,

    /// <summary>The builder, or its driver, cannot build for the asked platforms.</summary>
    PlatformNotSupported,

    /// <summary>The builder's driver cannot do something else that was asked of it, e.g. push by digest or export a cache.</summary>
    NotSupportedByDriver,

    /// <summary>The image exists, often as a base image, but not for the asked platform.</summary>
    PlatformNotInImage,

    /// <summary>A program for a foreign processor was started and no emulator is installed.</summary>
    NoEmulator,

    /// <summary>The registry wants a login.</summary>
    NotLoggedIn,

    /// <summary>The registry knows who asks, and refuses.</summary>
    Denied,

    /// <summary>The registry asks to slow down.</summary>
    RateLimited,

    /// <summary>The image, tag or manifest does not exist.</summary>
    ManifestUnknown,

    /// <summary>The registry lacks a part of what it is to keep: an image that an index names, or a layer (<c>MANIFEST_BLOB_UNKNOWN</c>).</summary>
    BlobUnknown,

    /// <summary><c>docker manifest create</c> met an index where it wants the image of one platform.</summary>
    IsManifestList,

    /// <summary>A list of that name lies in docker's local manifest store.</summary>
    ManifestListExists,

    /// <summary><c>docker manifest annotate</c> knows a fixed list of platforms, and not the asked one.</summary>
    PlatformNotAnnotatable,

    /// <summary>The registry speaks plain HTTP, or its certificate is not trusted.</summary>
    InsecureRegistry,

    /// <summary>The registry does not answer.</summary>
    RegistryUnreachable,

    /// <summary>The registry answered that it has a fault of its own (5xx).</summary>
    RegistryFault,

    /// <summary>No space is left on a disk.</summary>
    DiskFull,

    /// <summary>The Dockerfile, or the folder that it is looked for in, does not exist.</summary>
    NoDockerfile,

    /// <summary>A step of the Dockerfile failed.</summary>
    BuildStepFailed,
}

/// <summary>What is known about one way to fail: how to see it, what helps, and whether trying again can.</summary>
/// <param name="Kind">Which failure it is.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="CanRetry">Whether the same command may succeed a moment later.</param>
internal sealed partial record DockerFailure(DockerFailureKind Kind, string Remedy, bool CanRetry = false)
{
    private static readonly DockerFailure Unknown = new(DockerFailureKind.Unknown, string.Empty);

    // The first match wins: an entry that is more exact stands above one that its text would match as well.
    private static readonly (Regex Pattern, DockerFailure Failure)[] Catalogue =
    [
        (NoPermission(), new(DockerFailureKind.NoEngine, "The engine's socket does not let this account in: add it to the group 'docker' and log in again, or run with an account that may.")),
        (NoEngine(), new(DockerFailureKind.NoEngine, "Start the docker engine (Docker Desktop, or 'systemctl start docker'), or say where it is: DOCKER_HOST, 'docker context use', or the settings' DockerHost or DockerContext.")),
        (NoBuildx(), new(DockerFailureKind.NoBuildx, "Install the buildx plugin (package docker-buildx-plugin from Docker, docker-buildx from Debian and Ubuntu; Docker Desktop has it), then check with 'docker buildx version'.")),
        (UnknownFlag(), new(DockerFailureKind.UnknownFlag, "Leave that setting out, or update docker and its buildx plugin; 'docker version' and 'docker buildx version' say what is installed.")),
        (NoBuilder(), new(DockerFailureKind.NoBuilder, "'docker buildx ls' lists the builders; create one with DockerBuildxCreate.")),
        (PlatformNotInImage(), new(DockerFailureKind.PlatformNotInImage, "'docker buildx imagetools inspect IMAGE' shows the platforms that the image has; take one that has all of yours, or leave the platform out.")),
        (PlatformNotSupported(), new(DockerFailureKind.PlatformNotSupported, "Switch the engine to the containerd image store, use a builder that can (DockerBuildxCreate with driver docker-container), or publish with Strategy = MultiPlatformStrategy.Manifest.")),
        (NotSupportedByDriver(), new(DockerFailureKind.NotSupportedByDriver, "Use a builder whose driver can: make one with DockerBuildxCreate (driver docker-container) and name it in the settings' Builder. For attestations and cache export the engine's containerd image store helps as well.")),
        (NoEmulator(), new(DockerFailureKind.NoEmulator, "Install an emulator on the machine that builds ('docker run --privileged --rm tonistiigi/binfmt --install all', or the system's qemu-user-static and binfmt-support), or add a native node to the builder.")),
        (RateLimited(), new(DockerFailureKind.RateLimited, "Wait a little, log in (logged-in accounts have higher limits), or use a mirror.", CanRetry: true)),
        (NotLoggedIn(), new(DockerFailureKind.NotLoggedIn, "Log in with 'docker login REGISTRY'; on CI with a token, by standard input (--password-stdin).")),
        (Denied(), new(DockerFailureKind.Denied, "Check that the account may push to this repository, that the repository exists, and that its name is spelled right.")),
        (IsManifestList(), new(DockerFailureKind.IsManifestList, "Name the image of one platform by its digest, or let DockerManifestCreate look it up, or use DockerBuildxImagetoolsCreate.")),
        (ManifestListExists(), new(DockerFailureKind.ManifestListExists, "Remove the old local list with DockerManifestRm; DockerManifestCreate does so by itself.")),
        (PlatformNotAnnotatable(), new(DockerFailureKind.PlatformNotAnnotatable, "The image is the last word of the command. Leave the annotation out where the image's own config says what it is for, which 'docker manifest create' reads; otherwise put the list together with DockerBuildxImagetoolsCreate.")),
        (InsecureRegistry(), new(DockerFailureKind.InsecureRegistry, "If the registry really speaks plain HTTP or has a certificate of its own, say so: Insecure = true for manifest commands, 'insecure-registries' in the engine's daemon.json, buildkitd.toml for a builder.")),
        (ManifestUnknown(), new(DockerFailureKind.ManifestUnknown, "Check the name and tag; 'docker buildx imagetools inspect REFERENCE' shows what the registry has. 'docker manifest' says 'no such manifest' also of a registry that speaks plain HTTP or has a certificate of its own: set Insecure = true for it. Docker 20.10 says it of OCI media types too.")),
        (BlobUnknown(), new(DockerFailureKind.BlobUnknown, "Some registries need a moment until they find what was just pushed. Where it stays so, something removed a part, e.g. the registry's clean-up: build and push it anew.", CanRetry: true)),
        (RegistryFault(), new(DockerFailureKind.RegistryFault, "The registry has trouble; try again later.", CanRetry: true)),
        (RegistryUnreachable(), new(DockerFailureKind.RegistryUnreachable, "Check the registry's name and port, that it is running, and the network or proxy on the way to it.", CanRetry: true)),
        (DiskFull(), new(DockerFailureKind.DiskFull, "Free space where the engine keeps its data: 'docker system df' shows what takes it, 'docker buildx prune' and 'docker system prune' free it.")),
        (NoDockerfile(), new(DockerFailureKind.NoDockerfile, "Check the settings' Context and File; File is relative to the working directory, not to Context.")),
        (BuildStepFailed(), new(DockerFailureKind.BuildStepFailed, "The lines above this message are the output of the failed step.")),
    ];

    // A failed step is known by docker's own sentence; whatever else stands there is the step's command or output, where
    // words such as "unauthorized" or "404 Not Found" are not docker's.
    private static readonly (Regex Pattern, DockerFailure Failure)[] FailedSteps =
    [
        (NoEmulator(), Known(DockerFailureKind.NoEmulator)),
        (DiskFull(), Known(DockerFailureKind.DiskFull)),
        (BuildStepFailed(), Known(DockerFailureKind.BuildStepFailed)),
    ];

    /// <summary>The known failures, in the order of their kinds.</summary>
    public static IEnumerable<DockerFailure> All => Catalogue.Select(entry => entry.Failure).OrderBy(failure => failure.Kind);

    /// <summary>Tells which failure docker's words mean.</summary>
    /// <param name="said">What docker said of the failure, line by line: its standard error.</param>
    /// <param name="output">Its standard output, to which the legacy builder writes what the steps print.</param>
    public static DockerFailure Of(IReadOnlyList<string> said, IReadOnlyList<string> output)
    {
        var words = OwnWords(said);
        var failure = FailedStep().IsMatch(words)
            ? FirstMatch(FailedSteps, string.Join('\n', [.. output, .. said]))
            : FirstMatch(Catalogue, words);

        // The classic store's engine tries the uploads of a push again by itself, for a minute; who comes after that comes too late.
        return failure.CanRetry && output.Any(line => EngineTriedAgain().IsMatch(line)) ? failure with { CanRetry = false } : failure;
    }

    // Buildx ends with "ERROR: …" after the progress of the build, which is full of other programs' words. Where there is
    // no such line, "#5 0.243 …" are the lines that a step printed.
    private static string OwnWords(IReadOnlyList<string> said)
    {
        var last = Enumerable.Range(0, said.Count).LastOrDefault(i => said[i].StartsWith("ERROR: ", StringComparison.Ordinal), -1);
        return string.Join('\n', last >= 0 ? said.Skip(last) : said.Where(line => !StepOutput().IsMatch(line)));
    }

    private static DockerFailure FirstMatch((Regex Pattern, DockerFailure Failure)[] catalogue, string text) =>
        Array.Find(catalogue, entry => entry.Pattern.IsMatch(text)).Failure ?? Unknown;

    /// <summary>What is known about a kind of failure.</summary>
    public static DockerFailure Known(DockerFailureKind kind) => Array.FindLast(Catalogue, entry => entry.Failure.Kind == kind).Failure;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int Milliseconds = 1000;

    [GeneratedRegex(@"permission denied while trying to connect to the docker", Options, Milliseconds)]
    private static partial Regex NoPermission();

    [GeneratedRegex(@"cannot connect to the docker daemon|failed to connect to the docker API|is the docker daemon running|error during connect", Options, Milliseconds)]
    private static partial Regex NoEngine();

    // Without the plugin docker takes "buildx" for nothing, and the first flag after it for one of its own.
    [GeneratedRegex(@"'buildx' is not a docker command|unknown command: docker buildx|buildx component is missing|unknown (shorthand )?flag: [^\n]*\s+(See 'docker --help'|Usage:\s+docker \[OPTIONS\] COMMAND)", Options, Milliseconds)]
    private static partial Regex NoBuildx();

    [GeneratedRegex(@"unknown flag:|unknown shorthand flag:|unknown command|is not a docker command|requires API version", Options, Milliseconds)]
    private static partial Regex UnknownFlag();

    [GeneratedRegex(@"no builder ""[^""]*"" found", Options, Milliseconds)]
    private static partial Regex NoBuilder();

    [GeneratedRegex(@"no match for platform in manifest|no matching manifest for |does not match the specified platform|does not provide the specified platform", Options, Milliseconds)]
    private static partial Regex PlatformNotInImage();

    [GeneratedRegex(@"(multi-platform build|multiple platforms feature) is( currently)? not supported for( the)? (docker )?driver|docker exporter does not currently support exporting manifest lists|no valid drivers? found.*platform", Options, Milliseconds)]
    private static partial Regex PlatformNotSupported();

    [GeneratedRegex(@"is( currently)? not (supported|implemented) for( the)? [\w-]+ driver", Options, Milliseconds)]
    private static partial Regex NotSupportedByDriver();

    [GeneratedRegex(@"exec format error|Invalid ELF image for this architecture", Options, Milliseconds)]
    private static partial Regex NoEmulator();

    [GeneratedRegex(@"toomanyrequests|429 Too Many Requests|rate limit", Options, Milliseconds)]
    private static partial Regex RateLimited();

    [GeneratedRegex(@"unauthorized|no basic auth credentials|authentication required|401 Unauthorized", Options, Milliseconds)]
    private static partial Regex NotLoggedIn();

    [GeneratedRegex(@"requested access to the resource is denied|(?<!permission )denied(:|$)|403 Forbidden|insufficient_scope", Options | RegexOptions.Multiline, Milliseconds)]
    private static partial Regex Denied();

    [GeneratedRegex(@"is a manifest list", Options, Milliseconds)]
    private static partial Regex IsManifestList();

    [GeneratedRegex(@"refusing to amend an existing manifest list", Options, Milliseconds)]
    private static partial Regex ManifestListExists();

    [GeneratedRegex(@"unsupported os/arch combination", Options, Milliseconds)]
    private static partial Regex PlatformNotAnnotatable();

    [GeneratedRegex(@"server gave HTTP response to HTTPS client|http: server gave HTTP|x509:|tls: ", Options, Milliseconds)]
    private static partial Regex InsecureRegistry();

    [GeneratedRegex(@"manifest unknown|no such manifest|no such image|image not known|manifest for .* not found|tag does not exist|does not exist locally with the tag|: not found|name unknown|404 Not Found|does not exist in", Options, Milliseconds)]
    private static partial Regex ManifestUnknown();

    [GeneratedRegex(@"blob unknown|unknown blob|^error mounting ", Options | RegexOptions.Multiline, Milliseconds)]
    private static partial Regex BlobUnknown();

    // "docker manifest inspect" asks once more, for a list, where it did not get the image, and does not know what to do when it
    // gets the image then.
    [GeneratedRegex(@"50[0234] (Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)|received unexpected HTTP status: 5|unsupported manifest format: &\{\{\{2 application/vnd\.(docker\.distribution\.manifest\.v2|oci\.image\.manifest\.v1)\+json", Options, Milliseconds)]
    private static partial Regex RegistryFault();

    [GeneratedRegex(@"connection refused|no such host|i/o timeout|network is unreachable|no route to host|connection reset|context deadline exceeded|TLS handshake timeout|server misbehaving|temporary failure in name resolution|server closed idle connection|: EOF", Options, Milliseconds)]
    private static partial Regex RegistryUnreachable();

    [GeneratedRegex(@"no space left on device|disk quota exceeded|not enough space on the disk", Options, Milliseconds)]
    private static partial Regex DiskFull();

    [GeneratedRegex(@"failed to read dockerfile|unable to evaluate symlinks in Dockerfile path|cannot locate (specified )?Dockerfile|unable to prepare context", Options, Milliseconds)]
    private static partial Regex NoDockerfile();

    [GeneratedRegex(@"did not complete successfully|executor failed running|returned a non-zero code|failed to solve", Options, Milliseconds)]
    private static partial Regex BuildStepFailed();

    [GeneratedRegex(@"did not complete successfully: exit code|executor failed running \[.*\]: exit code|^The command .* returned a non-zero code: ", Options | RegexOptions.Multiline, Milliseconds)]
    private static partial Regex FailedStep();

    [GeneratedRegex(@"^\w+: Retrying in \d+ seconds?", Options, Milliseconds)]
    private static partial Regex EngineTriedAgain();

    [GeneratedRegex(@"^#\d+ \d+\.\d+ ", Options, Milliseconds)]
    private static partial Regex StepOutput();
}
