namespace Cake.MultiPlatform;

/// <summary>The result of a docker command, or its failure.</summary>
internal sealed record Attempt<T>(T? Value, DockerException? Failure)
    where T : class
{
    /// <summary>The result.</summary>
    /// <exception cref="DockerException">There is none.</exception>
    public T ValueOrThrow() => Value ?? throw Failure!;
}
