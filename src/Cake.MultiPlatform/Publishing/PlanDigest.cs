using System.Security.Cryptography;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// Digests that are known only when docker has built: in a plan stands a placeholder, which is a digest itself, so that it can stand
/// wherever a digest can; people and files see its name.
/// </summary>
internal static class PlanDigest
{
    /// <summary>The build of all platforms.</summary>
    public const string Build = "the build";

    /// <summary>What stands for the digest of this name.</summary>
    public static string Of(string name) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"the placeholder of the digest of {name}")))}";

    /// <summary>The image of a platform.</summary>
    public static string Of(ImagePlatform platform) => Of(platform.ToString());

    /// <summary>What people see in its place.</summary>
    public static string Shown(string name) => $"sha256:<digest of {name}>";

    /// <summary>What people see in the place of the digest of the build, where there are several.</summary>
    public static IReadOnlyDictionary<string, string> NamedBuild(string name) => new Dictionary<string, string>(StringComparer.Ordinal) { [Of(Build)] = Shown(name) };

    /// <summary>What people see in the place of each placeholder.</summary>
    public static IReadOnlyDictionary<string, string> Names(IEnumerable<string> names) =>
        names.ToDictionary(Of, Shown, StringComparer.Ordinal);

    /// <summary>What is known now in the place of each placeholder, whichever form it has.</summary>
    public static IReadOnlyDictionary<string, string> Values(IReadOnlyDictionary<string, string> digests) =>
        digests.SelectMany(digest => (KeyValuePair<string, string>[])[new(Of(digest.Key), digest.Value), new(Shown(digest.Key), digest.Value)])
            .ToDictionary(StringComparer.Ordinal);
}
