using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--attest</c>: what a build says of itself beside the image, e.g. <c>type=provenance,mode=max</c> or
/// <c>type=sbom</c>. Source: <see href="https://docs.docker.com/build/metadata/attestations/"/>.
/// </summary>
public sealed class BuildAttestation : DockerFields
{
    private const string Example = "type=provenance,mode=max";

    /// <summary><c>type</c>: <c>provenance</c> or <c>sbom</c>.</summary>
    public string? Type { get => this["type"]; set => this["type"] = value; }

    /// <summary><c>disabled</c>: the attestation is not made.</summary>
    public bool? Disabled { get => Boolean("disabled"); set => Boolean("disabled", value); }

    /// <summary><c>mode</c>: how much provenance tells: <c>min</c> or <c>max</c>.</summary>
    public string? Mode { get => this["mode"]; set => this["mode"] = value; }

    /// <summary><c>version</c>: the version of SLSA provenance: <c>v0.2</c> or <c>v1</c>.</summary>
    public string? Version { get => this["version"]; set => this["version"] = value; }

    /// <summary><c>generator</c>: the image that makes the SBOM.</summary>
    public string? Generator { get => this["generator"]; set => this["generator"] = value; }

    /// <summary><c>builder-id</c>: what provenance names as the builder.</summary>
    public string? BuilderId { get => this["builder-id"]; set => this["builder-id"] = value; }

    /// <summary>Reads a value of <c>--attest</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildAttestation(string value) => Parse(value);

    /// <summary>Reads a value of <c>--attest</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The attestation.</returns>
    /// <exception cref="CakeException">It is not one, or has no type.</exception>
    public static BuildAttestation Parse(string value)
    {
        var attestation = new BuildAttestation();
        attestation.Add(value, "build attestation", Example);
        return attestation.Type is not null
            ? attestation
            : throw new CakeException($"build attestation '{value}' has no type; it is provenance or sbom, e.g. '{Example}'.");
    }
}
