using System.Security.Cryptography;
using System.Text;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>What tells one build from another.</summary>
/// <param name="Settings">How it is built: the digest of all settings that can change the result.</param>
/// <param name="Content">What it is built from, here: the digest of context, Dockerfile and base images; <see langword="null"/> where that cannot be known.</param>
internal sealed record BuildIdentity(string Settings, string? Content)
{
    private const int CommitLength = 40;

    // What says where and how fast it is built, and not what.
    private static readonly HashSet<string> Means =
        ["--builder", "--cache-from", "--cache-to", "--file", "--metadata-file", "--no-cache-filter", "--output", "--platform", "--progress", "--secret", "--ssh", "--tag"];

    private static readonly HashSet<string> MeansWithoutValue = ["--load", "--no-cache", "--pull", "--push", "--quiet"];

    /// <summary>The identity of a build.</summary>
    /// <param name="request">What is to be published.</param>
    /// <param name="bases">The base images, as they were looked up.</param>
    /// <param name="context">Where files and environment are.</param>
    /// <param name="own">A file of ours in the context, if it lies there.</param>
    public static BuildIdentity Of(PublishRequest request, IEnumerable<DockerfileBase>? bases, ICakeContext context, FilePath own) =>
        new(SettingsOf(request, context), ContentOf(request.Build, bases, context, own));

    /// <summary>The digest of the settings alone.</summary>
    public static string SettingsOf(PublishRequest request, ICakeContext context)
    {
        var build = request.Build;
        var words = build.ToWords().ToList();

        // It stands in the outputs, which also say where the result goes.
        var kept = new List<string> { $"{request.Goal.Profile}" };
        for (var i = 0; i < words.Count - 1; i++)
        {
            var flag = words[i].Split('=')[0];
            if (Means.Contains(flag))
            {
                i++;
            }
            else if (!MeansWithoutValue.Contains(flag))
            {
                kept.Add(words[i]);
            }
        }

        kept.AddRange(build.BuildArgs.Where(argument => argument.Value is null).Select(argument => $"{argument.Key}={DockerfileRequest.Variable(build, context, argument.Key)}"));
        return Digest(kept);
    }

    private static string? ContentOf(BuildxBuildSettings build, IEnumerable<DockerfileBase>? bases, ICakeContext context, FilePath own)
    {
        var working = (build.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        string?[] parts =
        [
            build.StandardInput ?? string.Empty,
            PlaceOf(build.Context, build, context, working, own),
            DockerfileRequest.Text(build, context)?.Text ?? (PublishRequest.IsRemote(build.Context) ? build.File ?? string.Empty : null),
            .. build.BuildContexts.OrderBy(named => named.Key, StringComparer.Ordinal).Select(named => named.Value.Image?.ToString() ?? PlaceOf(named.Value.Value, build, context, working, own)),
            .. bases?.Select(image => image.Digest) ?? [],
        ];
        return Array.TrueForAll(parts, part => part is not null) ? Digest(parts!) : null;
    }

    // Of what lies elsewhere only a commit is known to stay the same.
    private static string? PlaceOf(string place, BuildxBuildSettings build, ICakeContext context, DirectoryPath working, FilePath own)
    {
        if (place == "-")
        {
            return place;
        }

        if (PublishRequest.IsRemote(place))
        {
            return place.Split('#', ':') is [.., var commit] && commit.Length == CommitLength && commit.All(char.IsAsciiHexDigit) ? place : null;
        }

        var folder = new DirectoryPath(place).MakeAbsolute(working).FullPath;
        return Directory.Exists(folder) ? ContextFiles.Digest(folder, IgnoreOf(build, folder, context), own.FullPath) : null;
    }

    private static DockerIgnore IgnoreOf(BuildxBuildSettings build, string folder, ICakeContext context)
    {
        string[] places = [$"{DockerfileRequest.PathOf(build, context)?.FullPath}.dockerignore", System.IO.Path.Combine(folder, ".dockerignore")];
        return DockerIgnore.Parse(Array.Find(places, System.IO.File.Exists) is { } file ? System.IO.File.ReadAllText(file) : string.Empty);
    }

    private static string Digest(IEnumerable<string> words) => Convert.ToHexStringLower(SHA256.HashData(
        words.SelectMany(word => SHA256.HashData(Encoding.UTF8.GetBytes(word))).ToArray()));
}
