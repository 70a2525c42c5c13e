using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Settings of a promotion that were found to make sense on their own, before docker starts.</summary>
/// <param name="Source">The image.</param>
/// <param name="Targets">The names, each with a tag, without repetition.</param>
/// <param name="Settings">The user's settings.</param>
internal sealed record PromoteRequest(ImageReference Source, IReadOnlyList<ImageReference> Targets, PromoteSettings Settings)
{
    /// <summary>What errors begin with.</summary>
    public const string Action = "DockerBuildxMultiPlatformPromote";

    /// <summary>Checks the settings; the error names the setting, its value, the rule and a right value.</summary>
    /// <exception cref="CakeException">A setting is missing, wrong, or contradicts another.</exception>
    public static PromoteRequest From(PromoteSettings settings)
    {
        var source = settings.Source ?? throw Refused("Source is missing; set the image, e.g. Source = \"ghcr.io/acme/shop:1.4.0\".");
        if (settings.Targets.Count == 0)
        {
            throw Refused("Targets is empty; add a name that is to point at the image, e.g. Targets = { \"ghcr.io/acme/shop:latest\" }.");
        }

        CheckCreate(settings.Create);
        var from = source.Digest is null ? source.WithDefaultTag() : source;
        var targets = settings.Targets.Select(target => Target(target, from)).Distinct().ToList();
        if (targets.Find(target => target == from) is { } same)
        {
            throw Refused($"Targets has '{same}', which is Source itself; name another tag or registry, e.g. '{source.WithoutTagAndDigest()}:latest'.");
        }

        return new PromoteRequest(from, targets, settings);
    }

    private static ImageReference Target(ImageReference target, ImageReference source) => target switch
    {
        { Digest: not null } => throw Refused($"Targets has '{target}' with a digest; the digest stays that of Source, so name a tag only, e.g. '{target.WithoutTagAndDigest()}:latest'."),
        { Tag: not null } => target,
        _ => target.WithTag(source.Tag ?? "latest"),
    };

    private static void CheckCreate(BuildxImagetoolsCreateSettings create) => OwnedSettings.Refuse(
        Action,
        "Create",
        "DockerBuildxImagetoolsCreate",
        (create.Tags.Count > 0, "Tags (set Targets of the settings)"),
        (create.Sources.Count > 0, "Sources (set Source of the settings)"),
        (create.Files.Count > 0, "Files"),
        (create.Annotations.Count > 0, "Annotations"),
        (create.Platforms.Count > 0, "Platforms"),
        (create.Append, "Append"),
        (create.DryRun, "DryRun"),
        (create.PreferIndex is not null, "PreferIndex"),
        (create.MetadataFile is not null, "MetadataFile"));

    private static CakeException Refused(string why) => new($"{Action}: {why}");
}
