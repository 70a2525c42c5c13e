using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--filter</c>: <c>key=value</c>, <c>key!=value</c>, <c>key~=pattern</c>, or a key alone, e.g. <c>until=24h</c>. Source:
/// <see href="https://docs.docker.com/engine/cli/filter/"/>.
/// </summary>
/// <param name="Key">What is compared, e.g. <c>until</c>, <c>label</c> or <c>reference</c>.</param>
/// <param name="Value">What it is compared with; <see langword="null"/> for a key alone.</param>
/// <param name="Operator"><c>=</c>, <c>!=</c> or <c>~=</c>.</param>
public sealed record DockerFilter(string Key, string? Value, string Operator = "=")
{
    private static readonly string[] Operators = ["!=", "~=", "="];

    /// <summary>Reads a value of <c>--filter</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator DockerFilter(string value) => Parse(value);

    /// <summary>Reads a value of <c>--filter</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="CakeException">It has no key.</exception>
    public static DockerFilter Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        var found = equals < 0 ? null : Array.Find(Operators, text => value.AsSpan(0, equals + 1).EndsWith(text, StringComparison.Ordinal));
        var key = found is null ? value : value[..(equals + 1 - found.Length)];
        return string.IsNullOrWhiteSpace(key)
            ? throw new CakeException($"filter '{value}' has no key; a right one is 'until=24h'.")
            : new DockerFilter(key, found is null ? null : value[(equals + 1)..], found ?? "=");
    }

    /// <summary>The value as docker takes it.</summary>
    /// <returns>E.g. <c>until=24h</c>.</returns>
    public override string ToString() => Value is null ? Key : $"{Key}{Operator}{Value}";
}
