using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Cake.MultiPlatform;

/// <summary>A plan as it is kept in a file. A change of it needs another <see cref="CurrentVersion"/>; a test holds the format.</summary>
internal sealed record PlanDocument
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required MultiPlatformStrategy Strategy { get; init; }

    public required string Reason { get; init; }

    public required bool PushesByDigest { get; init; }

    public required IReadOnlyList<PlanTargetDocument> Images { get; init; }

    public required IReadOnlyList<string> Platforms { get; init; }

    public required ConsumerProfile Profile { get; init; }

    public required IReadOnlyList<string> Annotations { get; init; }

    public required IReadOnlyDictionary<string, string?> Labels { get; init; }

    public required IReadOnlyList<string> Attestations { get; init; }

    public required PlanExecutablesDocument Executables { get; init; }

    public bool? Insecure { get; init; }

    public required bool AllowPlatformRemoval { get; init; }

    public required bool AllowTagOverwrite { get; init; }

    public required int MaxParallelBuilds { get; init; }

    public required PlanConnectionDocument Connection { get; init; }

    public required IReadOnlyList<string> Secrets { get; init; }

    public required IReadOnlyList<PlanStepDocument> Steps { get; init; }
}

/// <summary>A repository and its tags.</summary>
internal sealed record PlanTargetDocument
{
    public required string Repository { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>What is to be said of the executables inside.</summary>
internal sealed record PlanExecutablesDocument
{
    public required IReadOnlyList<string> ForeignOnPurpose { get; init; }

    public required bool EntrypointIsWarning { get; init; }

    public required bool ForeignIsError { get; init; }
}

/// <summary>How docker is reached.</summary>
internal sealed record PlanConnectionDocument
{
    public string? Builder { get; init; }

    public string? Config { get; init; }

    public string? Context { get; init; }

    public string? Host { get; init; }

    public bool? Debug { get; init; }

    public string? LogLevel { get; init; }

    public bool? Tls { get; init; }

    public bool? TlsVerify { get; init; }

    public string? TlsCaCertificate { get; init; }

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public string? ToolPath { get; init; }

    public string? WorkingDirectory { get; init; }

    public double? TimeoutSeconds { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}

/// <summary>A docker command.</summary>
internal sealed record PlanStepDocument
{
    public required MultiPlatformStepKind Kind { get; init; }

    public string? Platform { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public string? Input { get; init; }
}

/// <summary>Plans as JSON, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(BuildDocument))]
[JsonSerializable(typeof(PlanVersion))]
internal sealed partial class PlanJson : JsonSerializerContext
{
    /// <summary>Writes for people: only what JSON needs escaped is.</summary>
    public static string Write<T>(T document, JsonTypeInfo<T> type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, document, type);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}

/// <summary>What every version of the format has.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record PlanVersion
{
    public int? Version { get; init; }
}
