namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker login</c>: stores what a registry knows the user by. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/login/"/>.
/// </summary>
public sealed class LoginSettings : DockerSettings<LoginResult>
{
    /// <summary>The registry, e.g. <c>ghcr.io</c>; default Docker Hub.</summary>
    public string? Server { get; set; }

    /// <summary><c>--username</c>: the user's name, required.</summary>
    public string? Username { get; set; }

    /// <summary><c>--password-stdin</c>: the password or token, required. It reaches docker by its standard input, never by the command line.</summary>
    public string? Password { get; set; }

    /// <inheritdoc/>
    internal override string Command => "login";

    /// <inheritdoc/>
    internal override string? InputText => Password ?? StandardInput;

    /// <inheritdoc/>
    internal override void WriteSecretsTo(DockerArguments arguments)
    {
        base.WriteSecretsTo(arguments);
        arguments.Secret(InputText);
    }

    /// <inheritdoc/>
    internal override void Validate()
    {
        Require.Text(Username, Command, "the user's name", "acme");
        Require.Text(InputText, Command, "the password", "EnvironmentVariable(\"REGISTRY_TOKEN\")");
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Value("--username", Username);
        arguments.Flag("--password-stdin", value: true);
        if (Server is not null)
        {
            arguments.Positional(Server);
        }
    }

    /// <inheritdoc/>
    internal override LoginResult Read(DockerOutput output) => new(
        output.Lines.Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? string.Empty,
        output.ErrorLines.Concat(output.Lines).Any(line => line.Contains("stored unencrypted", StringComparison.Ordinal)));
}

/// <summary>What <c>docker login</c> said.</summary>
/// <param name="Status">Docker's words, e.g. <c>Login Succeeded</c>.</param>
/// <param name="IsStoredUnencrypted">Whether docker warned that it keeps the password in its configuration as plain text.</param>
public sealed record LoginResult(string Status, bool IsStoredUnencrypted);
