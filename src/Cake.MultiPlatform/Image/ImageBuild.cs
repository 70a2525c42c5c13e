using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image build</c>: builds an image into the engine's store. Docker 23 and later build with buildx, older ones
/// with the legacy builder unless <c>DOCKER_BUILDKIT=1</c> is in the environment. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/build/"/>.
/// </summary>
public sealed class ImageBuildSettings : DockerSettings<ImageBuildResult>
{
    /// <summary>The build context: a folder, a URL, or <c>-</c> for standard input; default <c>.</c>, the working directory.</summary>
    public string Context { get; set; } = ".";

    /// <summary><c>--file</c>: the Dockerfile, relative to the working directory; default <c>Dockerfile</c> in the context.</summary>
    public string? File { get; set; }

    /// <summary><c>--platform</c>: the platform to build for; default the engine's own.</summary>
    public ImagePlatform? Platform { get; set; }

    /// <summary><c>--tag</c>: names of the image.</summary>
    public IList<ImageReference> Tags { get; } = [];

    /// <summary><c>--target</c>: the stage to build; default the last one.</summary>
    public string? Target { get; set; }

    /// <summary><c>--build-arg</c>: build-time variables, by name; <see langword="null"/> takes the value from the environment.</summary>
    public IDictionary<string, string?> BuildArgs { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--label</c>: labels of the image, by name.</summary>
    public IDictionary<string, string?> Labels { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--no-cache</c>: no step is taken from the cache.</summary>
    public bool NoCache { get; set; }

    /// <summary><c>--pull</c>: base images are always looked up in their registry.</summary>
    public bool? Pull { get; set; }

    /// <summary><c>--network</c>: the network of build steps: <c>default</c>, <c>none</c> or <c>host</c>.</summary>
    public string? Network { get; set; }

    /// <summary><c>--iidfile</c>: keeps the image id in this file; without it a temporary file is used and removed.</summary>
    public FilePath? ImageIdFile { get; set; }

    /// <summary><c>--quiet</c>: no progress.</summary>
    public bool Quiet { get; set; }

    /// <inheritdoc/>
    internal override string Command => "image build";

    /// <inheritdoc/>
    internal override bool ShowsProgress => !Quiet;

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--platform", Platform?.ToString());
        arguments.Each("--tag", Tags);
        arguments.Value("--file", File);
        arguments.Value("--target", Target);
        arguments.Pairs("--build-arg", BuildArgs);
        arguments.Pairs("--label", Labels);
        arguments.Flag("--no-cache", NoCache);
        arguments.Flag("--pull", Pull);
        arguments.Value("--network", Network);
        arguments.Output("--iidfile", ImageIdFile);
        arguments.Flag("--quiet", Quiet);
        arguments.Positional(Context);
    }

    /// <inheritdoc/>
    internal override ImageBuildResult Read(DockerOutput output) =>
        output.Files.GetValueOrDefault("--iidfile")?.Trim() is { Length: > 0 } id
            ? new ImageBuildResult(id, [.. Tags])
            : throw new CakeException($"Could not read the id of the image: 'docker {Command}' wrote no image id file.");
}

/// <summary>What <c>docker image build</c> made.</summary>
/// <param name="ImageId">The image's id: the digest of its config (classic store) or of its index or manifest (containerd store).</param>
/// <param name="Tags">The names that it was given.</param>
public sealed record ImageBuildResult(string ImageId, IReadOnlyList<ImageReference> Tags);
