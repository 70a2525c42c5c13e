namespace Cake.MultiPlatform;

/// <summary>What is said of platforms that are emulated, and what helps.</summary>
internal static class EmulationAdvice
{
    /// <summary>What a native node changes, and how one gets it.</summary>
    public const string NativeNode = "A native node makes its steps several times faster, and .NET is not supported under emulation: add one with DockerBuildxEnsureBuilder (Nodes).";

    /// <summary>How to run steps of a platform that cannot be run.</summary>
    public const string NoEmulator = "Install emulators (DockerInstallEmulators, or the packages qemu-user-static and binfmt-support where the engine runs), or add a native node with DockerBuildxEnsureBuilder (Nodes).";

    /// <summary>What a build is going to emulate, and what a native node would change; <see langword="null"/> where it emulates nothing.</summary>
    public static string? Of(IReadOnlyCollection<PlatformSupport> platforms)
    {
        string Those(PlatformExecution execution) =>
            string.Join(", ", platforms.Where(support => support.Execution == execution).Select(support => support.Node.Length > 0 ? $"{support.Platform} (node '{support.Node}')" : $"{support.Platform}"));

        var (native, impossible) = (Those(PlatformExecution.Native), Those(PlatformExecution.Impossible));
        return Those(PlatformExecution.Emulated) is { Length: > 0 } emulated
            ? $"Emulated: {emulated}.{(native.Length > 0 ? $" Native: {native}." : string.Empty)}{(impossible.Length > 0 ? $" Neither: {impossible}." : string.Empty)} {NativeNode}"
            : null;
    }
}
