namespace Cake.MultiPlatform.Tests.Docker;

public sealed class DockerFailureTests
{
    // What each file in Captured/*/failures is; the same name is the same command in other versions.
    private static readonly Dictionary<string, DockerFailureKind> Kinds = new(StringComparer.Ordinal)
    {
        ["annotate-unknown"] = DockerFailureKind.PlatformNotAnnotatable,
        ["bad-dockerfile"] = DockerFailureKind.BuildStepFailed,
        ["base-not-found"] = DockerFailureKind.ManifestUnknown,
        ["disk-full-in-run"] = DockerFailureKind.DiskFull,
        ["exec-format"] = DockerFailureKind.NoEmulator,
        ["exec-format-legacy"] = DockerFailureKind.BuildStepFailed,
        ["failing-run"] = DockerFailureKind.BuildStepFailed,
        ["imagetools-500"] = DockerFailureKind.RegistryFault,
        ["imagetools-503"] = DockerFailureKind.RegistryFault,
        ["imagetools-blob-unknown"] = DockerFailureKind.BlobUnknown,
        ["imagetools-denied"] = DockerFailureKind.Denied,
        ["imagetools-http"] = DockerFailureKind.InsecureRegistry,
        ["imagetools-no-host"] = DockerFailureKind.RegistryUnreachable,
        ["imagetools-not-found"] = DockerFailureKind.ManifestUnknown,
        ["imagetools-rate-limited"] = DockerFailureKind.RateLimited,
        ["imagetools-refused"] = DockerFailureKind.RegistryUnreachable,
        ["imagetools-unauthorized"] = DockerFailureKind.NotLoggedIn,
        ["is-manifest-list"] = DockerFailureKind.IsManifestList,
        ["manifest-http"] = DockerFailureKind.ManifestUnknown,
        ["manifest-not-found"] = DockerFailureKind.ManifestUnknown,
        ["manifest-push-blob-unknown"] = DockerFailureKind.BlobUnknown,
        ["manifest-push-none"] = DockerFailureKind.ManifestUnknown,
        ["manifest-refused"] = DockerFailureKind.RegistryUnreachable,
        ["manifest-rm-none"] = DockerFailureKind.ManifestUnknown,
        ["manifest-tls"] = DockerFailureKind.InsecureRegistry,
        ["multi-platform"] = DockerFailureKind.PlatformNotSupported,
        ["multi-platform-classic"] = DockerFailureKind.PlatformNotSupported,
        ["network-in-run"] = DockerFailureKind.BuildStepFailed,
        ["no-builder"] = DockerFailureKind.NoBuilder,
        ["no-buildx-build"] = DockerFailureKind.NoBuildx,
        ["no-buildx-imagetools"] = DockerFailureKind.NoBuildx,
        ["no-buildx-version"] = DockerFailureKind.NoBuildx,
        ["no-context"] = DockerFailureKind.NoDockerfile,
        ["no-dockerfile"] = DockerFailureKind.NoDockerfile,
        ["no-engine"] = DockerFailureKind.NoEngine,
        ["no-image"] = DockerFailureKind.ManifestUnknown,
        ["no-platform-in-base"] = DockerFailureKind.PlatformNotInImage,
        ["pull-500"] = DockerFailureKind.RegistryFault,
        ["pull-503"] = DockerFailureKind.RegistryFault,
        ["pull-denied"] = DockerFailureKind.Denied,
        ["pull-http"] = DockerFailureKind.InsecureRegistry,
        ["pull-no-platform"] = DockerFailureKind.PlatformNotInImage,
        ["pull-not-found"] = DockerFailureKind.ManifestUnknown,
        ["pull-rate-limited"] = DockerFailureKind.RateLimited,
        ["pull-refused"] = DockerFailureKind.RegistryUnreachable,
        ["pull-tls"] = DockerFailureKind.InsecureRegistry,
        ["pull-unauthorized"] = DockerFailureKind.NotLoggedIn,
        ["push-by-digest"] = DockerFailureKind.NotSupportedByDriver,
        ["push-no-image"] = DockerFailureKind.ManifestUnknown,
        ["push-platform"] = DockerFailureKind.UnknownFlag,
        ["refusing-to-amend"] = DockerFailureKind.ManifestListExists,
        ["socket-permission"] = DockerFailureKind.NoEngine,
        ["unknown-command"] = DockerFailureKind.UnknownFlag,
        ["unknown-flag"] = DockerFailureKind.UnknownFlag,
        ["unknown-shorthand"] = DockerFailureKind.UnknownFlag,
        ["words-in-run"] = DockerFailureKind.BuildStepFailed,
    };

