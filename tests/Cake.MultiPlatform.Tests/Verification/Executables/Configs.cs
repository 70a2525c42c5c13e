namespace Cake.MultiPlatform.Tests.Verification.Executables;

/// <summary>Configs of images, by what a container starts.</summary>
internal static class Configs
{
    public static OciImageConfig Of(IReadOnlyList<string>? entrypoint, IReadOnlyList<string>? command = null, string? path = null, string? folder = null) => new()
    {
        Config = new OciRunConfig { Entrypoint = entrypoint, Cmd = command, Env = path is null ? null : [$"PATH={path}"], WorkingDir = folder },
    };
}
