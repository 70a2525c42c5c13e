using System.Globalization;
using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>
/// How long to wait before a command that may be repeated is tried again, or that it is not. The pauses double, and differ from
/// run to run, so that jobs which failed together do not come back together. Pure.
/// </summary>
/// <param name="Retries">How often it is tried again at most.</param>
/// <param name="Deadline">How long after the first failure the last attempt may begin.</param>
internal sealed partial record RetryPolicy(int Retries, TimeSpan Deadline)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Whether what the registry does not know was pushed a moment ago. A registry of several machines may need that moment, and
    /// <c>docker manifest</c> says the same where the registry answered with a fault or not at all.
    /// </summary>
    public bool IsPushed { get; init; }

    /// <summary>The pause before the next attempt; <see langword="null"/> where there is none to be.</summary>
    /// <param name="failure">How the last attempt failed.</param>
    /// <param name="retries">How often it was tried again already.</param>
    /// <param name="since">How long ago the first attempt failed.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public TimeSpan? PauseAfter(DockerException failure, int retries, TimeSpan since, double random)
    {
        if (!(failure.CanRetry || (IsPushed && failure.Kind == DockerFailureKind.ManifestUnknown)) || retries >= Retries)
        {
            return null;
        }

        var backoff = First * Math.Pow(2, retries) * (1 + random);
        var pause = AskedFor(failure.ErrorTail) is { } asked && asked > backoff ? asked : backoff;
        return since + pause <= Deadline ? pause : null;
    }

    /// <summary>
    /// What the registry asks for, where docker repeats its words. The header Retry-After itself docker keeps to itself, but e.g.
    /// ghcr.io says <c>toomanyrequests: retry-after: 1.5s, allowed: 44000/minute</c>.
    /// </summary>
    internal static TimeSpan? AskedFor(IEnumerable<string> said)
    {
        var asked = said.Select(line => RetryAfter().Match(line)).FirstOrDefault(match => match.Success);
        if (asked is null)
        {
            return null;
        }

        // Go's durations, e.g. "1m30s"; a number alone means seconds, as in the header.
        var seconds = asked.Groups["part"].Captures.Zip(asked.Groups["unit"].Captures, (number, unit) =>
            double.Parse(number.Value, CultureInfo.InvariantCulture) * Seconds(unit.Value)).Sum();

        // More than a day would not be waited for either.
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.SecondsPerDay));
    }

    private static double Seconds(string unit) => unit.ToUpperInvariant() switch
    {
        "H" => 3600,
        "M" or "MIN" or "MINUTE" or "MINUTES" => 60,
        "MS" => 1e-3,
        "NS" => 1e-9,

        // Go writes the micro sign, others the Greek letter or "us".
        [_, 'S'] => 1e-6,
        _ => 1,
    };

    [GeneratedRegex(@"retry[ -]after:? ?((?<part>\d+(\.\d+)?) ?(?<unit>ms|minutes?|min|m|h|us|µs|μs|ns|seconds?|sec|s|))+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RetryAfter();
}
