using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform;

/// <summary>
/// What the files in an image are, from their bytes.
/// </summary>
[CakeAliasCategory("Docker")]
public static class ExecutableAliases
{
    /// <summary>
    /// Reads the files of an image, of all its platforms, and tells whether its entrypoint can run there: links, scripts,
    /// interpreters, dynamic loaders and .NET assemblies are followed, and what each file is for is read from its bytes. Nothing is
    /// run, and nothing is unpacked. Of an image in a registry, <c>docker buildx imagetools inspect</c> reads the configs and one
    /// <c>docker buildx build --output type=tar,dest=-</c> the files; of one in the engine's store, <c>docker image save</c>.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">What to look at.</param>
    /// <returns>A report for each platform.</returns>
    /// <exception cref="CakeException">A setting makes no sense, the files cannot be read, or <c>Throw</c> is set and an image cannot run; the message names the file, what it is and what it should be.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// var reports = DockerImageExecutables(new ImageExecutablesSettings
    /// {
    ///     Image = "ghcr.io/acme/shop:1.4.0",
    ///     Rules = { ForeignOnPurpose = { "/opt/agents/**" }, ForeignIsError = true },
    ///     Throw = true,
    /// });
    /// foreach (var report in reports)
    /// {
    ///     Information(report);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static IReadOnlyList<ExecutableReport> DockerImageExecutables(this ICakeContext context, ImageExecutablesSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var docker = new DockerTool(context);
        var executables = new ImageExecutables(docker);
        var reports = settings.Local
            ? Chosen(executables.OfStore([(settings.Image!, new LocalImages(docker).Inspect(settings.Image!, settings.Connection))], settings.Rules, settings.Connection), report => report.Platform, settings)
            : executables.OfRegistry(Chosen(docker.Run(RemoteImages.Inspection(settings.Image!, settings.Connection)), settings), settings.Rules, settings.Connection);
        return settings.Throw ? EnsureRight(reports, settings.Image!) : reports;
    }

    /// <summary>
    /// Reads the files of an image in a registry, of all its platforms, and tells whether its entrypoint can run there.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">Which image.</param>
    /// <returns>A report for each platform.</returns>
    /// <exception cref="CakeException">The files cannot be read.</exception>
    /// <exception cref="DockerException">Docker failed; the message says why and what helps.</exception>
    /// <example>
    /// <code>
    /// foreach (var report in DockerImageExecutables("ghcr.io/acme/shop:1.4.0"))
    /// {
    ///     Information("{0} {1}", report.Platform, report.IsRight ? "runs" : string.Join(" ", report.Errors));
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Verification")]
    public static IReadOnlyList<ExecutableReport> DockerImageExecutables(this ICakeContext context, ImageReference image) =>
        context.DockerImageExecutables(new ImageExecutablesSettings { Image = image });

    private static MultiPlatformImage Chosen(MultiPlatformImage image, ImageExecutablesSettings settings) =>
        image with { Images = Chosen(image.Images, child => child.Platform, settings) };

    private static IReadOnlyList<T> Chosen<T>(IReadOnlyList<T> items, Func<T, ImagePlatform> platformOf, ImageExecutablesSettings settings)
    {
        if (settings.Platforms.Count == 0)
        {
            return items;
        }

        var missing = settings.Platforms.Where(wanted => !items.Any(item => ImageContract.IsFor(platformOf(item), wanted))).ToArray();
        return missing.Length == 0
            ? [.. items.Where(item => settings.Platforms.Any(wanted => ImageContract.IsFor(platformOf(item), wanted)))]
            : throw ImageExecutablesSettings.Refused($"'{settings.Image}' has no image for {string.Join(", ", missing.AsEnumerable())}; it has {string.Join(", ", items.Select(platformOf))}.");
    }

    private static IReadOnlyList<ExecutableReport> EnsureRight(IReadOnlyList<ExecutableReport> reports, ImageReference image)
    {
        string[] errors = [.. reports.SelectMany(report => report.Errors.Select(error => $"{report.Platform}: {error}"))];
        return errors.Length == 0
            ? reports
            : throw new CakeException($"DockerImageExecutables: '{image}' cannot run everywhere:{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(error => $"  - {error}"))}");
    }
}
