using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>A build whose words go to the terminal, where docker draws them. Why it failed, its builder remembers.</summary>
/// <param name="docker">Asks docker.</param>
/// <param name="goal">How docker is reached.</param>
/// <param name="platform">Its platform, where it is for one.</param>
internal sealed class TerminalBuild(DockerTool docker, PublishGoal goal, ImagePlatform? platform)
{
    private const string HasFailed = "Error";

    // Clocks of two machines differ, and a builder has failed before.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset begun = TimeProvider.System.GetUtcNow();

    /// <summary>What docker said of the failure; nothing where the build had not begun when it failed.</summary>
    public IReadOnlyList<string> Explain()
    {
        try
        {
            // Others may build on the same builder: of what failed, it is what began when this one did.
            var records = docker.Run(goal.Connected(new BuildxHistoryLsSettings { Builder = goal.Connection.Builder }));
            var record = records.Where(record => record.Status == HasFailed && record.CreatedAt > begun - Skew).MinBy(record => (record.CreatedAt!.Value - begun).Duration());
            var details = record is null ? null : docker.Run(goal.Connected(new BuildxHistoryInspectSettings { Builder = goal.Connection.Builder, Ref = record.Ref }));
            return details?.Error is { } error ? Words(error) : [];
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
