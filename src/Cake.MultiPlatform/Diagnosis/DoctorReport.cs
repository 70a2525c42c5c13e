using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>How well something is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DoctorState>))]
public enum DoctorState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It cannot be told from here.</summary>
    Unknown,

    /// <summary>It may go wrong, or works less well than it could.</summary>
    Warning,

    /// <summary>It stands in the way.</summary>
    Bad,
}

/// <summary>What the doctor found out about one thing.</summary>
/// <param name="State">How well it is.</param>
/// <param name="Subject">What was looked at, e.g. <c>engine</c> or <c>platform linux/arm64</c>.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Remedy">What to do about it; empty where there is nothing to do.</param>
public sealed record DoctorLine(
    [property: JsonPropertyName("state")] DoctorState State,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("finding")] string Finding,
    [property: JsonPropertyName("remedy")] string Remedy);

/// <summary>What <c>DockerDoctor</c> found out.</summary>
public sealed record DoctorReport
{
    private static readonly OciJson Written = new(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Whether nothing stands in the way.</summary>
    [JsonPropertyName("ok")]
    public bool Ok => Lines.All(line => line.State != DoctorState.Bad);

    /// <summary>The strategy by which the publish that was asked about would go; <see langword="null"/> where none was asked about, or it would not work.</summary>
    [JsonPropertyName("strategy")]
    [JsonConverter(typeof(JsonStringEnumConverter<MultiPlatformStrategy>))]
    public MultiPlatformStrategy? Strategy { get; init; }

    /// <summary>All findings, from the client to the publish.</summary>
    [JsonPropertyName("lines")]
    public IReadOnlyList<DoctorLine> Lines { get; init => field = value ?? []; } = [];

    /// <summary>The findings of a subject.</summary>
    /// <param name="subject">The subject, e.g. <c>engine</c>.</param>
    /// <returns>The findings, in their order.</returns>
    public IEnumerable<DoctorLine> this[string subject] => Lines.Where(line => line.Subject == subject);

    /// <summary>A table that a person can read at a glance; below what is not good stands what helps.</summary>
    /// <returns>The table, without a line end behind its last line.</returns>
    public string ToText()
    {
        var width = Lines.Select(line => line.Subject.Length).DefaultIfEmpty().Max();
        var text = new StringBuilder();
        foreach (var line in Lines)
        {
            text.Append(Word(line.State)).Append("  ").Append(line.Subject.PadRight(width)).Append("  ").AppendLine(line.Finding);
            if (line.Remedy.Length > 0)
            {
                text.Append(' ', "WARNING  ".Length + width + 2).Append("What helps: ").AppendLine(line.Remedy);
            }
        }

        return text.Append(Verdict()).ToString();
    }

    /// <summary>The same as JSON.</summary>
    /// <returns>An object with <c>ok</c>, <c>strategy</c> and <c>lines</c>.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, Written.DoctorReport);

    /// <summary>The same as <see cref="ToText"/>.</summary>
    /// <returns>The table.</returns>
    public override string ToString() => ToText();

    private static string Word(DoctorState state) => state switch
    {
        DoctorState.Good => "good   ",
        DoctorState.Unknown => "?      ",
        DoctorState.Warning => "WARNING",
        _ => "BAD    ",
    };

    private string Verdict()
    {
        var (bad, warnings) = (Lines.Count(line => line.State == DoctorState.Bad), Lines.Count(line => line.State == DoctorState.Warning));
        return (bad, warnings) switch
        {
            (0, 0) => "All is well.",
            (0, _) => $"It works, with {warnings} {(warnings == 1 ? "warning" : "warnings")}.",
            _ => $"{bad} {(bad == 1 ? "thing stands" : "things stand")} in the way.",
        };
    }
}
