using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>A value that docker takes in one form and people see in another, because a part of it may be secret.</summary>
internal interface IMasked
{
    /// <summary>The value as docker takes it; <c>ToString()</c> is what people see.</summary>
    string Unmasked { get; }

    /// <summary>The parts that are secret.</summary>
    IEnumerable<string> Secrets { get; }
}

/// <summary>
/// Takes the secrets of one command out of text that is about to be shown: log lines, what docker said of a failure, command
/// lines. What a result is read from is never masked.
/// </summary>
/// <param name="secrets">The secret values.</param>
internal sealed partial class SecretMask(IEnumerable<string> secrets)
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Hidden = "***";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // A shorter one would turn the text into stars without being much of a secret.
    private const int ShortestSecret = 4;

    // The longest first: one secret may be the beginning of another.
    private readonly string[] values =
    [
        .. secrets.SelectMany(secret => secret.Split('\n', StringSplitOptions.TrimEntries))
            .Where(secret => secret.Length >= ShortestSecret)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(secret => secret.Length),
    ];

    /// <summary>Whether nothing was said to be secret.</summary>
    public bool IsEmpty => values.Length == 0;

    /// <summary>The keys of docker's cache options that hold a secret; <see href="https://docs.docker.com/build/cache/backends/"/>.</summary>
    public static IReadOnlyCollection<string> Keys { get; } = ["access_key_id", "secret_access_key", "session_token", "token", "ghtoken"];

    /// <summary>Whether this text holds one of <see cref="Keys"/>, rightly written or not: then none of it may be shown.</summary>
    public static bool HasSecretKey(string text) => SecretField().IsMatch(text);

    /// <summary>The passwords in the addresses of a text.</summary>
    public static IEnumerable<string> PasswordsIn(string text) => Password().Matches(text).Select(match => match.Value);

    /// <summary>The text without what is secret by its form alone: cache credentials, and passwords in addresses.</summary>
    public static string HideKnownForms(string text) => Password().Replace(SecretField().Replace(text, Hidden), Hidden);

    /// <summary>The text without any secret.</summary>
    public string Hide(string text) =>
        HideKnownForms(values.Aggregate(text, (masked, secret) => masked.Replace(secret, Hidden, StringComparison.Ordinal)));

    /// <summary>The secrets in a text, the longest first.</summary>
    public IReadOnlyList<string> SecretsIn(string text) =>
    [
        .. values.Where(secret => text.Contains(secret, StringComparison.Ordinal))
            .Concat(SecretField().Matches(text).Select(match => match.Value))
            .Concat(PasswordsIn(text))
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(secret => secret.Length),
    ];

    /// <summary>Whether an environment variable of this name is likely to hold a secret, e.g. <c>AWS_SECRET_ACCESS_KEY</c>.</summary>
    public static bool IsSecretVariable(string name) => SecretVariable().IsMatch(name);

    // As a field of a command line, and as a member of the JSON in which docker prints it back.
    [GeneratedRegex("""(?<=(?<![\w.-])(access_key_id|secret_access_key|session_token|ghtoken|token)(=|" ?: ?"))[^,"\s]+""", Options, 1000)]
    private static partial Regex SecretField();

    // "https://user:password@host" and "https://token@host"; the user of "ssh://user@host" is no secret.
    [GeneratedRegex(@"(?<=://[^/@\s:]*:)[^/@\s]+(?=@)|(?<=https?://)[^/@\s:]+(?=@)", Options, 1000)]
    private static partial Regex Password();

    [GeneratedRegex("PASSWORD|PASSWD|SECRET|TOKEN|ACCESS_?KEY|API_?KEY|CREDENTIAL", Options, 1000)]
    private static partial Regex SecretVariable();
}
