using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// A docker command failed. The message says which one, what docker said last, and what helps; the properties carry the
/// same for code.
/// </summary>
/// <remarks>Values that are secret are masked in all of it. Cake's own <c>CakeException</c> is sealed, hence the base class.</remarks>
public sealed class DockerException : Exception
{
    // Enough to see the failed step of a build with its output; the whole output was logged while docker ran.
    private const int TailLength = 20;

    internal DockerException(DockerArguments arguments, int exitCode, IReadOnlyList<string> tail, DockerFailure failure)
        : base(Describe(arguments, exitCode, tail, failure))
    {
        ExitCode = exitCode;
        CommandLine = arguments.ToString();
        ErrorTail = tail;
        Kind = failure.Kind;
        Remedy = failure.Remedy;
        CanRetry = failure.CanRetry;
    }

    /// <summary>The command as one could type it, e.g. <c>docker push ghcr.io/acme/shop:1.4.0</c>.</summary>
    public string CommandLine { get; }

    /// <summary>Docker's exit code.</summary>
    public int ExitCode { get; }

    /// <summary>The last lines of docker's standard error, or of its output where it wrote no error.</summary>
    public IReadOnlyList<string> ErrorTail { get; }

    /// <summary>Which known failure this is.</summary>
    public DockerFailureKind Kind { get; }

    /// <summary>What to do about it; empty where the failure is not known.</summary>
    public string Remedy { get; }

    /// <summary>Whether the same command may succeed a moment later.</summary>
    public bool CanRetry { get; }

    /// <summary>What docker said last, as a sentence.</summary>
    internal string LastLine => ErrorTail.Count > 0 ? $"{ErrorTail[^1].TrimEnd('.')}." : Message;

    internal static DockerException From(DockerArguments arguments, DockerOutput output, Func<string, string?>? versionAtHand = null)
    {
        var said = output.ErrorLines.Any(line => !string.IsNullOrWhiteSpace(line)) ? output.ErrorLines : output.Lines;
        var mask = arguments.Mask;
        var tail = WithoutHelp(said).Where(line => !string.IsNullOrWhiteSpace(line)).TakeLast(TailLength).Select(mask.Hide).ToArray();
        var failure = DockerLack.Explain(DockerFailure.Of(said, output.Lines), arguments, said, versionAtHand);
        return new DockerException(arguments, output.ExitCode, tail, failure);
    }

    // After an unknown flag or command docker prints pages of help, which would push what it said of the failure out of sight.
    private static IEnumerable<string> WithoutHelp(IEnumerable<string> lines) =>
        lines.TakeWhile(line => !line.StartsWith("Usage:  docker", StringComparison.Ordinal));

    private static string Describe(DockerArguments arguments, int exitCode, IReadOnlyList<string> tail, DockerFailure failure)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{arguments.ProgramName} failed with exit code {exitCode}: {arguments}");
        foreach (var line in tail)
        {
            text.AppendLine().Append("  ").Append(line);
        }

        if (failure.Remedy.Length > 0)
        {
            text.AppendLine().Append("What helps: ").Append(failure.Remedy);
        }

        return text.ToString();
    }
}
