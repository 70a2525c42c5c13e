using Cake.Common.Build.GitHubActions;
using Cake.Common.Build.GitHubActions.Commands;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// GitHub Actions: annotations, groups, step outputs and the step's summary. Source:
/// <see href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands"/>.
/// </summary>
internal sealed class CiGitHub(ICakeEnvironment environment, IFileSystem files) : CiServer
{
    public override IEnumerable<CiAction> Open(string title) => Say(commands => commands.StartGroup(title));

    public override IEnumerable<CiAction> Close(string title) => Say(commands => commands.EndGroup());

    public override IEnumerable<CiAction> Warning(string text) => Say(commands => commands.Warning(text));

    public override IEnumerable<CiAction> Error(string text) => Say(commands => commands.Error(text));

    // Cake's own method would let a value of several lines set other outputs.
    public override IEnumerable<CiAction> Output(string name, string value) => Append("GITHUB_OUTPUT", CiText.GitHubPair(name, value));

    public override IEnumerable<CiAction> Matrix(MultiPlatformMatrix matrix, DirectoryPath folder) => [.. base.Matrix(matrix, folder), .. Output("matrix", matrix.ToGitHubActions())];

    public override IEnumerable<CiAction> Summary(string title, string markdown) => Append("GITHUB_STEP_SUMMARY", $"{markdown}\n");

    private IEnumerable<CiAction> Append(string variable, string text) =>
        environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? [new CiAppend(path, text)] : [];

    private IEnumerable<CiAction> Say(Action<GitHubActionsCommands> say) => CiText.Lines(writer => say(new GitHubActionsProvider(environment, files, writer).Commands));
}
