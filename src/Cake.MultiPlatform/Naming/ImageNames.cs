using System.Globalization;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// What an image is called and what is written on it: tags, labels and annotations, made from what is known of its source. Every value
/// is a valid one, whatever a branch is called. The labels are those of
/// <see href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">OCI</see>.
/// </summary>
public sealed record ImageNames
{
    private const string Key = "org.opencontainers.image.";
    private const string Action = "DockerImageNames";

    private ImageNames(SourceFacts source) => Source = source;

    /// <summary>What they were made from.</summary>
    public SourceFacts Source { get; }

    /// <summary>The tags, the one that says most first; none where nothing is known of the source.</summary>
    public IReadOnlyList<string> Tags { get; private init; } = [];

    /// <summary>The version, e.g. <c>1.4.0</c>; where the source has none, the first tag; <see langword="null"/> where nothing is known.</summary>
    public string? Version { get; private init; }

    /// <summary>A name for the repository, e.g. <c>acme/shop</c>, to be put behind a registry: that of the source, or of the folder.</summary>
    public string Repository { get; private init; } = string.Empty;

    /// <summary>The labels, by name: <c>org.opencontainers.image.created</c> (when the commit was made), <c>revision</c>, <c>source</c>, <c>title</c>, <c>url</c> and <c>version</c>, those that are known.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The same as annotations of the index and of the image of each platform.</summary>
    public IReadOnlyList<BuildAnnotation> Annotations =>
        [.. Labels.Select(label => new BuildAnnotation(label.Key, label.Value, AnnotationLevels.Index | AnnotationLevels.Manifest))];

    /// <summary>Names an image. Nothing is asked: what is known stands in <paramref name="source"/>.</summary>
    /// <param name="source">What is known of the source.</param>
    /// <param name="settings">How to name; <see langword="null"/> for the defaults.</param>
    /// <returns>The names.</returns>
    /// <exception cref="CakeException">The settings have a version that is none, or a suffix that no tag can end with.</exception>
    public static ImageNames From(SourceFacts source, ImageNamesSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        settings ??= new ImageNamesSettings();
        if (settings.Suffix.Length > 0 && (settings.Suffix.Length > 32 || !ImageReference.IsTag($"1{settings.Suffix}")))
        {
            throw new CakeException($"{Action}: Suffix '{settings.Suffix}' cannot end a tag; it is up to 32 letters, digits, '_', '.' and '-', e.g. '-alpine'.");
        }

        if (settings.Version is { } given && ReleaseVersion.Of(given) is null)
        {
            throw new CakeException($"{Action}: Version '{given}' is not a version; it is major.minor.patch (https://semver.org), e.g. '1.4.0' or '1.5.0-beta.2'. Leave it out to go by the git tag.");
        }

        var version = settings.Version is null ? VersionOf(source.Tag, settings.TagPrefix) : ReleaseVersion.Of(settings.Version);
        var tags = new ImageTags(source, settings, version);
        var path = source.RemoteUrl is null ? source.FolderName ?? string.Empty : SourceAddress.Path(source.RemoteUrl);
        var names = new ImageNames(source) { Tags = tags.All, Version = version?.Number ?? tags.Named, Repository = NameText.Repository(path) };
        return names with { Labels = LabelsOf(names, path) };
    }

    /// <summary>The tag for any text, e.g. <c>feature-login</c> for <c>feature/login</c>: always a valid one, and always the same.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The tag.</returns>
    public static string TagFor(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NameText.Tag(text);
    }

    /// <summary>The path of a repository for any text, e.g. <c>acme/my-shop</c> for <c>Acme/My Shop</c>: always a valid one behind a registry, and always the same.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The path, without a registry.</returns>
    public static string RepositoryFor(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NameText.Repository(text);
    }

    /// <summary>
    /// Writes the names into what is to be published: <see cref="MultiPlatformSettings.Tags"/>, <c>Build.Labels</c> and <c>Build.Annotations</c>.
    /// What stands there already stays: a label of yours wins.
    /// </summary>
    /// <param name="settings">What is to be published.</param>
    /// <param name="annotations">
    /// Whether annotations are written too. Default <see langword="null"/>: where <c>Build.Builder</c> names a builder, and neither strategy nor
    /// profile excludes them. The engine's classic image store cannot carry them, and a publish that has them is refused there.
    /// </param>
    /// <returns>The same settings.</returns>
    /// <exception cref="CakeException">Nothing is known that the image could be called, and the settings have no tag either.</exception>
    public MultiPlatformSettings ApplyTo(MultiPlatformSettings settings, bool? annotations = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Tags.Count == 0 && settings.Tags.Count == 0 && settings.Image?.Tag is null)
        {
            // Without a tag it would be published as "latest".
            throw new CakeException($"{Action}: nothing says what the image is to be called: there is no build server and no git repository here. Set Tags of the settings, or Version, e.g. Version = \"1.4.0\".");
        }

        foreach (var tag in Tags.Where(tag => !settings.Tags.Contains(tag)))
        {
            settings.Tags.Add(tag);
        }

        foreach (var (name, value) in Labels)
        {
            settings.Build.Labels.TryAdd(name, value);
        }

        var isCarried = settings is { Build.Builder: not null, Strategy: not MultiPlatformStrategy.Manifest, Profile: not ConsumerProfile.DockerMediaTypes };
        var taken = settings.Build.Annotations.Select(annotation => annotation.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var annotation in (annotations ?? isCarried) ? Annotations.Where(annotation => !taken.Contains(annotation.Key)) : [])
        {
            settings.Build.Annotations.Add(annotation with { Value = settings.Build.Labels[annotation.Key] ?? annotation.Value });
        }

        return settings;
    }

    /// <summary>The tags, and what they are from.</summary>
    /// <returns>The text, one line.</returns>
    public override string ToString() => (Tags.Count == 0, Source.Origin) switch
    {
        (true, _) => "no tags",
        (_, "") => string.Join(", ", Tags),
        _ => $"{string.Join(", ", Tags)} (by {Source.Origin})",
    };

    /// <summary>The version that a git tag says.</summary>
    internal static ReleaseVersion? VersionOf(string? tag, string prefix) =>
        tag?.StartsWith(prefix, StringComparison.Ordinal) == true ? ReleaseVersion.Of(tag[prefix.Length..]) : null;

    private static Dictionary<string, string> LabelsOf(ImageNames names, string path)
    {
        (string Name, string? Value)[] known =
        [
            ("created", names.Source.CommitTime?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ("revision", names.Source.Commit),
            ("source", names.Source.RemoteUrl),
            ("title", path.Split('/')[^1]),
            ("url", names.Source.RemoteUrl),
            ("version", names.Version),
        ];
        return known.Where(label => !string.IsNullOrEmpty(label.Value)).ToDictionary(label => Key + label.Name, label => label.Value!, StringComparer.Ordinal);
    }
}
