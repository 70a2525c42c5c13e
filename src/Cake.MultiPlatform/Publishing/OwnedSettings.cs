using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Refuses settings of a docker command that whoever runs it decides by itself.</summary>
internal static class OwnedSettings
{
    /// <summary>Throws where one of the properties is set.</summary>
    /// <param name="action">Which alias.</param>
    /// <param name="holder">The property that holds the command's settings.</param>
    /// <param name="instead">What to do where one really wants to set them.</param>
    /// <param name="properties">The properties, and whether they are set.</param>
    public static void Refuse(string action, string holder, string instead, params (bool IsSet, string Name)[] properties)
    {
        var taken = properties.Where(property => property.IsSet).Select(property => property.Name).ToArray();
        if (taken.Length > 0)
        {
            throw new CakeException($"{action}: {holder} sets {string.Join(", ", taken)}, which {action} decides by itself; leave it out, or use {instead}.");
        }
    }

    /// <summary>Throws where a build says what it is built for, or where its result goes, or is none.</summary>
    /// <param name="action">Which alias.</param>
    /// <param name="build">The build.</param>
    /// <param name="tags">The property for tags, and where the alias takes them, where it takes any.</param>
    public static void Refuse(string action, BuildxBuildSettings build, string tags = "Tags") => Refuse(
        action,
        "Build",
        "DockerBuildxBuild",
        (build.Platforms.Count > 0, "Platforms (set Platforms of the settings)"),
        (build.Tags.Count > 0, tags),
        (build.Outputs.Count > 0, "Outputs"),
        (build.Push, "Push"),
        (build.Load, "Load"),
        (build.MetadataFile is not null, "MetadataFile"),
        (build.ImageIdFile is not null, "ImageIdFile"),
        (build.Call is not null, "Call"),
        (build.Print is not null, "Print"));
}
