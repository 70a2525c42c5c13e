using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>Reads and writes the platform object of a descriptor.</summary>
internal sealed class ImagePlatformJsonConverter : JsonConverter<ImagePlatform>
{
    public override ImagePlatform? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var platform = document.RootElement;
        string? Text(string name) => platform.TryGetProperty(name, out var value) ? value.GetString() : null;
        var features = platform.TryGetProperty("os.features", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(feature => feature.GetString() ?? string.Empty).ToArray()
            : [];
        return ImagePlatform.ParseDocument(Text("os") ?? string.Empty, Text("architecture") ?? string.Empty, Text("variant"), Text("os.version"), features);
    }

    public override void Write(Utf8JsonWriter writer, ImagePlatform value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("architecture", value.Architecture);
        writer.WriteString("os", value.Os);
        if (!string.IsNullOrEmpty(value.OsVersion))
        {
            writer.WriteString("os.version", value.OsVersion);
        }

        if (value.OsFeatures.Count > 0)
        {
            writer.WriteStartArray("os.features");
            foreach (var feature in value.OsFeatures)
            {
                writer.WriteStringValue(feature);
            }

            writer.WriteEndArray();
        }

        if (!string.IsNullOrEmpty(value.Variant))
        {
            writer.WriteString("variant", value.Variant);
        }

        writer.WriteEndObject();
    }
}
