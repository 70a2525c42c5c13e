using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--docker</c> of <c>docker context create</c>: how an engine is reached, e.g. <c>host=ssh://user@build1</c>. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/context/create/"/>.
/// </summary>
public sealed class ContextEndpoint : DockerFields
{
    private const string Example = "host=ssh://user@build1";

    /// <summary><c>host</c>: the engine's socket.</summary>
    public string? Host { get => this["host"]; set => this["host"] = value; }

    /// <summary><c>from</c>: the context whose endpoint is copied.</summary>
    public string? From { get => this["from"]; set => this["from"] = value; }

    /// <summary><c>ca</c>: the file of the certificate authority.</summary>
    public string? CaCertificate { get => this["ca"]; set => this["ca"] = value; }

    /// <summary><c>cert</c>: the file of the client's certificate.</summary>
    public string? Certificate { get => this["cert"]; set => this["cert"] = value; }

    /// <summary><c>key</c>: the file of the client's key.</summary>
    public string? Key { get => this["key"]; set => this["key"] = value; }

    /// <summary><c>skip-tls-verify</c>: the engine's certificate is not verified.</summary>
    public bool? SkipTlsVerify { get => Boolean("skip-tls-verify"); set => Boolean("skip-tls-verify", value); }

    /// <summary>Reads a value of <c>--docker</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator ContextEndpoint(string value) => Parse(value);

    /// <summary>Reads a value of <c>--docker</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="CakeException">It is not one; the message says what is wrong.</exception>
    public static ContextEndpoint Parse(string value)
    {
        var endpoint = new ContextEndpoint();
        endpoint.Add(value, "context endpoint", Example);
        return endpoint.Words.Any() ? throw new CakeException($"context endpoint '{value}': fields are key=value, separated by commas, e.g. '{Example}'.") : endpoint;
    }
}
