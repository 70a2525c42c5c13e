using System.Text;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// What a publish is going to do, command by command, made from the settings alone. It can be read before it runs, kept in a file,
/// compared in a review, and run as it is. A value that only docker knows, the digest of what it is about to build, has a name in it.
/// </summary>
public sealed class MultiPlatformPlan
{
    internal MultiPlatformPlan(MultiPlatformStrategy strategy, string reason, bool pushesByDigest, PublishGoal goal, IEnumerable<MultiPlatformStep> steps)
    {
        Strategy = strategy;
        Reason = reason;
        PushesByDigest = pushesByDigest;
        Goal = goal;
        Steps = [.. steps];
    }

    /// <summary>How it publishes; never <see cref="MultiPlatformStrategy.Auto"/>.</summary>
    public MultiPlatformStrategy Strategy { get; }

    /// <summary>Why that strategy, a sentence.</summary>
    public string Reason { get; }

    /// <summary>All names that will point at the image, the first tag first.</summary>
    public IReadOnlyList<ImageReference> References => Goal.References;

    /// <summary>The platforms.</summary>
    public IReadOnlyList<ImagePlatform> Platforms => [.. Goal.Platforms];

    /// <summary>The commands that change something, in their order; what only asks docker or the registry is not among them.</summary>
    public IReadOnlyList<MultiPlatformStep> Steps { get; }

    /// <summary>Whether the builds push by digest, which driver docker cannot.</summary>
    internal bool PushesByDigest { get; }

    /// <summary>What is to be true at the end.</summary>
    internal PublishGoal Goal { get; }

    /// <summary>Reads a plan that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The plan.</param>
    /// <returns>The plan; what is secret in it was read from the environment.</returns>
    /// <exception cref="CakeException">It is none, is of another version, or an environment variable that it needs is not set.</exception>
    public static MultiPlatformPlan FromJson(string json) => PlanReader.Read(json, Environment.GetEnvironmentVariable);

    /// <summary>
    /// The plan as JSON, to be kept and to be run later. No secret is in it: where one stood, it names the environment variable that
    /// has to hold it when the plan is read.
    /// </summary>
    /// <returns>The text.</returns>
    public string ToJson() => PlanWriter.Write(this);

    /// <summary>The commands as one would type them, one a line, secrets masked.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Steps.Aggregate(new StringBuilder(), (text, step) => text.Append(step).AppendLine()).ToString();

    internal IEnumerable<MultiPlatformStep> StepsOf(MultiPlatformStepKind kind) => Steps.Where(step => step.Kind == kind);
}
