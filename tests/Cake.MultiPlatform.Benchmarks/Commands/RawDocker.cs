using System.Text.Json;
using Cake.MultiPlatform.IntegrationTests;

namespace Cake.MultiPlatform.Benchmarks.Commands;

/// <summary>Docker as a person's script has it: started directly, its JSON looked into by hand, no code of the addin.</summary>
internal sealed class RawDocker(Engine engine)
{
    /// <summary>How often docker was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Runs a command that has to succeed; returns what it printed.</summary>
    public string Run(params string[] arguments) => TryRun(arguments) is { ExitCode: 0 } result
        ? result.Output
        : throw new InvalidOperationException($"docker {string.Join(' ', arguments)} failed");

    public RawResult TryRun(params string[] arguments)
    {
        Starts++;
        return engine.Raw(arguments);
    }

    /// <summary>What a tag holds, if it is there: digest and platforms.</summary>
    public (string Digest, IReadOnlyList<string> Platforms) Held(string reference, string? builder)
    {
        if (TryRun(InspectOf(reference, builder)) is not { ExitCode: 0 } result)
        {
            return (string.Empty, []);
        }

        using var document = JsonDocument.Parse(result.Output);
        return (document.RootElement.GetProperty("manifest").GetProperty("digest").GetString()!, Platforms(document.RootElement));
    }

    /// <summary>Reads an image back: it has these platforms, each platform's config says the same, and the digest is this one.</summary>
    public string Check(string reference, IReadOnlyList<string> platforms, string? digest, string? builder)
    {
        var document = JsonDocument.Parse(Run(InspectOf(reference, builder))).RootElement;
        var found = document.GetProperty("manifest").GetProperty("digest").GetString()!;
        Demand(digest is null || found == digest, $"{reference} is {found} instead of {digest}");
        var held = Platforms(document);
        Demand(held.SequenceEqual(platforms, StringComparer.Ordinal), $"{reference} holds {string.Join(',', held)}");
        foreach (var platform in platforms)
        {
            var config = document.GetProperty("image").GetProperty(platform);
            Demand(platform == $"{config.GetProperty("os")}/{config.GetProperty("architecture")}", $"{reference} is labelled {platform} and is not for it");
        }

        return found;
    }

    public static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private static string[] InspectOf(string reference, string? builder) =>
        ["buildx", "imagetools", "inspect", .. Builder(builder), "--format", "{{json .}}", reference];

    public static string[] Builder(string? builder) => builder is null ? [] : ["--builder", builder];

    private static IReadOnlyList<string> Platforms(JsonElement document) =>
    [
        .. document.GetProperty("manifest").GetProperty("manifests").EnumerateArray()
            .Select(entry => entry.GetProperty("platform"))
            .Select(platform => $"{platform.GetProperty("os")}/{platform.GetProperty("architecture")}")
            .Where(platform => platform != "unknown/unknown")
            .Order(StringComparer.Ordinal),
    ];
}
