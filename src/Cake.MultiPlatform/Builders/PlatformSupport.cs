namespace Cake.MultiPlatform;

/// <summary>How a builder runs programs of a platform, as the <c>RUN</c> steps of a Dockerfile do.</summary>
public enum PlatformExecution
{
    /// <summary>The processor of a node runs them.</summary>
    Native,

    /// <summary>An emulator runs them: several times slower, and .NET is not supported under it.</summary>
    Emulated,

    /// <summary>Docker lists the platform for no node and no emulator was found: steps that run something fail with <c>exec format error</c>, all others work.</summary>
    Impossible,
}

/// <summary>How a builder runs programs of a platform.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Execution">How.</param>
/// <param name="Node">The node that does; empty where none does.</param>
public sealed record PlatformSupport(ImagePlatform Platform, PlatformExecution Execution, string Node)
{
    /// <summary>
    /// Judges by what docker tells of the builder's nodes. What was set by hand is taken at its word; else the first platform that a node
    /// lists is its own, and what it lists beyond that processor's is emulated.
    /// </summary>
    /// <param name="platform">The platform.</param>
    /// <param name="builder">The builder.</param>
    /// <param name="emulated">Platforms that the kernel of the engine is known to emulate; docker does not list all of them.</param>
    internal static PlatformSupport Of(ImagePlatform platform, Builder builder, PlatformSet emulated)
    {
        foreach (var execution in (PlatformExecution[])[PlatformExecution.Native, PlatformExecution.Emulated])
        {
            if (builder.Nodes.FirstOrDefault(node => On(node, platform) == execution) is { } found)
            {
                return new PlatformSupport(platform, execution, found.Name);
            }
        }

        return emulated.Any(platform.CanRunOn)
            ? new PlatformSupport(platform, PlatformExecution.Emulated, builder.Nodes.Select(node => node.Name).FirstOrDefault(string.Empty))
            : new PlatformSupport(platform, PlatformExecution.Impossible, string.Empty);
    }

    private static PlatformExecution On(BuilderNode node, ImagePlatform platform)
    {
        if (!node.Platforms.Contains(platform))
        {
            return PlatformExecution.Impossible;
        }

        if (node.PreferredPlatforms.Contains(platform))
        {
            return PlatformExecution.Native;
        }

        var own = node.Platforms.FirstOrDefault(listed => !node.PreferredPlatforms.Contains(listed)) ?? platform;
        return platform.CanRunOn(own) || (platform.Os, platform.Architecture) == (own.Os, own.Architecture)
            ? PlatformExecution.Native
            : PlatformExecution.Emulated;
    }
}
