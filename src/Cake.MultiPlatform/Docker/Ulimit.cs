using System.Globalization;
using System.Text.RegularExpressions;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--ulimit</c>: <c>type=soft[:hard]</c>, e.g. <c>nofile=1024:2048</c>; <c>-1</c> is unlimited. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/#ulimit"/>.
/// </summary>
/// <param name="Type">What is limited, e.g. <c>nofile</c>.</param>
/// <param name="Soft">The limit that holds.</param>
/// <param name="Hard">The limit that it may be raised to; <see langword="null"/> for the same.</param>
public sealed partial record Ulimit(string Type, long Soft, long? Hard = null)
{
    /// <summary>Reads a value of <c>--ulimit</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator Ulimit(string value) => Parse(value);

    /// <summary>Reads a value of <c>--ulimit</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The limit.</returns>
    /// <exception cref="CakeException">It is not one, or the soft limit is above the hard one.</exception>
    public static Ulimit Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var match = Value().Match(value);
        if (!match.Success)
        {
            throw new CakeException($"ulimit '{value}' is not type=soft[:hard]; a right one is 'nofile=1024:2048'.");
        }

        var hard = match.Groups["hard"];
        var limit = new Ulimit(match.Groups["type"].Value, Number(match.Groups["soft"].Value), hard.Success ? Number(hard.Value) : null);
        return limit.Hard is { } most and not -1 && (limit.Soft > most || limit.Soft == -1)
            ? throw new CakeException($"ulimit '{value}': the soft limit is above the hard one; a right one is 'nofile=1024:2048'.")
            : limit;
    }

    /// <summary>The value as docker takes it.</summary>
    /// <returns>E.g. <c>nofile=1024:2048</c>.</returns>
    public override string ToString() => Hard is { } hard
        ? string.Create(CultureInfo.InvariantCulture, $"{Type}={Soft}:{hard}")
        : string.Create(CultureInfo.InvariantCulture, $"{Type}={Soft}");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<type>[a-z]+)=(?<soft>-1|[0-9]{1,18})(:(?<hard>-1|[0-9]{1,18}))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
