using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--set</c>: <c>target.key[.name]=value</c> gives targets of a bake definition another value,
/// <c>target.key+=value</c> one more, e.g. <c>*.platform=linux/arm64</c> or <c>shop.args.VERSION=1.4.0</c>. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/bake/#set"/>.
/// </summary>
/// <param name="Target">The target, or a pattern such as <c>*</c> or <c>shop-*</c>.</param>
/// <param name="Key">What is set, e.g. <c>platform</c>, <c>tags</c>, <c>output</c> or <c>args.VERSION</c>.</param>
/// <param name="Value">The value; <see langword="null"/> takes a build argument from the environment.</param>
/// <param name="Append">Whether the value is one more instead of another one; needs buildx 0.22.</param>
public sealed record BakeOverride(string Target, string Key, string? Value, bool Append = false) : IMasked
{
    /// <inheritdoc/>
    string IMasked.Unmasked => Text(Value);

    /// <inheritdoc/>
    IEnumerable<string> IMasked.Secrets => Key.StartsWith("cache-", StringComparison.Ordinal) && Value is { Length: > 0 }
        ? ((IMasked)BuildCache.Parse(Value)).Secrets
        : [];

    /// <summary>Reads a value of <c>--set</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BakeOverride(string value) => Parse(value);

    /// <summary>Reads a value of <c>--set</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The override.</returns>
    /// <exception cref="CakeException">It has no target, no key or no value.</exception>
    public static BakeOverride Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? value : value[..equals];
        var append = equals > 0 && name.EndsWith('+');
        name = append ? name[..^1] : name;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < name.Length - 1 && (equals >= 0 || name.AsSpan(dot + 1).StartsWith("args.", StringComparison.Ordinal))
            ? new BakeOverride(name[..dot], name[(dot + 1)..], equals < 0 ? null : value[(equals + 1)..], append)
            : throw new CakeException($"bake override '{SecretMask.HideKnownForms(value)}' is not target.key=value; a right one is '*.platform=linux/arm64' or 'shop.args.VERSION=1.4.0'.");
    }

    /// <summary>The value as docker takes it, with <c>***</c> in the place of the keys and tokens of a cache.</summary>
    /// <returns>E.g. <c>*.platform=linux/arm64</c>.</returns>
    public override string ToString() => Text(Value is null ? null : new SecretMask(((IMasked)this).Secrets).Hide(Value));

    private string Text(string? value) => value is null ? $"{Target}.{Key}" : $"{Target}.{Key}{(Append ? "+" : string.Empty)}={value}";
}
