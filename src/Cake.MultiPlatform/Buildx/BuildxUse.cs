namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx use</c>: makes a builder the current one. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/use/"/>.
/// </summary>
public sealed class BuildxUseSettings : DockerSettings
{
    /// <summary>The builder's name, required.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary><c>--default</c>: it is the current one of this docker context.</summary>
    public bool Default { get; set; }

    /// <summary><c>--global</c>: it stays the current one when the docker context changes.</summary>
    public bool Global { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx use";

    /// <inheritdoc/>
    internal override void Validate() => Require.Text(Name, "buildx use", "the builder's name", "mybuilder");

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        arguments.Flag("--default", Default);
        arguments.Flag("--global", Global);
        arguments.Positional(Name);
    }
}
