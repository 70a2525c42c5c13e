using System.Diagnostics.CodeAnalysis;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// The name of an image: <c>[registry/]repository[:tag][@digest]</c>, e.g. <c>busybox</c>, <c>ghcr.io/acme/shop:1.4.0</c>,
/// <c>127.0.0.1:5000/shop@sha256:…</c>.
/// </summary>
/// <remarks>
/// <para>Grammar, that of <see href="https://github.com/distribution/reference">distribution/reference</see>:</para>
/// <code>
/// reference      := name [ ":" tag ] [ "@" digest ]
/// name           := [ registry "/" ] repository
/// registry       := host [ ":" [0-9]+ ]
/// host           := component { "." component } | "[" [a-fA-F0-9:]+ "]"
/// component      := [a-zA-Z0-9] | [a-zA-Z0-9] [a-zA-Z0-9-]* [a-zA-Z0-9]
/// repository     := path { "/" path }             together at most 255 characters
/// path           := [a-z0-9]+ { separator [a-z0-9]+ }
/// separator      := "." | "_" | "__" | "-" { "-" }
/// tag            := [A-Za-z0-9_] [A-Za-z0-9_.-]*  at most 128 characters
/// digest         := "sha256:" 64 hex | "sha384:" 96 hex | "sha512:" 128 hex      lower case
/// </code>
/// <para>Familiar names, as docker reads and prints them:</para>
/// <list type="bullet">
/// <item><description>
/// What stands before the first slash is the registry if it is <c>localhost</c>, has a <c>.</c> or <c>:</c>, or has an upper case
/// letter; otherwise it belongs to the repository. Without a slash there is no registry: <c>localhost:5000</c> is repository
/// <c>localhost</c>, tag <c>5000</c>.
/// </description></item>
/// <item><description>No registry means <c>docker.io</c>, and <c>index.docker.io</c> is <c>docker.io</c>.</description></item>
/// <item><description>A repository of one component on <c>docker.io</c> is in <c>library/</c>: <c>busybox</c> is
/// <c>docker.io/library/busybox</c>.</description></item>
/// <item><description>A name of exactly 64 hex digits is refused, because docker would take it for an image id.</description></item>
/// </list>
/// <para>
/// Two references are equal when all parts are; <c>busybox</c> and <c>docker.io/library/busybox</c> are equal, <c>busybox</c> and
/// <c>busybox:latest</c> are not (see <see cref="WithDefaultTag"/>).
/// </para>
/// </remarks>
public sealed record ImageReference
{
    private ImageReference(string registry, string repository, string? tag, string? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The registry: host and, if given, port, e.g. <c>docker.io</c>, <c>ghcr.io</c>, <c>127.0.0.1:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>The path of the repository within the registry, e.g. <c>library/busybox</c>.</summary>
    public string Repository { get; }

    /// <summary>The tag, e.g. <c>1.4.0</c>; null when none is given.</summary>
    public string? Tag { get; }

    /// <summary>The digest, e.g. <c>sha256:…</c>; null when none is given.</summary>
    public string? Digest { get; }

    /// <summary>Registry and repository in full, e.g. <c>docker.io/library/busybox</c>.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>The whole reference in full, e.g. <c>docker.io/library/busybox:1.36</c>.</summary>
    public string FullName => Name + Suffix;

    /// <summary>
    /// Whether the registry is on this machine (<c>localhost</c>, <c>127.0.0.0/8</c>, <c>[::1]</c>). Docker talks to such a one over
    /// plain HTTP without being told so
    /// (<see href="https://docs.docker.com/reference/cli/dockerd/#insecure-registries">insecure registries</see>).
    /// </summary>
    public bool IsLoopbackRegistry => ReferenceGrammar.IsLoopback(Registry);

    private string Suffix => (Tag is null ? string.Empty : $":{Tag}") + (Digest is null ? string.Empty : $"@{Digest}");

    /// <summary>Converts text such as <c>ghcr.io/acme/shop:1.4.0</c>, as <see cref="Parse"/> does.</summary>
    /// <param name="value">The reference.</param>
    /// <exception cref="CakeException">The text is not a reference.</exception>
    public static implicit operator ImageReference(string value) => Parse(value);

    /// <summary>Reads a reference in full or familiar form. The type's documentation has the grammar.</summary>
    /// <param name="value">The reference, e.g. <c>busybox</c> or <c>ghcr.io/acme/shop:1.4.0</c>.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="CakeException">
    /// The text is null, empty or not a reference; the message says what is wrong in it and how to mend it.
    /// </exception>
    public static ImageReference Parse(string value)
        => TryParse(value, out var reference, out var error)
            ? reference
            : throw new CakeException($"image reference '{value}': {error}");

    /// <summary>Reads a reference in full or familiar form, and tells whether it is one. Never throws.</summary>
    /// <param name="value">The reference, e.g. <c>busybox</c> or <c>ghcr.io/acme/shop:1.4.0</c>.</param>
    /// <param name="reference">The reference; null when the text is none.</param>
    /// <returns>True when the text is a reference.</returns>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out ImageReference? reference)
        => TryParse(value, out reference, out _);

    /// <summary>
    /// Whether text is a digest: <c>sha256:</c>, <c>sha384:</c> or <c>sha512:</c> and 64, 96 or 128 hex digits in lower case.
    /// </summary>
    /// <param name="value">The text.</param>
    /// <returns>True when it is a digest.</returns>
    public static bool IsDigest([NotNullWhen(true)] string? value) => value is not null && ReferenceGrammar.CheckDigest(value) is null;

    /// <summary>Whether text is a tag: 1 to 128 of <c>A-Z a-z 0-9 _ . -</c>, the first neither <c>.</c> nor <c>-</c>.</summary>
    /// <param name="value">The text.</param>
    /// <returns>True when it is a tag.</returns>
    public static bool IsTag([NotNullWhen(true)] string? value) => value is not null && ReferenceGrammar.CheckTag(value) is null;

    /// <summary>The same reference with another tag. A digest stays: docker then goes by the digest.</summary>
    /// <param name="tag">The tag, e.g. <c>1.4.0</c>.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="CakeException">It is not a tag.</exception>
    public ImageReference WithTag(string tag)
        => ReferenceGrammar.CheckTag(tag) is { } error
            ? throw new CakeException($"tag '{tag}': {error}")
            : new ImageReference(Registry, Repository, tag, Digest);

    /// <summary>The same reference with another digest. A tag stays.</summary>
    /// <param name="digest">The digest, e.g. <c>sha256:…</c>.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="CakeException">It is not a digest.</exception>
    public ImageReference WithDigest(string digest)
        => ReferenceGrammar.CheckDigest(digest) is { } error
            ? throw new CakeException($"digest '{digest}': {error}")
            : new ImageReference(Registry, Repository, Tag, digest);

    /// <summary>The repository alone, e.g. <c>busybox</c> for <c>busybox:1.36@sha256:…</c>.</summary>
    /// <returns>The reference without tag and digest.</returns>
    public ImageReference WithoutTagAndDigest() => new(Registry, Repository, null, null);

    /// <summary>The same reference, with the tag <c>latest</c> if it has neither tag nor digest, as docker understands it.</summary>
    /// <returns>A reference with a tag or a digest.</returns>
    public ImageReference WithDefaultTag()
        => Tag is null && Digest is null ? new ImageReference(Registry, Repository, ReferenceGrammar.DefaultTag, null) : this;

    /// <summary>
    /// The familiar form, as docker prints it: <c>busybox:1.36</c> for <c>docker.io/library/busybox:1.36</c>. Where that would be
    /// read back as another image (<c>docker.io/localhost/a</c>), the full form. <see cref="Parse"/> always reads it back.
    /// </summary>
    /// <returns>The reference as text.</returns>
    public override string ToString() => ReferenceGrammar.FamiliarName(Registry, Repository) + Suffix;

    /// <summary>As the public one, with the reason for a refusal, to be put behind the value's role and the value.</summary>
    internal static bool TryParse(
        [NotNullWhen(true)] string? value,
        [NotNullWhen(true)] out ImageReference? reference,
        [NotNullWhen(false)] out string? error)
    {
        error = ReferenceGrammar.Read(value, out var parts);
        reference = error is null ? new ImageReference(parts.Registry, parts.Repository, parts.Tag, parts.Digest) : null;
        return reference is not null;
    }
}
