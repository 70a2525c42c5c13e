using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--output</c>: where the result of a build goes, e.g. <c>type=local,dest=./out</c>, or a path alone, or
/// <c>-</c> for a tar stream. Source: <see href="https://docs.docker.com/build/exporters/"/>.
/// </summary>
public sealed class BuildOutput : DockerFields
{
    private const string Example = "type=image,name=ghcr.io/acme/shop,push=true";

    /// <summary>
    /// <c>type</c>: <c>image</c>, <c>registry</c>, <c>local</c>, <c>tar</c>, <c>oci</c>, <c>docker</c> or <c>cacheonly</c>. A path
    /// alone means <c>local</c>, <c>-</c> alone <c>tar</c>.
    /// </summary>
    public string? Type
    {
        get => this["type"] ?? (Words.FirstOrDefault() is { } path ? (path == "-" ? "tar" : "local") : null);
        set => this["type"] = value;
    }

    /// <summary><c>dest</c>: the folder or file that is written, or <c>-</c> for standard output.</summary>
    public string? Destination
    {
        get => this["dest"] ?? Words.FirstOrDefault();
        set => this["dest"] = value;
    }

    /// <summary><c>name</c>: the names of the image, separated by commas.</summary>
    public string? Name { get => this["name"]; set => this["name"] = value; }

    /// <summary><c>push</c>: the image is pushed.</summary>
    public bool? Push { get => Boolean("push"); set => Boolean("push", value); }

    /// <summary><c>push-by-digest</c>: the image is pushed without a tag; driver <c>docker</c> refuses it.</summary>
    public bool? PushByDigest { get => Boolean("push-by-digest"); set => Boolean("push-by-digest", value); }

    /// <summary><c>name-canonical</c>: the image is also named by its digest.</summary>
    public bool? NameCanonical { get => Boolean("name-canonical"); set => Boolean("name-canonical", value); }

    /// <summary><c>registry.insecure</c>: the registry speaks plain HTTP or has an untrusted certificate.</summary>
    public bool? RegistryInsecure { get => Boolean("registry.insecure"); set => Boolean("registry.insecure", value); }

    /// <summary><c>oci-mediatypes</c>: media types of OCI instead of Docker's.</summary>
    public bool? OciMediaTypes { get => Boolean("oci-mediatypes"); set => Boolean("oci-mediatypes", value); }

    /// <summary><c>compression</c>: <c>uncompressed</c>, <c>gzip</c>, <c>estargz</c> or <c>zstd</c>.</summary>
    public string? Compression { get => this["compression"]; set => this["compression"] = value; }

    /// <summary><c>compression-level</c>: 0 to 9 for gzip and estargz, 0 to 22 for zstd.</summary>
    public long? CompressionLevel { get => Number("compression-level"); set => Number("compression-level", value); }

    /// <summary><c>force-compression</c>: layers of the base image are compressed again.</summary>
    public bool? ForceCompression { get => Boolean("force-compression"); set => Boolean("force-compression", value); }

    /// <summary><c>rewrite-timestamp</c>: times in the layers are set to <c>SOURCE_DATE_EPOCH</c>.</summary>
    public bool? RewriteTimestamp { get => Boolean("rewrite-timestamp"); set => Boolean("rewrite-timestamp", value); }

    /// <summary><c>tar</c>: whether type <c>oci</c> is one file; <see langword="false"/> makes it a folder.</summary>
    public bool? Tar { get => Boolean("tar"); set => Boolean("tar", value); }

    /// <summary>Reads a value of <c>--output</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildOutput(string value) => Parse(value);

    /// <summary>Reads a value of <c>--output</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The output.</returns>
    /// <exception cref="CakeException">It is not one; the message says what is wrong.</exception>
    public static BuildOutput Parse(string value)
    {
        var output = new BuildOutput();
        output.Add(value, "build output", Example);
        return output;
    }

    /// <summary>An image in the builder, which can be pushed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="push">Whether it is pushed.</param>
    /// <returns>The output <c>type=image</c>.</returns>
    public static BuildOutput Image(ImageReference name, bool push = false) =>
        new() { Type = "image", Name = name?.ToString(), Push = push ? true : null };

    /// <summary>A folder on this machine; of several platforms, a folder for each in it.</summary>
    /// <param name="destination">The folder.</param>
    /// <returns>The output <c>type=local</c>.</returns>
    public static BuildOutput Local(string destination) => new() { Type = "local", Destination = destination };

    /// <summary>The files of the image as a tar archive.</summary>
    /// <param name="destination">The archive.</param>
    /// <returns>The output <c>type=tar</c>.</returns>
    public static BuildOutput TarArchive(string destination) => new() { Type = "tar", Destination = destination };

    /// <summary>The image as an OCI archive, all platforms in one.</summary>
    /// <param name="destination">The archive.</param>
    /// <returns>The output <c>type=oci</c>.</returns>
    public static BuildOutput OciArchive(string destination) => new() { Type = "oci", Destination = destination };

    /// <summary>The image as an OCI layout: a folder, all platforms in one.</summary>
    /// <param name="destination">The folder.</param>
    /// <returns>The output <c>type=oci,tar=false</c>.</returns>
    public static BuildOutput OciLayout(string destination) => new() { Type = "oci", Destination = destination, Tar = false };

    /// <summary>Nothing but the cache of the builder.</summary>
    /// <returns>The output <c>type=cacheonly</c>.</returns>
    public static BuildOutput CacheOnly() => new() { Type = "cacheonly" };
}
