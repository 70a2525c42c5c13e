namespace Cake.MultiPlatform;

/// <summary>The result of a docker command, or its failure.</summary>
internal sealed record Attempt<T>(T? Value, DockerException? Failure)
    where T : class;
