using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Whether docker can do here what is wanted of it.
/// </summary>
[CakeAliasCategory("Docker")]
public static class DoctorAliases
{
    /// <summary>
    /// Looks at all that a publish needs, without building or changing anything: client, buildx, engine, image store, disk, builders with their
    /// platforms, emulators; and where an image is named, registry, login, and whether that publish would work and by which strategy. Each line of the table
    /// in the log is good, a warning or bad, with what helps.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">The publish that is asked about, as <c>DockerBuildxMultiPlatform</c> takes it: any part may be left out, and all of it.</param>
    /// <returns>The findings; <c>Ok</c> says whether nothing stands in the way.</returns>
    /// <exception cref="CakeException">The settings make no sense. What is wrong with the machine is no exception, but a line.</exception>
    /// <example>
    /// <code>
    /// var report = DockerDoctor();
    /// foreach (var line in report.Lines.Where(line => line.State == DoctorState.Bad))
    /// {
    ///     Warning("{0}: {1} {2}", line.Subject, line.Finding, line.Remedy);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Doctor")]
    public static DoctorReport DockerDoctor(this ICakeContext context, MultiPlatformSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = PublishRequest.Unchecked(settings ?? new MultiPlatformSettings());
        var report = Doctor.Judge(request, DoctorFacts.Ask(request, new DockerTool(context), context));
        context.Log.Information("{0}", report.ToText());
        return report;
    }

    /// <summary>
    /// Looks at all that publishing an image for these platforms needs, without building or changing anything, and says whether it would work and by which
    /// strategy.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="image">The name that it would be published under.</param>
    /// <param name="platforms">The platforms.</param>
    /// <returns>The findings; <c>Ok</c> says whether nothing stands in the way.</returns>
    /// <example>
    /// <code>
    /// var report = DockerDoctor("ghcr.io/acme/shop:1.4.0", "linux/amd64", "linux/arm64");
    /// if (!report.Ok)
    /// {
    ///     throw new Exception("This machine cannot publish; the reasons stand above.");
    /// }
    ///
    /// Information("It would be published by strategy {0}", report.Strategy);
    /// System.IO.File.WriteAllText("doctor.json", report.ToJson());
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Doctor")]
    public static DoctorReport DockerDoctor(this ICakeContext context, ImageReference image, params ImagePlatform[] platforms)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(platforms);
        var settings = new MultiPlatformSettings { Image = image };
        foreach (var platform in platforms)
        {
            settings.Platforms.Add(platform);
        }

        return context.DockerDoctor(settings);
    }
}
