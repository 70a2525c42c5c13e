using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>The documents of an image that an annotation can stand in.</summary>
[Flags]
public enum AnnotationLevels
{
    /// <summary>Docker's default, which is <see cref="Manifest"/>.</summary>
    Default = 0,

    /// <summary><c>manifest</c>: the manifest of a platform's image.</summary>
    Manifest = 1,

    /// <summary><c>index</c>: the index.</summary>
    Index = 2,

    /// <summary><c>manifest-descriptor</c>: the entry of a platform's image in the index.</summary>
    ManifestDescriptor = 4,

    /// <summary><c>index-descriptor</c>: the entry of the index in an OCI layout.</summary>
    IndexDescriptor = 8,
}

/// <summary>
/// A value of <c>--annotation</c>: <c>[level[,level…][[os/arch]]:]key=value</c>, e.g. <c>index:org.opencontainers.image.title=Shop</c> or
/// <c>manifest[linux/arm64]:key=value</c>. Source: <see href="https://docs.docker.com/build/metadata/annotations/"/>.
/// </summary>
/// <param name="Key">The annotation's name.</param>
/// <param name="Value">The annotation's value.</param>
/// <param name="Levels">The documents that it stands in.</param>
/// <param name="Platform">The platform that it is for; <see langword="null"/> for all.</param>
public sealed record BuildAnnotation(string Key, string Value, AnnotationLevels Levels = AnnotationLevels.Default, ImagePlatform? Platform = null)
{
    private const string Example = "index:org.opencontainers.image.title=Shop";

    private static readonly (AnnotationLevels Level, string Name)[] Names =
    [
        (AnnotationLevels.Manifest, "manifest"),
        (AnnotationLevels.Index, "index"),
        (AnnotationLevels.ManifestDescriptor, "manifest-descriptor"),
        (AnnotationLevels.IndexDescriptor, "index-descriptor"),
    ];

    /// <summary>Reads a value of <c>--annotation</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildAnnotation(string value) => Parse(value);

    /// <summary>Reads a value of <c>--annotation</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The annotation.</returns>
    /// <exception cref="CakeException">It is not one; the message says what is wrong.</exception>
    public static BuildAnnotation Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw Refused(value, "it has no key=value");
        }

        // The part before the colon is a list of levels only where it reads as one: keys may have colons of their own.
        var (name, text) = (value[..equals], value[(equals + 1)..]);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new BuildAnnotation(name, text);
        }

        var (scope, key) = (name[..colon], name[(colon + 1)..]);
        var bracket = scope.IndexOf('[', StringComparison.Ordinal);
        var platform = bracket < 0
            ? null
            : scope.EndsWith(']') ? ImagePlatform.Parse(scope[(bracket + 1)..^1]) : throw Refused(value, "the platform's bracket is not closed");
        var levels = AnnotationLevels.Default;
        foreach (var level in (bracket < 0 ? scope : scope[..bracket]).Split(','))
        {
            var known = Array.Find(Names, entry => entry.Name == level);
            levels |= known.Name is not null ? known.Level : throw Refused(value, $"'{level}' is not a level; levels are {string.Join(", ", Names.Select(entry => entry.Name))}");
        }

        return key.Length > 0 ? new BuildAnnotation(key, text, levels, platform) : throw Refused(value, "it has no key");
    }

    /// <summary>The value as docker takes it.</summary>
    /// <returns>Levels, platform, key and value.</returns>
    public override string ToString()
    {
        if (Levels == AnnotationLevels.Default && Platform is null)
        {
            return $"{Key}={Value}";
        }

        var levels = Levels == AnnotationLevels.Default ? AnnotationLevels.Manifest : Levels;
        var names = string.Join(',', Names.Where(entry => levels.HasFlag(entry.Level)).Select(entry => entry.Name));
        return $"{names}{(Platform is null ? string.Empty : $"[{Platform}]")}:{Key}={Value}";
    }

    private static CakeException Refused(string value, string why) => new($"build annotation '{value}': {why}; a right one is '{Example}'.");
}
