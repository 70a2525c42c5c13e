using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// The configuration of a builder's BuildKit, <c>buildkitd.toml</c>. Source:
/// <see href="https://docs.docker.com/build/buildkit/toml-configuration/"/>.
/// </summary>
public sealed class BuildkitdConfiguration
{
    /// <summary><c>[registry."NAME"]</c>: how registries are reached, by their name, e.g. <c>docker.io</c> or <c>10.0.0.5:5000</c>.</summary>
    public IDictionary<string, BuildkitdRegistry> Registries { get; } = new Dictionary<string, BuildkitdRegistry>(StringComparer.Ordinal);

    /// <summary><c>insecure-entitlements</c>: what builds may ask for, e.g. <c>network.host</c> or <c>security.insecure</c>.</summary>
    public IList<string> InsecureEntitlements { get; } = [];

    /// <summary><c>max-parallelism</c>: how many build steps run at once; default no limit.</summary>
    public int? MaxParallelism { get; set; }

    /// <summary><c>gckeepstorage</c>: how much build cache is kept, in bytes; default a part of the disk.</summary>
    public ByteSize? KeepStorage { get; set; }

    /// <summary><c>debug</c>: BuildKit's debug output.</summary>
    public bool Debug { get; set; }

    /// <summary>The file's text.</summary>
    /// <returns>TOML.</returns>
    public string ToToml()
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        if (Debug)
        {
            Line("debug = true");
        }

        if (InsecureEntitlements.Count > 0)
        {
            Line($"insecure-entitlements = {List(InsecureEntitlements)}");
        }

        if (MaxParallelism is not null || KeepStorage is not null)
        {
            Line("[worker.oci]");
        }

        if (MaxParallelism is { } parallelism)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  max-parallelism = {parallelism}"));
        }

        if (KeepStorage is { } storage)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  gckeepstorage = {storage.Bytes}"));
        }

        foreach (var (name, registry) in Registries)
        {
            Line($"[registry.{Quote(name)}]");
            foreach (var line in registry.Lines())
            {
                Line($"  {line}");
            }
        }

        return text.ToString();
    }

    /// <summary>Writes a temporary file.</summary>
    internal BuildkitdFile Write() => new(ToToml());

    internal static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Quote))}]";

    // A basic string of TOML, https://toml.io/en/v1.0.0#string.
    internal static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                _ when char.IsControl(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}

/// <summary>How BuildKit reaches a registry.</summary>
public sealed class BuildkitdRegistry
{
    /// <summary><c>mirrors</c>: registries that are asked first.</summary>
    public IList<string> Mirrors { get; } = [];

    /// <summary><c>http</c>: the registry speaks plain HTTP.</summary>
    public bool PlainHttp { get; set; }

    /// <summary><c>insecure</c>: the registry's certificate is not verified.</summary>
    public bool Insecure { get; set; }

    /// <summary><c>ca</c>: files of certificate authorities that are trusted; buildx copies them into the builder.</summary>
    public IList<string> CaCertificates { get; } = [];

    internal IEnumerable<string> Lines()
    {
        if (Mirrors.Count > 0)
        {
            yield return $"mirrors = {BuildkitdConfiguration.List(Mirrors)}";
        }

        if (PlainHttp)
        {
            yield return "http = true";
        }

        if (Insecure)
        {
            yield return "insecure = true";
        }

        if (CaCertificates.Count > 0)
        {
            yield return $"ca = {BuildkitdConfiguration.List(CaCertificates)}";
        }
    }
}

/// <summary>A configuration in a file, for as long as docker reads it.</summary>
internal sealed class BuildkitdFile : IDisposable
{
    public BuildkitdFile(string text) => File.WriteAllText(Path.FullPath, text);

    public Core.IO.FilePath Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cake-multiplatform-{Guid.NewGuid():N}.toml");

    public void Dispose() => File.Delete(Path.FullPath);
}
