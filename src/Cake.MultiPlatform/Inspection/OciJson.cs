using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Every JSON document that is read, compiled ahead: no reflection at run time. The compiled readers set a property that the
/// document lacks, or has as null, to null, whatever its initializer says; hence the <c>value ?? …</c> in the records.
/// </summary>
[JsonSerializable(typeof(OciIndex))]
[JsonSerializable(typeof(OciManifest))]
[JsonSerializable(typeof(OciImageConfig))]
[JsonSerializable(typeof(OciDescriptor))]
[JsonSerializable(typeof(ArchiveListEntry[]))]
[JsonSerializable(typeof(BuildxMetadata))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(BuildCallResult))]
[JsonSerializable(typeof(BuildRecord))]
[JsonSerializable(typeof(BuildRecordDetails))]
[JsonSerializable(typeof(BakeDocument))]
[JsonSerializable(typeof(BakeCallDocument))]
[JsonSerializable(typeof(BakeListedTarget[]))]
[JsonSerializable(typeof(BakeListedVariable[]))]
[JsonSerializable(typeof(ImageSummary))]
[JsonSerializable(typeof(ImageHistoryStep))]
[JsonSerializable(typeof(PodmanImage[]))]
[JsonSerializable(typeof(PodmanInfo))]
[JsonSerializable(typeof(PodmanStep[]))]
[JsonSerializable(typeof(ContextDetails))]
[JsonSerializable(typeof(BuildxLsLine))]
[JsonSerializable(typeof(ImagetoolsDocument))]
[JsonSerializable(typeof(ProvenanceDocument))]
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(ManifestDetails))]
[JsonSerializable(typeof(ManifestDetails[]))]
[JsonSerializable(typeof(ImageDetails[]))]
[JsonSerializable(typeof(DockerVersionInfo))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(DockerLogins))]
[JsonSerializable(typeof(InstalledEmulators))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class OciJson : JsonSerializerContext
{
    /// <summary>Reads a document; the error says which, and shows how it begins.</summary>
    public static T Parse<T>(string json, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It is 'null'.");
        }
        catch (JsonException e)
        {
            var start = json.Length > 200 ? json[..200] + "…" : json;
            throw new CakeException($"Could not read {what}: {e.Message} It begins: {start}", e);
        }
    }
}
