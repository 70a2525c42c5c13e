using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// What a further build context is, the value of <c>--build-context NAME=VALUE</c>: a folder, a URL, an image
/// (<c>docker-image://…</c>) or an image in an OCI layout (<c>oci-layout://…</c>). Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/#build-context"/>.
/// </summary>
/// <param name="Value">The value as docker takes it.</param>
public sealed record BuildContext(string Value)
{
    private const string ImageScheme = "docker-image://";
    private const string LayoutScheme = "oci-layout://";

    /// <summary>The image, for <c>docker-image://…</c>; otherwise <see langword="null"/>.</summary>
    public ImageReference? Image => Value.StartsWith(ImageScheme, StringComparison.Ordinal) ? ImageReference.Parse(Value[ImageScheme.Length..]) : null;

    /// <summary>Reads a context.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is empty, or names an image that is none.</exception>
    public static implicit operator BuildContext(string value) => Parse(value);

    /// <summary>Reads a context.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The context.</returns>
    /// <exception cref="CakeException">It is empty, or names an image that is none.</exception>
    public static BuildContext Parse(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new CakeException($"build context is empty; a right one is './assets' or '{ImageScheme}httpd:2.4'.");
        }

        var context = new BuildContext(value);
        _ = context.Image;
        return context;
    }

    /// <summary>The files of an image in a registry.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The context <c>docker-image://…</c>.</returns>
    public static BuildContext FromImage(ImageReference image) => new($"{ImageScheme}{image}");

    /// <summary>The files of an image in an OCI layout.</summary>
    /// <param name="folder">The layout's folder.</param>
    /// <param name="digest">The image's digest; default the one tagged <c>latest</c>.</param>
    /// <returns>The context <c>oci-layout://…</c>.</returns>
    public static BuildContext FromOciLayout(string folder, string? digest = null) =>
        new(digest is null ? $"{LayoutScheme}{folder}" : $"{LayoutScheme}{folder}@{digest}");

    /// <summary>The value as docker takes it.</summary>
    /// <returns>E.g. <c>docker-image://httpd:2.4</c>.</returns>
    public override string ToString() => Value;
}