    public static TheoryData<string, DockerFailureKind> CapturedFailures
    {
        get
        {
            var data = new TheoryData<string, DockerFailureKind>();
            foreach (var name in Captured.Names.Where(name => name.Contains("/failures/", StringComparison.Ordinal)))
            {
                var key = Path.GetFileNameWithoutExtension(name);
                data.Add(name, Kinds[key.StartsWith("buildx-", StringComparison.Ordinal) ? key["buildx-".Length..] : key]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CapturedFailures))]
    public void What_docker_really_printed_is_recognised(string name, DockerFailureKind kind)
    {
        var failure = Failed(Captured.Lines(name));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(kind == DockerFailureKind.Unknown, failure.Remedy.Length == 0);
        Assert.NotEmpty(failure.ErrorTail);
        Assert.DoesNotContain(failure.ErrorTail, line => line.StartsWith("Usage:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("manifest for x not found: manifest unknown", DockerFailureKind.ManifestUnknown)]
    [InlineData("denied: requested access to the resource is denied", DockerFailureKind.Denied)]
    [InlineData("denied", DockerFailureKind.Denied)]
    [InlineData("error from registry: denied", DockerFailureKind.Denied)]
    [InlineData("failed to do request: Post \"https://r/v2/x/blobs/uploads/\": http: server closed idle connection", DockerFailureKind.RegistryUnreachable)]
    [InlineData("unauthorized: authentication required", DockerFailureKind.NotLoggedIn)]
    [InlineData("push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed", DockerFailureKind.Denied)]
    [InlineData("write /var/lib/docker/tmp/x: no space left on device", DockerFailureKind.DiskFull)]
    [InlineData("Get \"https://r/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority", DockerFailureKind.InsecureRegistry)]
    [InlineData("Get \"https://r/v2/\": net/http: TLS handshake timeout", DockerFailureKind.RegistryUnreachable)]
    [InlineData("Get \"https://r/v2/\": dial tcp 10.0.0.5:443: i/o timeout", DockerFailureKind.RegistryUnreachable)]
    [InlineData("received unexpected HTTP status: 502 Bad Gateway", DockerFailureKind.RegistryFault)]
    [InlineData("failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running", DockerFailureKind.NoEngine)]
    [InlineData("ERROR: BuildKit is enabled but the buildx component is missing or broken.", DockerFailureKind.NoBuildx)]
    [InlineData("ERROR: multiple platforms feature is currently not supported for docker driver. Please switch to a different driver", DockerFailureKind.PlatformNotSupported)]
    [InlineData("ERROR: docker exporter does not currently support exporting manifest lists", DockerFailureKind.PlatformNotSupported)]
    [InlineData("ERROR: Cache export is not supported for the docker driver.", DockerFailureKind.NotSupportedByDriver)]
    [InlineData("ERROR: attestations feature is currently not supported for docker driver. Please switch to a different driver", DockerFailureKind.NotSupportedByDriver)]
    [InlineData("\"--platform\" requires API version 1.46, but the Docker daemon API version is 1.45", DockerFailureKind.UnknownFlag)]
    [InlineData("error mounting acme/shop@sha256:551b to ghcr.io/acme/other:1", DockerFailureKind.BlobUnknown)]
    [InlineData("unsupported manifest format: &{{{2 application/vnd.docker.distribution.manifest.v2+json} {application/vnd.docker.container.image.v1+json 1002 sha256:cdfe [] map[] <nil>} [{", DockerFailureKind.RegistryFault)]
    [InlineData("exec /bin/sh: exec format error", DockerFailureKind.NoEmulator)]
    [InlineData("something that nobody has seen yet", DockerFailureKind.Unknown)]
    public void What_docker_prints_elsewhere_is_recognised(string line, DockerFailureKind kind) => Assert.Equal(kind, Failed([line]).Kind);

    [Theory]
    [InlineData("imagetools-rate-limited", true)]
    [InlineData("imagetools-503", true)]
    [InlineData("imagetools-blob-unknown", true)]
    [InlineData("imagetools-refused", true)]
    [InlineData("imagetools-unauthorized", false)]
    [InlineData("imagetools-not-found", false)]
    [InlineData("failing-run", false)]
    [InlineData("network-in-run", false)]
    public void Only_failures_that_pass_are_worth_another_try(string name, bool canRetry)
        => Assert.Equal(canRetry, Failed(Captured.Lines($"buildx-0.29.1/failures/{name}.txt")).CanRetry);

    [Theory]
    [InlineData("buildx-0.13.1/build.txt")]
    [InlineData("buildx-0.29.1/build.txt")]
    public void The_progress_of_a_build_is_no_known_failure(string name)
    {
        var lines = Captured.Lines(name);
        Assert.Equal(DockerFailureKind.Unknown, Failed(lines).Kind);
        string[] noise = ["#7 0.243 npm ERR! 404 Not Found", "#7 12.5 unauthorized: no such host, connection refused, unknown flag: --x, exec format error"];
        Assert.Equal(DockerFailureKind.Unknown, Failed([.. lines, .. noise]).Kind);
        Assert.Equal(DockerFailureKind.DiskFull, Failed([.. noise, .. lines, "ERROR: failed to solve: write /x: no space left on device"]).Kind);
    }

    [Fact]
    [Trait("Trap", "T23")]
    public void The_legacy_builder_prints_the_missing_emulator_to_standard_output()
    {
        var output = new DockerOutput(
            1,
            Captured.Lines("docker-20.10.24/exec-format-legacy-stdout.txt"),
            Captured.Lines("docker-20.10.24/failures/exec-format-legacy.txt"),
            new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.Equal(DockerFailureKind.NoEmulator, DockerException.From(new DockerArguments(), output).Kind);
    }

    [Fact]
    public void A_step_that_fails_under_BuildKits_own_emulator_is_no_missing_emulator()
        => Assert.Equal(
            DockerFailureKind.BuildStepFailed,
            Failed(["ERROR: failed to solve: process \"/dev/.buildkit_qemu_emulator /bin/sh -c false\" did not complete successfully: exit code: 1"]).Kind);

    [Theory]
    [InlineData("docker-20.10.24")]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void Without_buildx_the_message_says_so_instead_of_showing_help(string docker)
    {
        var failure = Failed(Captured.Lines($"{docker}/failures/no-buildx-build.txt"));
        Assert.Equal("unknown flag: --platform", failure.ErrorTail[0]);
        Assert.InRange(failure.ErrorTail.Count, 1, 2);
        Assert.Contains("Install the buildx plugin", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Trap", "T9")]
    public void No_such_manifest_may_be_the_wrong_protocol()
        => Assert.Contains("Insecure = true", Failed(Captured.Lines("docker-26.1.5/failures/manifest-http.txt")).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Every_kind_but_unknown_has_a_captured_or_written_example()
    {
        var met = CapturedFailures.Select(row => row.Data.Item2).ToHashSet();
        Assert.Equal([DockerFailureKind.Unknown], Enum.GetValues<DockerFailureKind>().Except(met));
    }

    private static DockerException Failed(IReadOnlyList<string> errors)
        => DockerException.From(new DockerArguments(), new DockerOutput(1, [], errors, new Dictionary<string, string>(StringComparer.Ordinal)));
}
