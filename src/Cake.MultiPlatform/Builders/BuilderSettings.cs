namespace Cake.MultiPlatform;

/// <summary>What a builder is to be, for <c>DockerBuildxEnsureBuilder</c> and <c>DockerBuildxTemporaryBuilder</c>.</summary>
public sealed class BuilderSettings
{
    /// <summary>Its name: a letter, then letters, digits and <c>._-</c>; required, except for a temporary builder.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The platforms that docker has to list for it when it runs, on any of its nodes, natively or emulated; default none are
    /// asked for. Docker leaves out some that work all the same: name these in a node's <c>Platforms</c>.
    /// </summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>
    /// Its nodes, each as <c>docker buildx create</c> takes it: <c>Endpoint</c> (another machine, e.g. <c>ssh://user@build1</c>),
    /// <c>Driver</c> (one and the same for all), <c>Platforms</c> (what the node is to be preferred for, e.g. what it runs natively)
    /// and how to reach docker. Names and all else that is said once for the builder are not to be set in them. Default one node: BuildKit in a
    /// container of the engine at hand.
    /// </summary>
    public IList<BuildxCreateSettings> Nodes { get; } = [];

    /// <summary>The configuration of BuildKit on every node that this run creates; default BuildKit's own.</summary>
    public BuildkitdConfiguration? Buildkitd { get; set; }

    /// <summary>Whether it becomes the current builder (<c>docker buildx use</c>).</summary>
    public bool Use { get; set; }
}
