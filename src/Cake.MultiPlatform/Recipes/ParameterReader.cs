using System.Globalization;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads a recipe's parameters by their names: of <c>image-tag</c> the argument <c>--image-tag</c> wins, then the environment variable
/// <c>CAKE_IMAGES_IMAGE_TAG</c>, then <c>Image_Tag</c> of the section <c>[Images]</c> in cake.config. The last two are the names under which
/// Cake itself knows a setting.
/// </summary>
internal sealed class ParameterReader(Func<string, IReadOnlyCollection<string?>> arguments, Func<string, string?> environment, Func<string, string?> configuration)
{
    /// <summary>The text; <see langword="null"/> where nobody said it.</summary>
    public string? Text(string name) => Find(name) is { } found ? found.One() : null;

    /// <summary>The file; <see langword="null"/> where nobody said it.</summary>
    public FilePath? File(string name) => Text(name) is { } path ? new FilePath(path) : null;

    /// <summary>The image; <see langword="null"/> where nobody said it.</summary>
    public ImageReference? Image(string name) => Find(name) is { } found ? found.Read(found.One(), ImageReference.Parse) : null;

    /// <summary>The images of a comma list.</summary>
    public IEnumerable<ImageReference> Images(string name) => Find(name) is { } found ? found.Parts().Select(part => found.Read(part, ImageReference.Parse)) : [];

    /// <summary>The platforms of a comma list.</summary>
    public PlatformSet Platforms(string name) => Find(name) is { } found ? found.Read(string.Join(',', found.Parts()), PlatformSet.Parse) : [];

    /// <summary>The parts of a comma list.</summary>
    public IEnumerable<string> List(string name) => Find(name)?.Parts() ?? [];

    /// <summary>The machines of platforms, <c>platform=machine</c>, in a comma list.</summary>
    public IEnumerable<(ImagePlatform Platform, string Machine)> Runners(string name) => Find(name) is { } found
        ? found.Parts().Select(part => found.Read(part, text => text.Split('=', 2) is [var platform, { Length: > 0 } machine]
            ? (ImagePlatform.Parse(platform), machine)
            : throw new CakeException($"'{text}' names no machine for a platform, e.g. --{name}=linux/arm64=our-arm-machine.")))
        : [];

    /// <summary>The values as they stand, one for each time that it was said: a comma is part of a value.</summary>
    public IEnumerable<string> Values(string name) => Find(name) is { } found ? found.Values.Select(value => found.Filled(value)) : [];

    /// <summary>Whether it was said, with or without a value.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The value; <see langword="null"/> where it was not said, or said without one.</summary>
    public string? Optional(string name) => Find(name)?.Values.LastOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>Yes or no: said without a value it is yes.</summary>
    public bool Flag(string name) => Find(name) is { } found && (found.Values.Last() is not { Length: > 0 } text || found.Read(
        text,
        value => bool.TryParse(value, out var yes) ? yes : throw new CakeException($"'{value}' is neither true nor false, e.g. --{name}=true.")));

    /// <summary>A whole number.</summary>
    public int Number(string name, int standard) => Find(name) is { } found
        ? found.Read(found.One(), text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CakeException($"'{text}' is not a whole number, e.g. --{name}={standard}."))
        : standard;

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string name, IReadOnlyList<(string Word, T Value)> choices) => Find(name) is { } found
        ? found.Read(found.One(), text => choices.FirstOrDefault(choice => choice.Word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Word: not null } chosen
            ? chosen.Value
            : throw new CakeException($"'{text}' is none of {string.Join(", ", choices.Select(choice => choice.Word))}, e.g. --{name}={choices[^1].Word}."))
        : choices[0].Value;

    private FoundParameter? Find(string name)
    {
        var key = name.Replace('-', '_');
        var variable = $"CAKE_IMAGES_{key.ToUpperInvariant()}";
        return arguments(name) is { Count: > 0 } values ? new($"--{name}", values)
            : environment(variable) is { Length: > 0 } text ? new(variable, [text])
            : configuration($"Images_{key}") is { Length: > 0 } setting ? new($"{key} in [Images] of cake.config", [setting])
            : null;
    }

    /// <summary>What was said, and where.</summary>
    private sealed record FoundParameter(string Origin, IReadOnlyCollection<string?> Values)
    {
        public string One() => Values.Count == 1
            ? Filled(Values.First())
            : throw new CakeException($"{Origin} is there {Values.Count} times ({string.Join(", ", Values)}); it takes one value, so leave all but one out.");

        public string Filled(string? value) => string.IsNullOrWhiteSpace(value)
            ? throw new CakeException($"{Origin} has no value; give it one, or leave it out.")
            : value.Trim();

        public IEnumerable<string> Parts() => Values.SelectMany(value => Filled(value).Split(',')).Select(Filled);

        public T Read<T>(string text, Func<string, T> parse)
        {
            try
            {
                return parse(text);
            }
            catch (CakeException e)
            {
                throw new CakeException($"{Origin}: {e.Message}", e);
            }
        }
    }
}
