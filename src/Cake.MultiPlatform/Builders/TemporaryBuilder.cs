namespace Cake.MultiPlatform;

/// <summary>A builder that is removed when this is disposed of, or else when the build ends, also by Ctrl+C or by a signal.</summary>
public sealed class TemporaryBuilder : IDisposable
{
    private readonly EndOfBuild end;

    internal TemporaryBuilder(Builder builder, EndOfBuild end)
    {
        Builder = builder;
        this.end = end;
    }

    /// <summary>Its name, for the settings' <c>Builder</c>.</summary>
    public string Name => Builder.Name;

    /// <summary>The builder as it was when it had been started.</summary>
    public Builder Builder { get; }

    /// <summary><c>docker buildx rm --force</c>: removes it with its build cache.</summary>
    public void Dispose() => end.Dispose();
}
