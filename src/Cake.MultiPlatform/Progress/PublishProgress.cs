using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>The progress of all builds of a publish.</summary>
internal sealed class PublishProgress : IDisposable
{
    // How often a build that says nothing is looked at.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ICakeContext context;
    private readonly MultiPlatformPlan plan;
    private readonly PreflightFacts facts;
    private readonly List<BuildProgress> builds = [];
    private readonly List<BuildWatch> watches = [];

    /// <summary>Nothing is built yet.</summary>
    public PublishProgress(ICakeContext context, MultiPlatformPlan plan, PreflightFacts facts) => (this.context, this.plan, this.facts) = (context, plan, facts);

    /// <summary>The command of a build, whose lines are told apart from those of the others.</summary>
    public DockerSettings<BuildxBuildResult> Follow(MultiPlatformStep build)
    {
        var command = (DockerSettings<BuildxBuildResult>)build.Command;
        if (!ProgressView.IsOurs(command, facts.Engine.BuildxVersion, context.Environment.GetEnvironmentVariable))
        {
            return command.In(build.Platform is null || plan.Platforms.Count == 1 ? string.Empty : ProgressLine.LaneOf(build.Platform));
        }

        var progress = new BuildProgress(build.Platform ?? (plan.Platforms.Count == 1 ? plan.Platforms[0] : null), TimeProvider.System);
        var stall = plan.Goal.StallAfter;
        var watch = new BuildWatch(new ProgressWriter(progress, stall, InWords), stall < Interval ? stall : Interval);
        lock (builds)
        {
            builds.Add(progress);
            watches.Add(watch);
        }

        return command.Watched(watch);
    }

    /// <summary>Says what the builds came to.</summary>
    public void Summarize()
    {
        var lines = ProgressSummary.Write(builds, plan.Goal.Platforms, platform => facts.SupportOf(platform)?.Execution switch
        {
            PlatformExecution.Native => "native",
            PlatformExecution.Emulated => "emulated",
            _ => string.Empty,
        });
        if (lines.Count > 0)
        {
            context.Log.Information("{0}", string.Join(Environment.NewLine, lines));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => watches.ForEach(watch => watch.Dispose());

    private string InWords(ImagePlatform platform) => facts.SupportOf(platform) is { Execution: PlatformExecution.Emulated } support
        ? $"{platform} is emulated on node '{support.Node}', which takes several times as long, and .NET is not supported under it"
        : string.Empty;
}
