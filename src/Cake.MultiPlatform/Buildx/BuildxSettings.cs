namespace Cake.MultiPlatform;

/// <summary>What the commands of <c>docker buildx</c> share that say nothing.</summary>
public abstract class BuildxSettings : DockerSettings
{
    private protected BuildxSettings()
    {
    }

    /// <summary><c>--builder</c>: the builder to use; default the current one (<c>docker buildx use</c>, <c>BUILDX_BUILDER</c>).</summary>
    public string? Builder { get; set; }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments) => arguments.Value("--builder", Builder);
}

/// <summary>What the commands of <c>docker buildx</c> share that say something.</summary>
/// <typeparam name="TResult">What the command's output is read into.</typeparam>
public abstract class BuildxSettings<TResult> : DockerSettings<TResult>
{
    private protected BuildxSettings()
    {
    }

    /// <summary><c>--builder</c>: the builder to use; default the current one (<c>docker buildx use</c>, <c>BUILDX_BUILDER</c>).</summary>
    public string? Builder { get; set; }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments) => arguments.Value("--builder", Builder);
}
