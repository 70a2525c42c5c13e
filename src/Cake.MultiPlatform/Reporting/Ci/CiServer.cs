using Cake.Common.Build;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// What a build server can be told, and by what means. Pure: each answer is what is to be done. This class is the log and nothing else; the
/// classes made from it have what their server documents beyond that.
/// </summary>
internal class CiServer
{
    /// <summary>The server that Cake finds itself on.</summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="time">What time it is.</param>
    public static CiServer Of(ICakeContext context, TimeProvider time)
    {
        var (server, environment, files) = (context.BuildSystem(), context.Environment, context.FileSystem);
        return server.Provider switch
        {
            BuildProvider.GitHubActions => new CiGitHub(environment, files),
            BuildProvider.AzurePipelines => new CiAzure(environment),
            BuildProvider.TeamCity => new CiTeamCity(environment, files),
            BuildProvider.MyGet => new CiMyGet(environment),
            BuildProvider.ContinuaCI => new CiContinua(),
            BuildProvider.GitLabCI => new CiGitLab(time),
            BuildProvider.AppVeyor => new CiAppVeyor(),
            BuildProvider.Bitrise => new CiBitrise(environment),
            BuildProvider.TravisCI => new CiTravis(environment),
            BuildProvider.BitbucketPipelines => new CiBitbucket(environment),
            BuildProvider.Rwx => new CiRwx(environment),

            // Local, Bamboo, Jenkins, GoCD, Woodpecker: they read files that the job names, and nothing of the log.
            _ => new CiServer(),
        };
    }

    /// <summary>The file that outputs are added to where the settings name none.</summary>
    public virtual FilePath? DefaultOutputsFile(PublishReportSettings settings) => null;

    /// <summary>The beginning of a group of lines that can be folded.</summary>
    public virtual IEnumerable<CiAction> Open(string title) => [new CiLog(LogLevel.Information, title)];

    /// <summary>The end of a group.</summary>
    public virtual IEnumerable<CiAction> Close(string title) => [];

    /// <summary>A warning that people find without reading the log.</summary>
    public virtual IEnumerable<CiAction> Warning(string text) => [new CiLog(LogLevel.Warning, text)];

    /// <summary>An error that people find without reading the log.</summary>
    public virtual IEnumerable<CiAction> Error(string text) => [new CiLog(LogLevel.Error, text)];

    /// <summary>A value for later steps.</summary>
    public virtual IEnumerable<CiAction> Output(string name, string value) => [];

    /// <summary>Markdown that people find on the page of the build.</summary>
    /// <param name="title">What it is, for a server that shows a title or a file's name.</param>
    /// <param name="markdown">The text.</param>
    public virtual IEnumerable<CiAction> Summary(string title, string markdown) => [];

    /// <summary>What is done with a file of Markdown that the settings name.</summary>
    public virtual IEnumerable<CiAction> Keep(FilePath file) => [];

    /// <summary>The matrix of a later job.</summary>
    /// <param name="matrix">A job for each platform.</param>
    /// <param name="folder">Where a file for it can lie.</param>
    public virtual IEnumerable<CiAction> Matrix(MultiPlatformMatrix matrix, DirectoryPath folder) => [new CiLog(LogLevel.Information, $"matrix={matrix.ToGitHubActions()}")];

    /// <summary>All of a report.</summary>
    public IEnumerable<CiAction> Report(CiReport report, PublishReportSettings settings) =>
    [
        .. report.Outputs.Count == 0 ? [] : Open(report.Title).Concat(report.Outputs.Select(output => new CiLog(LogLevel.Information, $"  {output.Name}={output.Value}"))).Concat(Close(report.Title)),
        .. report.Notes.SelectMany(note => note.Level == LogLevel.Error ? Error(note.Text) : Warning(note.Text)),
        .. report.Outputs.SelectMany(output => Output(output.Name, output.Value)),
        .. (settings.OutputsFile ?? DefaultOutputsFile(settings)) is { } outputs && report.Outputs.Count > 0
            ? [new CiAppend(outputs, string.Concat(report.Outputs.Select(output => $"{CiText.Variable(output.Name)}={CiText.OneLine(output.Value)}\n")))]
            : (CiAction[])[],
        .. Summary(report.Title, report.Markdown),
        .. settings.SummaryFile is { } summary ? Keep(summary).Prepend(new CiFile(summary, report.Markdown)) : [],
    ];
}
