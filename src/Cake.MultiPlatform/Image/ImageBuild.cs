using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image build</c>: builds an image into the engine's store. Docker 23 and later build with buildx, older ones
/// with the legacy builder unless <c>DOCKER_BUILDKIT=1</c> is in the environment; either knows flags that the other does not. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/build/"/>.
/// </summary>
public sealed class ImageBuildSettings : BuildSettings<ImageBuildResult>
{
    /// <summary><c>--platform</c>: the platform to build for; default the engine's own.</summary>
    public ImagePlatform? Platform { get; set; }

    /// <summary><c>--iidfile</c>: keeps the image id in this file; without it a temporary file is used and removed.</summary>
    public FilePath? ImageIdFile { get; set; }

    /// <summary><c>--metadata-file</c>: writes docker's JSON about the result here; not the legacy builder.</summary>
    public FilePath? MetadataFile { get; set; }

    /// <summary><c>--compress</c>: the build context is sent compressed; legacy builder.</summary>
    public bool Compress { get; set; }

    /// <summary><c>--cpu-period</c>: the scheduler's period of build steps, in microseconds; legacy builder.</summary>
    public long? CpuPeriod { get; set; }

    /// <summary><c>--cpu-quota</c>: the processor time of build steps per period, in microseconds; legacy builder.</summary>
    public long? CpuQuota { get; set; }

    /// <summary><c>--cpu-shares</c>: the relative weight of build steps; legacy builder.</summary>
    public long? CpuShares { get; set; }

    /// <summary><c>--cpuset-cpus</c>: the processors that build steps may use, e.g. <c>0-3</c>; legacy builder.</summary>
    public string? CpusetCpus { get; set; }

    /// <summary><c>--cpuset-mems</c>: the memory nodes that build steps may use, e.g. <c>0,1</c>; legacy builder.</summary>
    public string? CpusetMems { get; set; }

    /// <summary><c>--force-rm</c>: containers of build steps are removed even where the build fails; legacy builder.</summary>
    public bool ForceRm { get; set; }

    /// <summary><c>--isolation</c>: how build steps are kept apart: <c>default</c>, <c>process</c> or <c>hyperv</c> on Windows; legacy builder.</summary>
    public string? Isolation { get; set; }

    /// <summary><c>--memory</c>: the memory limit of build steps, e.g. <c>2g</c>; legacy builder.</summary>
    public ByteSize? Memory { get; set; }

    /// <summary><c>--memory-swap</c>: the limit of memory and swap of build steps, <c>-1</c> for no limit of swap; legacy builder.</summary>
    public ByteSize? MemorySwap { get; set; }

    /// <summary><c>--rm</c>: containers of build steps are removed after the build; default <see langword="true"/>; legacy builder.</summary>
    public bool? Rm { get; set; }

    /// <summary><c>--security-opt</c>: security options of build steps; legacy builder.</summary>
    public IList<string> SecurityOptions { get; } = [];

    /// <summary><c>--squash</c>: the new layers become one; needs the legacy builder of an engine with experimental features.</summary>
    public bool Squash { get; set; }

    /// <inheritdoc/>
    private protected override string? PlatformText => Platform?.ToString();

    /// <inheritdoc/>
    internal override string Command => "image build";

    /// <summary>The first version that builds with buildx and knows all of its flags.</summary>
    internal override string Since => "docker 23";

    // Docker refuses to write an image id where these are made instead of an image.
    private bool MakesNoImage => Question is not null || Outputs.Any(output => output.Type is "local" or "tar");

    /// <inheritdoc/>
    internal override ImageBuildResult Read(DockerOutput output)
    {
        var id = output.Files.GetValueOrDefault("--iidfile")?.Trim();
        return MakesNoImage || id is { Length: > 0 }
            ? new ImageBuildResult(id, [.. Tags]) { Call = BuildCallResult.Read(Question, output) }
            : throw new CakeException($"Could not read the id of the image: 'docker {Command}' wrote no image id file.");
    }

    /// <inheritdoc/>
    private protected override void WriteOwnTo(DockerArguments arguments)
    {
        if (!MakesNoImage)
        {
            arguments.Output("--iidfile", ImageIdFile);
        }

        arguments.Value("--metadata-file", MetadataFile?.FullPath);
        arguments.Flag("--compress", Compress);
        arguments.Value("--cpu-period", CpuPeriod);
        arguments.Value("--cpu-quota", CpuQuota);
        arguments.Value("--cpu-shares", CpuShares);
        arguments.Value("--cpuset-cpus", CpusetCpus);
        arguments.Value("--cpuset-mems", CpusetMems);
        arguments.Flag("--force-rm", ForceRm);
        arguments.Value("--isolation", Isolation);
        arguments.Value("--memory", Memory);
        arguments.Value("--memory-swap", MemorySwap);
        arguments.Flag("--rm", Rm);
        arguments.Csv("--security-opt", SecurityOptions);
        arguments.Flag("--squash", Squash);
    }
}

/// <summary>What <c>docker image build</c> made.</summary>
/// <param name="ImageId">
/// The image's id: the digest of its config (classic store) or of its index or manifest (containerd store);
/// <see langword="null"/> where no image was made, e.g. for output <c>local</c>.
/// </param>
/// <param name="Tags">The names that it was given.</param>
public sealed record ImageBuildResult(string? ImageId, IReadOnlyList<ImageReference> Tags)
{
    /// <summary>The answer to <c>--call</c>; <see langword="null"/> where the image was built.</summary>
    public BuildCallResult? Call { get; init; }
}
