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
}
