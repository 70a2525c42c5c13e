using Cake.Common.Build;
using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Names for images: tags, labels and annotations from what is known of their source.
/// </summary>
[CakeAliasCategory("Docker")]
public static class NamingAliases
{
    /// <summary>
    /// Names an image by its source: a release is <c>1.4.0</c>, <c>1.4</c>, <c>1</c> and <c>latest</c>, a pre-release its version, branch
    /// <c>feature/login</c> is <c>feature-login</c>, a pull request <c>pr-12</c>, a nightly build <c>nightly</c>, anything else its commit. What
    /// is built is taken from the build server, and from git where that says nothing.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <returns>Tags, labels and annotations; no tags where there is neither a build server nor git.</returns>
    /// <example>
    /// <code>
    /// var image = DockerBuildxMultiPlatform(DockerImageNames().ApplyTo(new MultiPlatformSettings
    /// {
    ///     Image = "ghcr.io/acme/shop",
    ///     Platforms = { "linux/amd64", "linux/arm64" },
    /// }));
    /// Information("{0} is {1}", string.Join(", ", image.References), image.Digest);
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Naming")]
    public static ImageNames DockerImageNames(this ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.DockerImageNames(new ImageNamesSettings());
    }

    /// <summary>
    /// Names an image by its source, as the settings say. What is built is taken from the build server, and from git where that says nothing.
    /// </summary>
    /// <param name="context">The Cake context.</param>
    /// <param name="settings">How to name.</param>
    /// <returns>Tags, labels and annotations; no tags where there is neither a build server nor git, nor a version in the settings.</returns>
    /// <exception cref="CakeException">The settings have a version that is none, a suffix that no tag can end with, or a folder that does not exist.</exception>
    /// <example>
    /// <code>
    /// var names = DockerImageNames(new ImageNamesSettings { Version = "1.4.0", Latest = LatestTag.Never, CommitTag = true });
    /// foreach (var tag in names.Tags)
    /// {
    ///     Information("{0}", tag);
    /// }
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Naming")]
    public static ImageNames DockerImageNames(this ICakeContext context, ImageNamesSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        var names = ImageNames.From(settings.Source ?? Ask(context, settings), settings);
        context.Log.Verbose("{0}", $"Image names: {names}");
        if (names.Source.IsShallow && names.Tags.Count > 1 && ReleaseVersion.Of(names.Version) is { IsStable: true })
        {
            context.Log.Warning("{0}", $"DockerImageNames: this clone is shallow, so it is not known whether a higher version than {names.Version} was released; {string.Join(", ", names.Tags.Skip(1))} would then go back. Fetch all tags before (git fetch --tags --unshallow; on GitHub fetch-depth: 0, on Azure Pipelines fetchDepth: 0, on GitLab GIT_DEPTH: 0).");
        }

        return names;
    }

    private static SourceFacts Ask(ICakeContext context, ImageNamesSettings settings)
    {
        var folder = (settings.Folder ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        if (!context.FileSystem.GetDirectory(folder).Exists)
        {
            throw new CakeException($"DockerImageNames: Folder '{settings.Folder}' does not exist (looked for {folder}); set a folder of the git repository, e.g. Folder = \"./src/Shop\".");
        }

        var git = new GitRepository(context, folder).Read() ?? new GitFolder(context.FileSystem, folder).Read() ?? new SourceFacts();
        var server = new BuildServerFacts(context.Environment, context.FileSystem, TimeProvider.System.GetUtcNow()).Read(context.BuildSystem());
        return SourceFacts.Merge(server, git with { FolderName = folder.GetDirectoryName() });
    }
}
