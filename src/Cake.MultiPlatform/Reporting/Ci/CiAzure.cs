using Cake.Common.Build.AzurePipelines;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Azure Pipelines: issues, groups, output variables and the summary tab. Source:
/// <see href="https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands"/>.
/// </summary>
internal sealed class CiAzure(ICakeEnvironment environment) : CiServer
{
    public override IEnumerable<CiAction> Open(string title) => [new CiLine($"##[group]{CiText.OneLine(title)}")];

    public override IEnumerable<CiAction> Close(string title) => [new CiLine("##[endgroup]")];

    // Cake's own methods leave values as they are: the second line of a message would be a line of its own.
    public override IEnumerable<CiAction> Warning(string text) => Say(commands => commands.WriteWarning(CiText.AzureValue(text)));

    public override IEnumerable<CiAction> Error(string text) => Say(commands => commands.WriteError(CiText.AzureValue(text)));

    public override IEnumerable<CiAction> Output(string name, string value) => Say(commands => commands.SetOutputVariable(name, CiText.AzureValue(value)));

    public override IEnumerable<CiAction> Matrix(MultiPlatformMatrix matrix, DirectoryPath folder) => Output("matrix", matrix.ToAzurePipelines());

    public override IEnumerable<CiAction> Summary(string title, string markdown)
    {
        if (environment.GetEnvironmentVariable("AGENT_TEMPDIRECTORY") is not { Length: > 0 } folder)
        {
            return [];
        }

        var file = new DirectoryPath(folder).CombineWithFilePath(CiText.FileName(title));
        return Say(commands => commands.UploadTaskSummary(file)).Prepend(new CiFile(file, markdown));
    }

    private IEnumerable<CiAction> Say(Action<IAzurePipelinesCommands> say) => CiText.Lines(writer => say(new AzurePipelinesProvider(environment, writer).Commands));
}
