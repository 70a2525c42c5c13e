namespace Cake.MultiPlatform;

/// <summary>What has to be known of the docker at hand to plan.</summary>
/// <param name="OwnBuilder">Whether the builder is one of its own (container, remote, kubernetes) and not the engine's.</param>
/// <param name="PushMovesTagLast">Whether the engine's push writes all of an index before the tag.</param>
/// <param name="FilesWithBuild">Whether a build can hand over the files of what it pushes, so that no second one has to read them.</param>
/// <param name="IsNative">Whether the builder runs programs of a platform by itself; what it emulates is built last.</param>
internal sealed record PlanBasis(bool OwnBuilder, bool PushMovesTagLast, bool FilesWithBuild, Func<ImagePlatform, bool> IsNative)
{
    private const string EnginesOwn = "default";

    // Distributions build BuildKit as v0.0.0+unknown: it is tried.
    private const int Untold = 0;

    // Of buildx as of BuildKit.
    private const int FirstWithSeveralOutputs = 13;

    // Seen: 26.1 does not, 28.5 does.
    private const int FirstEngineThatPushesTagsLast = 28;

    /// <summary>What docker says.</summary>
    public static PlanBasis Of(PreflightFacts facts) => new(
        facts.HasOwnBuilder,
        facts.Engine.MajorVersion >= FirstEngineThatPushesTagsLast,
        CanHandOverFiles(facts),
        platform => facts.SupportOf(platform)?.Execution == PlatformExecution.Native);

    /// <summary>What the settings let expect, without asking docker: a builder that has a name is one of its own, and the engine is an old one.</summary>
    public static PlanBasis Expect(BuildxBuildSettings build) => new(build.Builder is not (null or EnginesOwn), PushMovesTagLast: false, FilesWithBuild: false, _ => true);

    /// <summary>Whether one build has several outputs, and its one node writes the tar of all platforms.</summary>
    public static bool CanHandOverFiles(PreflightFacts facts) =>
        facts.HasOwnBuilder
        && facts.Builder.Value?.Nodes is [{ BuildkitVersion: { Length: > 0 } buildkit }]
        && ZeroVersion.Minor(buildkit) is Untold or >= FirstWithSeveralOutputs
        && ZeroVersion.Minor(facts.Engine.BuildxVersion) >= FirstWithSeveralOutputs;
}
