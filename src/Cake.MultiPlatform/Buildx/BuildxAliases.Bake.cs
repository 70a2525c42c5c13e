using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <content>Building the targets of a definition.</content>
public static partial class BuildxAliases
{
    /// <summary>
    /// <c>docker buildx bake</c>: builds the targets of a definition, several images in one run.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>What was built, by target; or the definition, its targets or variables, where the settings ask for them.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// System.IO.File.WriteAllText("docker-bake.json", """{ "target": { "shop": { "context": "./src/Shop" }, "tool": { "target": "tool" } } }""");
    /// var definition = DockerBuildxBake(new BuildxBakeSettings { Targets = { "shop" }, Set = { "*.platform=linux/arm64" }, Print = true }).Definition;
    /// Information("Shop is built for {0}", string.Join(", ", definition.Targets["shop"].Platforms));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildxBakeResult DockerBuildxBake(this ICakeContext context, BuildxBakeSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker buildx bake [TARGET…]</c>: builds targets of the definition in the working directory.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="targets">The targets or groups; none means the group <c>default</c>.</param>
    /// <returns>What was built, by target.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// System.IO.File.WriteAllText("docker-bake.json", """{ "target": { "shop": { "context": "./src/Shop", "output": ["type=cacheonly"] } } }""");
    /// foreach (var (target, result) in DockerBuildxBake("shop").Targets)
    /// {
    ///     Information("{0} is {1}", target, result.BuildRef);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Buildx")]
    public static BuildxBakeResult DockerBuildxBake(this ICakeContext context, params string[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var settings = new BuildxBakeSettings();
        foreach (var target in targets)
        {
            settings.Targets.Add(target);
        }

        return context.DockerBuildxBake(settings);
    }
}
