using Cake.Common.Build;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>The progress of all builds of a publish.</summary>
internal sealed class PublishProgress : IDisposable
{
    // How often a build that says nothing is looked at.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly DockerTool docker;
    private readonly ICakeContext context;
    private readonly MultiPlatformPlan plan;
    private readonly PreflightFacts facts;
    private readonly ProgressChoice choice;
    private readonly List<BuildProgress> builds = [];
    private readonly List<BuildWatch> watches = [];

    /// <summary>Nothing is built yet.</summary>
    public PublishProgress(DockerTool docker, ICakeContext context, MultiPlatformPlan plan, PreflightFacts facts)
    {
        (this.docker, this.context, this.plan, this.facts) = (docker, context, plan, facts);
        var isTerminal = context.Log.Verbosity >= Verbosity.Normal && !Console.IsOutputRedirected && !Console.IsErrorRedirected && context.BuildSystem().IsLocalBuild;
        choice = new ProgressChoice(facts.Engine.BuildxVersion, plan.StepsOf(MultiPlatformStepKind.Build).Count(), isTerminal, context.Environment.GetEnvironmentVariable);
    }

    /// <summary>The command of a build, with its lines told apart from those of the others.</summary>
    /// <param name="build">The build.</param>
    /// <param name="command">Its command.</param>
    public DockerSettings<BuildxBuildResult> Follow(MultiPlatformStep build, DockerSettings<BuildxBuildResult> command)
    {
        var platform = build.Platform ?? (plan.Platforms.Count == 1 ? plan.Platforms[0] : null);
        return choice.For(command) switch
        {
            ProgressView.Report => command.Watched(Watch(platform)),
            ProgressView.Terminal => command.On(new TerminalBuild(docker, plan.Goal, platform)),
            _ => command.In(choice.Builds > 1 ? ProgressLine.LaneOf(platform) : string.Empty),
        };
    }

    /// <summary>Says what the builds came to; docker itself says it on a terminal.</summary>
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

    private BuildWatch Watch(ImagePlatform? platform)
    {
        var progress = new BuildProgress(platform, TimeProvider.System);
        var stall = plan.Goal.StallAfter;
        var watch = new BuildWatch(new ProgressWriter(progress, stall, InWords), stall < Interval ? stall : Interval);
        lock (builds)
        {
            builds.Add(progress);
            watches.Add(watch);
        }

        return watch;
    }

    private string InWords(ImagePlatform platform) => facts.SupportOf(platform) is { Execution: PlatformExecution.Emulated } support
        ? $"{platform} is emulated on node '{support.Node}', which takes several times as long, and .NET is not supported under it"
        : string.Empty;
}
