using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cake.MultiPlatform;

/// <summary>Writes a bake definition as JSON.</summary>
internal static class BakeWriter
{
    public static string Write(BakeDefinition definition)
    {
        var document = new BakeDocument
        {
            Groups = definition.Groups.ToDictionary(group => group.Key, group => new BakeGroup { Targets = group.Value }, StringComparer.Ordinal),
            Targets = definition.Targets,
        };
        var node = JsonSerializer.SerializeToNode(document, OciJson.Default.BakeDocument)!;
        Prune(node);

        // Neither "$" nor "%" is one of JSON's own: wherever it stands before a bracket, it is in a text.
        return PlanJson.Write(OciJson.Parse(node.ToJsonString(), OciJson.Default.JsonElement, "a bake definition"), OciJson.Default.JsonElement)
            .Replace("${", "$${", StringComparison.Ordinal)
            .Replace("%{", "%%{", StringComparison.Ordinal);
    }

    // What is not said is left out.
    private static void Prune(JsonNode node)
    {
        if (node is not JsonObject members)
        {
            return;
        }

        foreach (var (name, value) in members.ToArray())
        {
            if (value is not null)
            {
                Prune(value);
            }

            if (value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 })
            {
                members.Remove(name);
            }
        }
    }
}
