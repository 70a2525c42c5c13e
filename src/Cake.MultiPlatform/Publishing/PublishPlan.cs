using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// The docker commands of a publish, in their order, made from the request alone: no I/O. A value that only docker knows,
/// the digest of what it is about to build, stands as a placeholder.
/// </summary>
internal abstract record PublishPlan(PublishRequest Request)
{
    /// <summary>Stands for the digest of the build.</summary>
    public const string DigestPlaceholder = "sha256:<digest of the build>";

    /// <summary>The strategy that it follows.</summary>
    public abstract MultiPlatformStrategy Strategy { get; }

    /// <summary>The commands that change something, in their order.</summary>
    public abstract IEnumerable<DockerSettings> Commands { get; }

    /// <summary>The commands as one would type them, one a line.</summary>
    public sealed override string ToString() =>
        Commands.Aggregate(new StringBuilder(), (text, command) => text.Append(command.ToArguments()).AppendLine()).ToString();

    /// <summary>The command that moves all tags to this digest, in the registry, at once.</summary>
    public static BuildxImagetoolsCreateSettings Tags(PublishRequest request, string digest)
    {
        var tagging = Connected(request, new BuildxImagetoolsCreateSettings
        {
            Builder = request.Settings.Build.Builder,
            Sources = { $"{request.Repository}@{digest}" },
        });
        foreach (var reference in request.References)
        {
            tagging.Tags.Add(reference);
        }

        return tagging;
    }

    protected static T Connected<T>(PublishRequest request, T command)
        where T : DockerSettings
    {
        command.ConnectLike(request.Settings.Build);
        return command;
    }

    // 128 is the longest tag that the grammar allows; the suffix tells the tags apart.
    protected static string TagWithSuffix(string tag, string suffix) =>
        string.Concat(tag.AsSpan(0, Math.Min(tag.Length, 128 - suffix.Length)), suffix);
}

/// <summary>Strategy Buildx on the engine's own builder with the containerd store: built into the store, looked into there, then pushed.</summary>
/// <param name="Request">What to publish.</param>
/// <param name="Build">The build of all platforms.</param>
/// <param name="Pushes">The pushes: of every tag, or of the staging tag.</param>
/// <param name="Tagging">What moves the tags where the pushes do not; otherwise <see langword="null"/>.</param>
internal sealed record LocalIndexPlan(
    PublishRequest Request,
    BuildxBuildSettings Build,
    IReadOnlyList<ImagePushSettings> Pushes,
    BuildxImagetoolsCreateSettings? Tagging)
    : PublishPlan(Request)
{
    public override MultiPlatformStrategy Strategy => MultiPlatformStrategy.Buildx;

    public override IEnumerable<DockerSettings> Commands => Tagging is null ? [Build, .. Pushes] : [Build, .. Pushes, Tagging];

    /// <summary>
    /// Docker 26 pushes the manifest of every platform under the tag itself, with the index among them, so that the tag is
    /// wrong for a moment, or for good where the push fails. There the push goes to a staging tag, and the real ones are
    /// moved in the registry. Docker 28 pushes by digest and moves the tag last.
    /// </summary>
    public static LocalIndexPlan For(PublishRequest request, bool pushMovesTagLast)
    {
        var names = pushMovesTagLast ? request.References : [request.Repository.WithTag(TagWithSuffix(request.References[0].Tag!, "-staging"))];

        // Told no output, buildx drops annotations without a word on this driver (seen on 0.13 and 0.29).
        BuildOutput[] outputs = request.Settings.Build.Annotations.Count > 0 ? [new BuildOutput { Type = "image" }] : [];
        return new(
            request,
            request.Settings.Build.With(request.Settings.Platforms, names, outputs),
            [.. names.Select(name => Connected(request, new ImagePushSettings { Image = name }))],
            pushMovesTagLast ? null : Tags(request, DigestPlaceholder));
    }
}

/// <summary>Strategy Buildx on a builder of its own (container, remote, kubernetes): pushed by digest, then tagged all at once.</summary>
internal sealed record ByDigestPlan(PublishRequest Request, BuildxBuildSettings Build, BuildxImagetoolsCreateSettings Tagging)
    : PublishPlan(Request)
{
    public override MultiPlatformStrategy Strategy => MultiPlatformStrategy.Buildx;

    public override IEnumerable<DockerSettings> Commands => [Build, Tagging];

    public static ByDigestPlan For(PublishRequest request)
    {
        var settings = request.Settings;
        var output = new BuildOutput
        {
            Type = "image",
            Name = request.Repository.FullName,
            PushByDigest = true,
            NameCanonical = true,
            Push = true,
            RegistryInsecure = settings.Insecure == true ? true : null,
        };
        return new(request, settings.Build.With(settings.Platforms, [], [output]), Tags(request, DigestPlaceholder));
    }
}

/// <summary>Strategy Manifest: a build and push per platform under a tag of its own, then a manifest list per tag.</summary>
internal sealed record ManifestPlan(PublishRequest Request, IReadOnlyList<PlatformBuild> Builds, IReadOnlyList<ManifestListPush> Lists)
    : PublishPlan(Request)
{
    public override MultiPlatformStrategy Strategy => MultiPlatformStrategy.Manifest;

    public override IEnumerable<DockerSettings> Commands =>
        [.. Builds.Select(build => build.Build), .. Builds.Select(build => build.Push), .. Lists.SelectMany(list => (DockerSettings[])[list.Create, list.Push])];

    public static ManifestPlan For(PublishRequest request)
    {
        var settings = request.Settings;
        var tag = request.References[0].Tag!;
        PlatformBuild[] builds =
        [
            .. settings.Platforms.Select(platform =>
            {
                var reference = request.Repository.WithTag(TagWithSuffix(tag, $"-{string.Join('-', platform.ToString().Split('/', '(', ')', '+'))}"));
                var build = settings.Build.With([platform], [reference], []);

                // An attestation would make each push an index, which docker manifest create refuses.
                build.Load = true;
                build.Provenance = "false";
                build.Sbom = null;
                return new PlatformBuild(platform, reference, build, Connected(request, new ImagePushSettings { Image = reference }));
            }),
        ];
        return new(request, builds, [.. request.References.Select(reference =>
        {
            var create = Connected(request, new ManifestCreateSettings { ManifestList = reference, Insecure = settings.Insecure });
            foreach (var build in builds)
            {
                create.Manifests.Add(build.Reference);
            }

            return new ManifestListPush(
                create,
                Connected(request, new ManifestPushSettings { ManifestList = reference, Insecure = settings.Insecure, Purge = true }));
        })]);
    }
}

/// <summary>The build and push of one platform.</summary>
internal sealed record PlatformBuild(ImagePlatform Platform, ImageReference Reference, BuildxBuildSettings Build, ImagePushSettings Push);

/// <summary>The manifest list of one tag.</summary>
internal sealed record ManifestListPush(ManifestCreateSettings Create, ManifestPushSettings Push);
