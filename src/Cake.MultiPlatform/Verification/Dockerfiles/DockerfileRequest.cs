using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>A Dockerfile and what it is to be built with.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="File">What stands in it.</param>
/// <param name="Platforms">The platforms to build for.</param>
/// <param name="Target">The stage to build; <see langword="null"/> for the last one.</param>
/// <param name="BuildArgs">The build arguments that have a value.</param>
/// <param name="BuildContexts">The named contexts, which take the place of images of their name.</param>
internal sealed record DockerfileRequest(
    string Name,
    Dockerfile File,
    PlatformSet Platforms,
    string? Target,
    IReadOnlyDictionary<string, string> BuildArgs,
    IReadOnlyDictionary<string, BuildContext> BuildContexts)
{
    private const string Action = "Reading the Dockerfile";

    /// <summary>The platforms of a build; the two that most people publish where it has none.</summary>
    public static PlatformSet PlatformsOf(BuildxBuildSettings build) => build.Platforms.Count > 0 ? build.Platforms : [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64];

    /// <summary>Reads the Dockerfile that these settings build.</summary>
    /// <exception cref="CakeException">It is not on this machine.</exception>
    public static DockerfileRequest From(BuildxBuildSettings build, PlatformSet platforms, ICakeContext context) =>
        TryFrom(build, platforms, context)
        ?? throw new CakeException(PathOf(build, context) is { } path
            ? $"{Action}: there is no '{build.File ?? "Dockerfile"}' (looked for {path}); set File, which is relative to the working directory, e.g. File = \"./src/Shop/Dockerfile\"."
            : $"{Action}: it is not a file of this machine; set Context to a folder, or File to the Dockerfile, e.g. File = \"./src/Shop/Dockerfile\".");

    /// <summary>Reads the Dockerfile that these settings build; <see langword="null"/> where it is not on this machine.</summary>
    public static DockerfileRequest? TryFrom(BuildxBuildSettings build, PlatformSet platforms, ICakeContext context)
    {
        if (Text(build, context) is not var (name, text))
        {
            return null;
        }

        var arguments = build.BuildArgs
            .Select(argument => (argument.Key, Value: argument.Value ?? Variable(build, context, argument.Key)))
            .Where(argument => argument.Value is not null)
            .ToDictionary(argument => argument.Key, argument => argument.Value!, StringComparer.Ordinal);
        return new DockerfileRequest(name, DockerfileParser.Parse(text), platforms, build.Target, arguments, build.BuildContexts.ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>What a build argument without a value gets from docker's environment.</summary>
    public static string? Variable(BuildxBuildSettings build, ICakeContext context, string name) =>
        build.EnvironmentVariables.TryGetValue(name, out var value) ? value : context.Environment.GetEnvironmentVariable(name);

    /// <summary>The Dockerfile's name and text; <see langword="null"/> where it is not on this machine.</summary>
    public static (string Name, string Text)? Text(BuildxBuildSettings build, ICakeContext context)
    {
        if (build.File == "-" || (build.Context == "-" && build.File is null))
        {
            return build.StandardInput is { } input ? ("standard input", input) : null;
        }

        if (PathOf(build, context) is not { } path || context.FileSystem.GetFile(path) is not { Exists: true } file)
        {
            return null;
        }

        using var reader = new StreamReader(file.OpenRead());
        return (build.File ?? path.GetFilename().FullPath, reader.ReadToEnd());
    }

    /// <summary>The Dockerfile's place; <see langword="null"/> where it is not a file of this machine.</summary>
    public static FilePath? PathOf(BuildxBuildSettings build, ICakeContext context)
    {
        // Of a context elsewhere, File is a path within it.
        if (build.File == "-" || build.Context == "-" || PublishRequest.IsRemote(build.Context) || PublishRequest.IsRemote(build.File ?? string.Empty))
        {
            return null;
        }

        var working = (build.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        return build.File is null
            ? new DirectoryPath(build.Context).MakeAbsolute(working).CombineWithFilePath("Dockerfile")
            : new FilePath(build.File).MakeAbsolute(working);
    }
}
