using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker image load</c>: reads images from a tar archive into the engine's store. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/image/load/"/>.
/// </summary>
public sealed class ImageLoadSettings : DockerSettings<ImageLoadResult>
{
    /// <summary><c>--input</c>: the archive, required; it may be compressed.</summary>
    public FilePath? Input { get; set; }

    /// <summary><c>--platform</c>: only the images of these platforms; needs docker 28 (API 1.48), several need docker 29.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary><c>--quiet</c>: no progress.</summary>
    public bool Quiet { get; set; }

    /// <inheritdoc/>
    internal override string Command => "image load";

    /// <inheritdoc/>
    internal override void Validate() => Require.Value(Input, Command, "the archive", "./artifacts/shop.tar");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--input", Input!.FullPath);
        arguments.List("--platform", [.. Platforms.Select(platform => platform.ToString())], since: "docker 28");
        arguments.Flag("--quiet", Quiet);
    }

    /// <summary>"Loaded image: NAME", or "Loaded image ID: DIGEST" for an image without a name.</summary>
    internal override ImageLoadResult Read(DockerOutput output)
    {
        string[] All(string start) => [.. output.Lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..].Trim())];
        return new ImageLoadResult([.. All("Loaded image: ").Select(ImageReference.Parse)], All("Loaded image ID: "));
    }
}

/// <summary>What <c>docker image load</c> brought into the engine's store.</summary>
/// <param name="Images">The names of the images.</param>
/// <param name="Ids">The ids of the images without a name.</param>
public sealed record ImageLoadResult(IReadOnlyList<ImageReference> Images, IReadOnlyList<string> Ids);
