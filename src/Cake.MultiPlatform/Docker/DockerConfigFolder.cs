using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Where docker keeps its configuration: what it is told, or finds in its environment, or else <c>~/.docker</c>.</summary>
internal static class DockerConfigFolder
{
    public static string Of(DockerSettings connection, ICakeContext context) =>
        connection.DockerConfig?.MakeAbsolute(context.Environment).FullPath
        ?? Variable("DOCKER_CONFIG", connection, context)
        ?? context.Environment.UserHomeDirectory.Combine(".docker").FullPath;

    /// <summary>A variable as a docker that is connected so finds it; <see langword="null"/> where it is not set, or to nothing.</summary>
    public static string? Variable(string name, DockerSettings connection, ICakeContext context)
    {
        var value = connection.EnvironmentVariables?.TryGetValue(name, out var own) == true ? own : context.Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
