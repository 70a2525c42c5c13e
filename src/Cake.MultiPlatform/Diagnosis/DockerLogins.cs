using System.Text.Json;
using System.Text.Json.Serialization;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Which registries docker has a login for: the names in its configuration, never what stands behind them.</summary>
internal sealed record DockerLogins
{
    // How docker's configuration calls Docker Hub.
    private const string Hub = "https://index.docker.io/v1/";

    [JsonPropertyName("auths")]
    public IReadOnlyDictionary<string, JsonElement> Auths { get; init => field = value ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal); } =
        new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    [JsonPropertyName("credHelpers")]
    public IReadOnlyDictionary<string, string> Helpers { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads docker's configuration; none is no login.</summary>
    /// <exception cref="CakeException">It cannot be read; docker could not either.</exception>
    public static DockerLogins Read(DockerSettings connection, ICakeContext context)
    {
        var file = new DirectoryPath(DockerConfigFolder.Of(connection, context)).CombineWithFilePath("config.json").FullPath;
        return File.Exists(file) ? OciJson.Parse(File.ReadAllText(file), OciJson.Default.DockerLogins, $"docker's configuration '{file}'") : new DockerLogins();
    }

    /// <summary>Whether docker has a login for this registry.</summary>
    public bool Has(string registry)
    {
        string[] names = registry == "docker.io" ? [Hub, "docker.io", "index.docker.io"] : [registry, $"https://{registry}", $"http://{registry}"];
        return names.Any(name => Auths.ContainsKey(name) || Auths.ContainsKey($"{name}/") || Helpers.ContainsKey(name));
    }
}
