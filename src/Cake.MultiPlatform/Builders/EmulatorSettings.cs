using System.Text.Json.Serialization;

namespace Cake.MultiPlatform;

/// <summary>
/// Which emulators <c>DockerInstallEmulators</c> installs, and from where. Source: <see href="https://github.com/tonistiigi/binfmt"/>.
/// </summary>
public sealed class EmulatorSettings
{
    /// <summary>The platforms to emulate; default all that the image has emulators for.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>The image that installs them; default <c>tonistiigi/binfmt</c>. It runs with all rights on the engine's machine: name a digest where that matters.</summary>
    public string Image { get; set; } = "tonistiigi/binfmt";

    /// <summary>How to reach docker.</summary>
    public InfoSettings Docker { get; init; } = new();

    internal ContainerRunSettings Command()
    {
        var names = Platforms.Select(platform => platform.Architecture).Distinct(StringComparer.Ordinal).ToArray();
        var run = new ContainerRunSettings
        {
            Image = Image,
            Privileged = true,
            Words = { "--install", names.Length == 0 ? "all" : string.Join(',', names) },
        };
        run.ConnectLike(Docker);
        return run;
    }
}

/// <summary>What the image prints when it is done.</summary>
internal sealed record InstalledEmulators
{
    [JsonPropertyName("supported")]
    public IReadOnlyList<string> Supported { get; init => field = value ?? []; } = [];

    /// <summary>Reads it: JSON over several lines, behind a line for each emulator.</summary>
    public static PlatformSet Read(IReadOnlyList<string> lines)
    {
        var json = string.Join('\n', lines.SkipWhile(line => !line.StartsWith('{')));
        return BuilderNode.ParsePlatforms(OciJson.Parse(json, OciJson.Default.InstalledEmulators, "what the image that installs emulators printed").Supported);
    }
}
