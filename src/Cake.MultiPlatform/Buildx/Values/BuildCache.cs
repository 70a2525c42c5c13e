using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--cache-from</c> or <c>--cache-to</c>, e.g. <c>type=registry,ref=ghcr.io/acme/shop:cache,mode=max</c>, or a
/// reference alone. Source: <see href="https://docs.docker.com/build/cache/backends/"/>.
/// </summary>
/// <remarks>
/// Credentials reach the cache without standing on the command line, where other users of the machine can see them, by the
/// environment: buildx reads <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c> and <c>AWS_SESSION_TOKEN</c> (type <c>s3</c>),
/// <c>ACTIONS_RUNTIME_TOKEN</c> and <c>GITHUB_TOKEN</c> (type <c>gha</c>) from its own, BuildKit those of the Azure SDK (type
/// <c>azblob</c>) from its own. Where they are fields all the same (<c>access_key_id</c>, <c>secret_access_key</c>,
/// <c>session_token</c>, <c>token</c>, <c>ghtoken</c>), they are masked in the log, in errors and in <c>ToString()</c>.
/// </remarks>
public sealed class BuildCache : DockerFields
{
    private const string Example = "type=registry,ref=ghcr.io/acme/shop:cache,mode=max";

    /// <summary><c>type</c>: <c>registry</c>, <c>local</c>, <c>inline</c>, <c>gha</c>, <c>s3</c> or <c>azblob</c>. A reference alone means <c>registry</c>.</summary>
    public string? Type
    {
        get => this["type"] ?? (Words.Any() ? "registry" : null);
        set => this["type"] = value;
    }

    /// <summary><c>ref</c>: the image that a <c>registry</c> cache is kept in.</summary>
    public string? Reference
    {
        get => this["ref"] ?? Words.FirstOrDefault();
        set => this["ref"] = value;
    }

    /// <summary><c>mode</c>: <c>min</c> (the result's layers, the default) or <c>max</c> (those of all steps); for <c>--cache-to</c>.</summary>
    public string? Mode { get => this["mode"]; set => this["mode"] = value; }

    /// <summary><c>src</c>: the folder that a <c>local</c> cache comes from.</summary>
    public string? Source { get => this["src"]; set => this["src"] = value; }

    /// <summary><c>dest</c>: the folder that a <c>local</c> cache goes to.</summary>
    public string? Destination { get => this["dest"]; set => this["dest"] = value; }

    /// <summary><c>scope</c>: the name that a <c>gha</c> cache is kept under; one per image.</summary>
    public string? Scope { get => this["scope"]; set => this["scope"] = value; }

    /// <summary><c>ignore-error</c>: a cache that cannot be written does not fail the build.</summary>
    public bool? IgnoreError { get => Boolean("ignore-error"); set => Boolean("ignore-error", value); }

    /// <summary><c>image-manifest</c>: a <c>registry</c> cache is an image manifest, which some registries insist on.</summary>
    public bool? ImageManifest { get => Boolean("image-manifest"); set => Boolean("image-manifest", value); }

    /// <summary>Reads a value of <c>--cache-from</c> or <c>--cache-to</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildCache(string value) => Parse(value);

    /// <summary>Reads a value of <c>--cache-from</c> or <c>--cache-to</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The cache.</returns>
    /// <exception cref="CakeException">It is not one; the message says what is wrong.</exception>
    public static BuildCache Parse(string value)
    {
        var cache = new BuildCache();
        cache.Add(value, "build cache", Example);
        return cache;
    }

    /// <summary>A cache like this, which can be changed by itself; a reference alone is written out.</summary>
    internal BuildCache Copy()
    {
        var copy = new BuildCache();
        if (Words.Any())
        {
            (copy.Type, copy.Reference) = (Type, Reference);
        }

        foreach (var (key, value) in this)
        {
            copy[key] = value;
        }

        return copy;
    }

    /// <summary>A cache in a registry.</summary>
    /// <param name="reference">The image that it is kept in.</param>
    /// <param name="mode"><c>min</c> or <c>max</c>, for <c>--cache-to</c>.</param>
    /// <returns>The cache <c>type=registry</c>.</returns>
    public static BuildCache Registry(ImageReference reference, string? mode = null) =>
        new() { Type = "registry", Reference = reference?.ToString(), Mode = mode };

    /// <summary>A cache in a folder, to be read.</summary>
    /// <param name="source">The folder.</param>
    /// <returns>The cache <c>type=local,src=…</c>.</returns>
    public static BuildCache FromFolder(string source) => new() { Type = "local", Source = source };

    /// <summary>A cache in a folder, to be written.</summary>
    /// <param name="destination">The folder.</param>
    /// <param name="mode"><c>min</c> or <c>max</c>.</param>
    /// <returns>The cache <c>type=local,dest=…</c>.</returns>
    public static BuildCache ToFolder(string destination, string? mode = null) => new() { Type = "local", Destination = destination, Mode = mode };

    /// <summary>A cache inside the image itself.</summary>
    /// <returns>The cache <c>type=inline</c>.</returns>
    public static BuildCache Inline() => new() { Type = "inline" };

    /// <summary>The cache of GitHub Actions.</summary>
    /// <param name="scope">The name that it is kept under.</param>
    /// <param name="mode"><c>min</c> or <c>max</c>, for <c>--cache-to</c>.</param>
    /// <returns>The cache <c>type=gha</c>.</returns>
    public static BuildCache GitHubActions(string? scope = null, string? mode = null) => new() { Type = "gha", Scope = scope, Mode = mode };
}
