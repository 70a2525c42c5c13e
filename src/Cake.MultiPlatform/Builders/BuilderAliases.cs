using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Builders: there when they are needed, gone when they are not.
/// </summary>
[CakeAliasCategory("Docker")]
public static class BuilderAliases
{
    /// <summary>
    /// Makes sure that a builder is there, runs, and builds for the asked platforms: creates it (<c>docker buildx create</c>) or takes
    /// the one of that name, adds nodes that are missing, and starts it (<c>docker buildx inspect --bootstrap</c>). It may be
    /// repeated, run by several processes at once, and killed: the next run does what is missing. A builder with other
    /// settings is left alone, and the error says what differs. What is not set is not compared.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What the builder is to be.</param>
    /// <returns>The builder with its nodes and platforms.</returns>
    /// <exception cref="CakeException">The settings make no sense, a builder of that name has other settings, or it does not build for the platforms.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var builder = DockerBuildxEnsureBuilder(new BuilderSettings
    /// {
    ///     Name = "shopbuilder",
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    ///     Nodes = { new BuildxCreateSettings { Driver = new RemoteDriver(), Endpoint = "tcp://build1.acme.example:1234" } },
    /// });
    /// Information("{0} builds for {1}", builder.Name, builder.Platforms);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Builders")]
    public static Builder DockerBuildxEnsureBuilder(this ICakeContext context, BuilderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        return new BuilderKeeper(context).Ensure(BuilderRequest.From(settings, settings.Name, context));
    }

    /// <summary>
    /// Makes sure that a builder is there, runs, and builds for the asked platforms. Where there is none of that name, it is made: BuildKit in a
    /// container of the engine at hand.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="name">The builder's name.</param>
    /// <param name="platforms">The platforms that docker has to list for it.</param>
    /// <returns>The builder with its nodes and platforms.</returns>
    /// <exception cref="CakeException">The name is not one, or the builder does not build for the platforms.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var builder = DockerBuildxEnsureBuilder("mybuilder", "linux/amd64", "linux/arm64");
    /// Information("{0} runs on {1}", builder.Name, builder.Nodes[0].Endpoint);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Builders")]
    public static Builder DockerBuildxEnsureBuilder(this ICakeContext context, string name, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new BuilderSettings { Name = name };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerBuildxEnsureBuilder(settings);
    }

    /// <summary>
    /// Makes a builder that is removed when what is returned is disposed of, or else when the build ends, also by Ctrl+C or by a signal.
    /// Its name is <c>Name</c> of the settings with a random ending, so that builds side by side do not meet.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What the builder is to be.</param>
    /// <returns>The builder, to be disposed of.</returns>
    /// <exception cref="CakeException">The settings make no sense, or the builder does not build for the platforms; it was removed.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps. The builder was removed.</exception>
    /// <example>
    /// <code>
    /// using (var builder = DockerBuildxTemporaryBuilder(new BuilderSettings
    /// {
    ///     Nodes = { new BuildxCreateSettings { Driver = new RemoteDriver(), Endpoint = "tcp://build1.acme.example:1234" } },
    /// }))
    /// {
    ///     DockerBuildxBuild(new BuildxBuildSettings { Builder = builder.Name, Platforms = { "linux/amd64", "linux/arm64" } });
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Builders")]
    public static TemporaryBuilder DockerBuildxTemporaryBuilder(this ICakeContext context, BuilderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        var request = BuilderRequest.From(settings, $"{settings.Name ?? "temporary"}-{Guid.NewGuid():N}", context);
        var keeper = new BuilderKeeper(context);
        var end = new EndOfBuild(() => keeper.Remove(request));
        try
        {
            return new TemporaryBuilder(keeper.Ensure(request), end);
        }
        catch
        {
            end.Dispose();
            throw;
        }
    }
}
