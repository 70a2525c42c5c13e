using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What every alias does: check the context, run the command, return its result.</summary>
internal static class DockerContextExtensions
{
    public static TResult RunDocker<TResult>(this ICakeContext context, DockerSettings<TResult> settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new DockerTool(context).Run(settings);
    }

    public static void RunDocker(this ICakeContext context, DockerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        new DockerTool(context).RunCommand(settings);
    }
}
