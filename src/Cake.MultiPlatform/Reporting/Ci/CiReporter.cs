using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Reports to the build server that the build runs on, without secrets.</summary>
/// <param name="context">The Cake context.</param>
/// <param name="output">Where the server reads its commands: the standard output.</param>
internal sealed class CiReporter(ICakeContext context, TextWriter output)
{
    // Shorter values would blank out ordinary words.
    private const int ShortestSecret = 8;

    private readonly CiServer server = CiServer.Of(context, TimeProvider.System);
    private readonly CiWriter writer = new(context, output);

    // Files and annotations are kept and read by more people than a log, and servers hide secrets in the log only.
    private readonly SecretMask mask = new(context.Environment.GetEnvironmentVariables()
        .Where(variable => SecretMask.IsSecretVariable(variable.Key) && variable.Value?.Length >= ShortestSecret)
        .Select(variable => variable.Value));

    /// <summary>Tells all of a report.</summary>
    public void Tell(CiReport report, PublishReportSettings settings) => writer.Write(server.Report(report.Hide(mask), settings));

    /// <summary>Hands a matrix over to a later job.</summary>
    public void Tell(MultiPlatformMatrix matrix, DirectoryPath folder) => writer.Write(server.Matrix(matrix, folder));

    /// <summary>Begins a group of lines, which ends where it is disposed of.</summary>
    public IDisposable Open(string title)
    {
        var shown = mask.Hide(title);
        writer.Write(server.Open(shown));
        return new CiGroup(writer, server, shown);
    }
}
