using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// A registry for the time of a build.
/// </summary>
[CakeAliasCategory("Docker")]
public static class TemporaryRegistryAliases
{
    /// <summary>
    /// Starts a registry on a free loopback port, for trying, testing and staging. It is stopped and emptied when what is returned is disposed of, or else when
    /// the build ends, also by Ctrl+C or by a signal.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">From where; default the program <c>registry</c> or <c>docker-registry</c> on the PATH, or else the image <c>registry:2</c>.</param>
    /// <returns>The registry, to be disposed of.</returns>
    /// <exception cref="CakeException">It does not start or does not answer.</exception>
    /// <exception cref="DockerException">Docker could not run the image; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// using (var registry = DockerTemporaryRegistry(new TemporaryRegistrySettings { ToolPath = "/usr/bin/docker-registry" }))
    /// {
    ///     var image = DockerBuildxMultiPlatform(registry.Repository("acme/shop:1.4.0"), "linux/amd64", "linux/arm64");
    ///     Information("Tried {0}", image.Digest);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Registry")]
    public static TemporaryRegistry DockerTemporaryRegistry(this ICakeContext context, TemporaryRegistrySettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new RegistryStarter(context).Start(settings ?? new TemporaryRegistrySettings());
    }
}
