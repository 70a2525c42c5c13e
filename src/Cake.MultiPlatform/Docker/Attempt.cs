namespace Cake.MultiPlatform;

/// <summary>The result of a docker command, or its failure.</summary>
internal sealed record Attempt<T>(T? Value, DockerException? Failure)
    where T : class;

/// <summary>Runs commands whose failure is an answer as well.</summary>
internal static class Attempt
{
    /// <summary>Runs a command.</summary>
    public static Attempt<T> Of<T>(DockerTool docker, DockerSettings<T> command)
        where T : class
    {
        try
        {
            return new Attempt<T>(docker.Run(command), null);
        }
        catch (DockerException failure)
        {
            return new Attempt<T>(null, failure);
        }
    }
}
