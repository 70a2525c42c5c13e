using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// Logging in to registries.
/// </summary>
[CakeAliasCategory("Docker")]
public static class RegistryAliases
{
    /// <summary>
    /// <c>docker login</c>: stores what a registry knows the user by. The password never stands on a command line or in the log.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>What docker said, and whether it keeps the password as plain text.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// ImageReference image = "ghcr.io/acme/shop:1.4.0";
    /// var login = DockerLogin(new LoginSettings
    /// {
    ///     Server = image.Registry,
    ///     Username = "acme",
    ///     Password = EnvironmentVariable("REGISTRY_TOKEN", "not set"),
    /// });
    /// Information(login.Status);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Registry")]
    public static LoginResult DockerLogin(this ICakeContext context, LoginSettings settings) =>
        context.RunDocker(settings);

    /// <summary>
    /// <c>docker logout</c>: forgets what <c>docker login</c> stored.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to do.</param>
    /// <returns>The registry.</returns>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// DockerLogout(new LogoutSettings { Server = "ghcr.io" });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Registry")]
    public static string DockerLogout(this ICakeContext context, LogoutSettings settings) =>
        context.RunDocker(settings);
}
