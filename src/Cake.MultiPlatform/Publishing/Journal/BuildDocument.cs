using System.Text.Json;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What was built so far, as it is kept in a file: the journal of a publish, or what one of several machines built.</summary>
internal sealed record BuildDocument
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The repositories that it was pushed to, the home first.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    public required MultiPlatformStrategy Strategy { get; init; }

    /// <summary>The digest of how it was built.</summary>
    public required string Settings { get; init; }

    /// <summary>The digest of what it was built from.</summary>
    public string? Content { get; init; }

    /// <summary>The commit that was checked out.</summary>
    public string? Revision { get; init; }

    public required IReadOnlyList<BuiltDocument> Builds { get; init; }

    /// <summary>Reads a file's text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="what">What it should be, for the error.</param>
    /// <exception cref="CakeException">It is something else, or of another version.</exception>
    public static BuildDocument Parse(string json, string what)
    {
        try
        {
            var version = JsonSerializer.Deserialize(json, PlanJson.Default.PlanVersion)?.Version;
            return version == CurrentVersion
                ? JsonSerializer.Deserialize(json, PlanJson.Default.BuildDocument)!
                : throw new CakeException($"{what} has {(version is null ? "no version" : $"version {version}")}, and this Cake.MultiPlatform reads version {CurrentVersion}.");
        }
        catch (JsonException e)
        {
            throw new CakeException($"{what} is something else: {e.Message}", e);
        }
    }

    public string ToJson() => PlanJson.Write(this, PlanJson.Default.BuildDocument);
}

/// <summary>One build.</summary>
internal sealed record BuiltDocument
{
    /// <summary>The platform; <see langword="null"/> for all in one build.</summary>
    public string? Platform { get; init; }

    public required string Digest { get; init; }

    public required DateTimeOffset Finished { get; init; }
}
