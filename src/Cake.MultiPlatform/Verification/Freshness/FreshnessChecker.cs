using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>Asks registries what images were built on, and what that is now.</summary>
internal sealed class FreshnessChecker(DockerTool docker, BuildxBuildSettings connection)
{
    /// <summary>Checks an image.</summary>
    /// <param name="reference">The image.</param>
    /// <param name="baseImage">The base that it was built on; <see langword="null"/> to take it from the image.</param>
    public FreshnessReport CheckImage(ImageReference reference, ImageReference? baseImage)
    {
        var read = new BuildxImagetoolsProvenanceSettings { Image = reference.WithDefaultTag(), Builder = connection.Builder };
        read.ConnectLike(connection);
        var (image, provenance) = docker.Run(read);
        var records = Records(image, provenance);
        if (baseImage is not null)
        {
            // Of the base that was named, what is recorded is as good as ever.
            var named = baseImage.WithDefaultTag();
            records = [new BaseRecord(named, BaseSource.Asked, records.FirstOrDefault(record => record.Base == named)?.Digests ?? new Dictionary<ImagePlatform, string>())];
        }

        return new FreshnessReport
        {
            Subject = $"{image.Reference}",
            Bases = Check(records, _ => [.. image.Images.Where(child => !child.Platform.IsUnknown)]),
        };
    }

    /// <summary>Checks the digests that a Dockerfile pins its base images to.</summary>
    public FreshnessReport CheckDockerfile(DockerfileRequest request)
    {
        var (bases, records) = (new List<BaseFreshness>(), new List<(BaseRecord Record, IReadOnlyList<ImagePlatform> Platforms)>());
        foreach (var use in DockerfileBases.Of(request, ImagePlatform.Local).Where(use => use.Image is not null).GroupBy(use => use.Image!))
        {
            ImagePlatform[] platforms = [.. use.Select(one => one.Platform).Distinct()];
            if (use.Key is { Digest: { } digest, Tag: { } tag })
            {
                records.Add((new BaseRecord(use.Key.WithoutTagAndDigest().WithTag(tag), BaseSource.Dockerfile, platforms.ToDictionary(platform => platform, _ => digest)), platforms));
            }
            else
            {
                bases.Add(new BaseFreshness
                {
                    Base = use.Key,
                    Source = BaseSource.Dockerfile,
                    Error = use.Key.Digest is null
                        ? "it is not pinned to a digest, so each build takes what its tag holds then."
                        : "it is pinned to a digest alone; with a tag before it, e.g. httpd:2.4@sha256:…, it could be compared with what that holds now.",
                });
            }
        }

        bases.AddRange(Check([.. records.Select(record => record.Record)], before => null, records));
        return new FreshnessReport { Subject = request.Name, Bases = bases };
    }

    private IReadOnlyList<BaseRecord> Records(MultiPlatformImage image, JsonElement provenance)
    {
        if (BaseRecords.FromAnnotations(image) is { Count: > 0 } annotated)
        {
            return annotated;
        }

        if (BaseRecords.FromProvenance(image, provenance) is { Count: > 0 } built)
        {
            return built;
        }

        // docker build writes annotations into the manifests unless told otherwise; those take a docker start each.
        return BaseRecords.FromAnnotations(new RemoteImages(docker).Read(image.Reference, connection));
    }

    private IReadOnlyList<BaseFreshness> Check(
        IReadOnlyList<BaseRecord> records,
        Func<BaseRecord, IReadOnlyList<PlatformImage>?> imagesOf,
        IReadOnlyList<(BaseRecord Record, IReadOnlyList<ImagePlatform> Platforms)>? pinned = null)
    {
        var current = All(records.Select(record => record.Base));
        var changed = records.SelectMany(record => record.Digests.Values.Distinct(StringComparer.Ordinal)
            .Where(digest => current[record.Base].Value is { } now && (now.Digest != digest || pinned is not null))
            .Select(digest => record.Base.WithoutTagAndDigest().WithDigest(digest)));
        var before = All(changed);
        return
        [
            .. records.Select(record =>
            {
                var old = record.Digests.Values.Select(digest => before.GetValueOrDefault(record.Base.WithoutTagAndDigest().WithDigest(digest))?.Value).FirstOrDefault(found => found is not null);
                var images = imagesOf(record) ?? Pinned(old, pinned!.First(pin => pin.Record == record).Platforms);
                return FreshnessJudge.Judge(record, images, current[record.Base], old);
            }),
        ];
    }

    // What a Dockerfile pins stands for what is built on it.
    private static IReadOnlyList<PlatformImage> Pinned(MultiPlatformImage? old, IReadOnlyList<ImagePlatform> platforms) =>
    [
        .. platforms.Select(platform =>
        {
            var child = old is not null && platform.Choose(old.Platforms) is { } taken ? old.Images.First(image => image.Platform == taken) : null;
            return new PlatformImage { Descriptor = new OciDescriptor { Digest = child?.Digest ?? string.Empty, Platform = platform }, Config = child?.Config };
        }),
    ];

    private Dictionary<ImageReference, Attempt<MultiPlatformImage>> All(IEnumerable<ImageReference> images)
    {
        var asked = images.Distinct().ToArray();
        var answers = SideBySide.All(asked, image => docker.Try(RemoteImages.Inspection(image, connection)));
        return asked.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}

/// <summary><c>docker buildx imagetools inspect</c>: an image with its configs and provenance, in one docker start.</summary>
internal sealed class BuildxImagetoolsProvenanceSettings : BuildxSettings<(MultiPlatformImage Image, JsonElement Provenance)>
{
    /// <summary>The image, required.</summary>
    public ImageReference? Image { get; set; }

    internal override string Command => "buildx imagetools inspect";

    internal override bool MayBeRepeated => true;

    internal override void Validate() => Require.Value(Image, Command, "the image", "ghcr.io/acme/shop:1.4.0");

    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Value("--format", "{\"image\":{{json .}},\"provenance\":{{json .Provenance}}}");
        arguments.Positional(Image!.ToString());
    }

    internal override (MultiPlatformImage Image, JsonElement Provenance) Read(DockerOutput output)
    {
        var document = OciJson.Parse(output.Text, OciJson.Default.ProvenanceDocument, $"what 'docker {Command}' printed for {Image}");
        var inspect = new BuildxImagetoolsInspectSettings { Image = Image };
        return (inspect.Read(output with { Lines = [document.Image.GetRawText()] }), document.Provenance);
    }
}

internal sealed record ProvenanceDocument
{
    [JsonPropertyName("image")]
    public required JsonElement Image { get; init; }

    [JsonPropertyName("provenance")]
    public JsonElement Provenance { get; init; }
}
