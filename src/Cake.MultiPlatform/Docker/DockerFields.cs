using System.Collections;
using System.Globalization;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value that docker writes as comma-separated <c>key=value</c> fields, e.g. <c>type=image,name=shop,push=true</c>. The
/// properties of the derived types are fields that are known; any other is kept, in its place, and can be read and set by
/// its key.
/// </summary>
public abstract class DockerFields : IEnumerable<KeyValuePair<string, string>>, IMasked
{
    private readonly List<(string Key, string? Value)> fields = [];

    private protected DockerFields()
    {
    }

    /// <summary>The field with this key, whatever its case; <see langword="null"/> where there is none. Setting <see langword="null"/> removes it.</summary>
    /// <param name="key">The key, e.g. <c>compression</c>.</param>
    public string? this[string key]
    {
        get => fields.Find(entry => Is(entry, key)).Value;
        set
        {
            var index = fields.FindIndex(entry => Is(entry, key));
            if (value is null)
            {
                fields.RemoveAll(entry => Is(entry, key));
            }
            else if (index >= 0)
            {
                fields[index] = (fields[index].Key, value);
            }
            else
            {
                fields.Add((key, value));
            }
        }
    }

    /// <summary>What stands without a key, e.g. the path in <c>--output ./out</c>.</summary>
    private protected IEnumerable<string> Words => fields.Where(entry => entry.Value is null).Select(entry => entry.Key);

    /// <inheritdoc/>
    string IMasked.Unmasked => DockerCsv.Join(fields.Select(entry => Text(entry.Key, entry.Value)));

    /// <inheritdoc/>
    IEnumerable<string> IMasked.Secrets => fields.Where(entry => IsSecret(entry.Key)).Select(entry => entry.Value).OfType<string>();

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        fields.Where(field => field.Value is not null).Select(field => new KeyValuePair<string, string>(field.Key, field.Value!)).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The value as docker takes it, with <c>***</c> in the place of what is secret (keys, tokens, variables of a builder).</summary>
    /// <returns>The fields, separated by commas and quoted where they need it.</returns>
    public override string ToString() =>
        DockerCsv.Join(fields.Select(field => Text(field.Key, field.Value is not null && IsSecret(field.Key) ? SecretMask.Hidden : field.Value)));

    /// <summary>Adds the fields of a value as docker takes it.</summary>
    private protected void Add(string value, string role, string example)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new CakeException($"{role} is empty; a right one is '{example}'.");
        }

        var shown = Shown(value);
        foreach (var field in DockerCsv.Split(value, shown))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals == 0 || field.Length == 0)
            {
                throw new CakeException($"{role} '{shown}': '{Shown(field)}' has no key; fields are key=value, separated by commas, e.g. '{example}'.");
            }

            fields.Add(equals < 0 ? (field, null) : (field[..equals], field[(equals + 1)..]));
        }
    }

    /// <summary>A value that could not be read, as an error may show it.</summary>
    private protected virtual string Shown(string text) => SecretMask.HasSecretKey(text) ? SecretMask.Hidden : text;

    private protected bool? Boolean(string key) => this[key] is { } text ? ParseBoolean(text) : null;

    private protected void Boolean(string key, bool? value) => this[key] = value switch { true => "true", false => "false", null => null };

    private protected long? Number(string key) =>
        long.TryParse(this[key], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private protected void Number(string key, long? value) => this[key] = value?.ToString(CultureInfo.InvariantCulture);

    // "env.NAME" is a variable of a builder's container.
    internal static bool IsSecret(string key) =>
        SecretMask.Keys.Contains(key, StringComparer.OrdinalIgnoreCase) || key.StartsWith("env.", StringComparison.OrdinalIgnoreCase);

    private static string Text(string key, string? value) => value is null ? key : $"{key}={value}";

    private static bool Is((string Key, string? Value) field, string key) =>
        field.Value is not null && string.Equals(field.Key, key, StringComparison.OrdinalIgnoreCase);

    // As Go's strconv.ParseBool, which docker uses.
    private static bool? ParseBoolean(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };
}
