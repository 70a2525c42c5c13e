using Cake.Core.Tooling;
using Cake.Testing.Fixtures;

namespace Cake.Testing;

public static class ToolFixtureExtensions
{
    public static void GivenDefaultToolDoNotExist<TToolSettings, TFixtureResult>(this ToolFixture<TToolSettings, TFixtureResult> fixture)
        where TToolSettings : ToolSettings, new()
        where TFixtureResult : ToolFixtureResult
        => fixture.FileSystem.EnsureFileDoNotExist(fixture.DefaultToolPath);

    public static void GivenSettingsToolPathExist<TToolSettings, TFixtureResult>(this ToolFixture<TToolSettings, TFixtureResult> fixture)
        where TToolSettings : ToolSettings, new()
        where TFixtureResult : ToolFixtureResult
    {
        if (fixture.Settings.ToolPath is { } path)
        {
            fixture.FileSystem.CreateFile(path.MakeAbsolute(fixture.Environment));
        }
    }

    public static void GivenProcessCannotStart<TToolSettings, TFixtureResult>(this ToolFixture<TToolSettings, TFixtureResult> fixture)
        where TToolSettings : ToolSettings, new()
        where TFixtureResult : ToolFixtureResult
        => fixture.ProcessRunner.Process = null;

    public static void GivenProcessExitsWithCode<TToolSettings, TFixtureResult>(
        this ToolFixture<TToolSettings, TFixtureResult> fixture, int exitCode)
        where TToolSettings : ToolSettings, new()
        where TFixtureResult : ToolFixtureResult
        => fixture.ProcessRunner.Process.SetExitCode(exitCode);
}
