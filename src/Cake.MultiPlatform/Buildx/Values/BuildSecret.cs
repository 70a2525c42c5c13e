using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--secret</c>: a file or environment variable that a build step may mount, e.g. <c>id=token,env=TOKEN</c>. The
/// secret itself never stands in it. Source: <see href="https://docs.docker.com/build/building/secrets/"/>.
/// </summary>
public sealed class BuildSecret : DockerFields
{
    private const string Example = "id=token,env=TOKEN";

    private static readonly string[] Keys = ["type", "id", "src", "source", "env"];

    /// <summary><c>id</c>: the name that the Dockerfile mounts it by.</summary>
    public string? Id { get => this["id"]; set => this["id"] = value; }

    /// <summary><c>src</c>: the file that holds it.</summary>
    public string? Source { get => this["src"] ?? this["source"]; set => this["src"] = value; }

    /// <summary><c>env</c>: the environment variable of docker that holds it.</summary>
    public string? Variable { get => this["env"]; set => this["env"] = value; }

    /// <summary>Reads a value of <c>--secret</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildSecret(string value) => Parse(value);

    /// <summary>Reads a value of <c>--secret</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="CakeException">It is not one, or has a field that docker does not know; the message never shows values.</exception>
    public static BuildSecret Parse(string value)
    {
        var secret = new BuildSecret();
        secret.Add(value, "build secret", Example);

        // A field that docker does not know may well be the secret itself, put there by mistake: it is not repeated.
        if (secret.Words.Any() || secret.Any(field => !Keys.Contains(field.Key, StringComparer.OrdinalIgnoreCase)))
        {
            throw new CakeException($"build secret '{secret.Id}': docker knows the fields {string.Join(", ", Keys)} only; the secret itself belongs into a file or an environment variable, e.g. '{Example}'.");
        }

        return secret;
    }

    /// <inheritdoc/>
    private protected override string Shown(string text) => SecretMask.Hidden;

    /// <summary>A secret in an environment variable.</summary>
    /// <param name="id">The name that the Dockerfile mounts it by.</param>
    /// <param name="variable">The variable; default the same name.</param>
    /// <returns>The secret <c>id=…,env=…</c>.</returns>
    public static BuildSecret FromEnvironment(string id, string? variable = null) => new() { Id = id, Variable = variable ?? id };

    /// <summary>A secret in a file.</summary>
    /// <param name="id">The name that the Dockerfile mounts it by.</param>
    /// <param name="source">The file.</param>
    /// <returns>The secret <c>id=…,src=…</c>.</returns>
    public static BuildSecret FromFile(string id, string source) => new() { Id = id, Source = source };
}
