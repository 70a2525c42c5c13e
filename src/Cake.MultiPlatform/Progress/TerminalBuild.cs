using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>A build whose words go to the terminal, where docker draws them. Why it failed, its builder remembers.</summary>
/// <param name="docker">Asks docker.</param>
/// <param name="goal">How docker is reached.</param>
/// <param name="platform">Its platform, where it is for one.</param>
internal sealed class TerminalBuild(DockerTool docker, PublishGoal goal, ImagePlatform? platform)
{
    // Clocks of two machines differ, and the last build of a builder may be an older one.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset begun = TimeProvider.System.GetUtcNow();

    /// <summary>What docker said of the failure; nothing where the build had not begun when it failed.</summary>
    public IReadOnlyList<string> Explain()
    {
        try
        {
            var record = docker.Run(goal.Connected(new BuildxHistoryInspectSettings { Builder = goal.Connection.Builder }));
            return record.Error is { } error && record.StartedAt > begun - Skew ? Words(error) : [];
        }
        catch (Exception e) when (e is DockerException or CakeException or TimeoutException)
        {
            return [];
        }
    }

    private string[] Words(BuildRecordError error) =>
    [
        "------",
        $" > {StepName.Parse(error.Step ?? string.Empty, platform)}:",
        .. error.Logs,
        "------",
        .. error.Source.Split('\n').Select(line => line.TrimEnd('\r')),
        $"ERROR: failed to solve: {error.Message}",
    ];
}
