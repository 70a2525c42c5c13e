using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Puts names into the place of secrets, for a file, and secrets into the place of names.</summary>
internal sealed class PlanSecrets
{
    private readonly SortedDictionary<string, string> byName = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<KeyValuePair<string, string>> variables;

    /// <summary>Names secrets after the environment variables that hold them; those that are in none get a name of their own.</summary>
    public PlanSecrets(IEnumerable<KeyValuePair<string, string>> variables) => this.variables = [.. variables];

    /// <summary>The names of all secrets, each an environment variable that has to hold it when the plan is read.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>What stands for a secret in a file.</summary>
    public static string Mark(string name) => $"<secret:{name}>";

    /// <summary>A secret that is needed under this name although it stands nowhere in the plan.</summary>
    public void Need(string name) => byName.TryAdd(name, string.Empty);

    /// <summary>What a file may hold of a variable's value that is secret as a whole.</summary>
    public string HideVariable(string name, string value)
    {
        byName[name] = value;
        return Mark(name);
    }

    /// <summary>The text without secrets.</summary>
    public string Hide(string text, SecretMask mask) =>
        mask.SecretsIn(text).Aggregate(text, (hidden, secret) => hidden.Replace(secret, Mark(NameOf(secret)), StringComparison.Ordinal));

    /// <summary>The text with secrets.</summary>
    public static string Show(string text, IReadOnlyDictionary<string, string> values) =>
        values.Aggregate(text, (shown, secret) => shown.Replace(Mark(secret.Key), secret.Value, StringComparison.Ordinal));

    /// <summary>The values of all names, from the environment.</summary>
    /// <exception cref="CakeException">Some are not set; the message names all of them.</exception>
    public static IReadOnlyDictionary<string, string> Values(IReadOnlyList<string> names, Func<string, string?> variable)
    {
        var missing = names.Where(name => string.IsNullOrEmpty(variable(name))).ToArray();
        return missing.Length == 0
            ? names.ToDictionary(name => name, name => variable(name)!, StringComparer.Ordinal)
            : throw new CakeException(
                $"The plan needs secrets, which are not in it, and the environment does not have them: set {string.Join(", ", missing)} and read the plan again.");
    }

    private string NameOf(string secret)
    {
        if (byName.FirstOrDefault(entry => entry.Value == secret).Key is { } known)
        {
            return known;
        }

        var name = variables.FirstOrDefault(variable => variable.Value == secret).Key;
        for (var number = 1; name is null; number++)
        {
            name = byName.ContainsKey($"PLAN_SECRET_{number}") ? null : $"PLAN_SECRET_{number}";
        }

        byName[name] = secret;
        return name;
    }
}
