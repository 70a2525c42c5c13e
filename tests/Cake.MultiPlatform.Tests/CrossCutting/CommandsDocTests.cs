using System.Runtime.CompilerServices;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>COMMANDS.md lists every command and flag, and is as new as the code.</summary>
[Trait("Capability", "B6")]
public sealed class CommandsDocTests
{
    private const string UpdateVariable = "CAKE_MULTIPLATFORM_UPDATE_COMMANDS";

    [Fact]
    public void The_list_of_commands_is_as_new_as_the_code()
    {
        var actual = CommandsDoc.Write();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Path.Combine(ThisFolder(), "../../../src/Cake.MultiPlatform/COMMANDS.md"), actual);
            return;
        }

        using var reader = new StreamReader(typeof(CommandsDocTests).Assembly.GetManifestResourceStream("COMMANDS.md")!);
        var written = reader.ReadToEnd().ReplaceLineEndings("\n");
        var changes = actual.Split('\n').Except(written.Split('\n'), StringComparer.Ordinal).Take(5);
        Assert.True(
            written == actual,
            $"src/Cake.MultiPlatform/COMMANDS.md is older than the code. Run this test with {UpdateVariable}=1, which rewrites the file, and commit it. It lacks:\n{string.Join('\n', changes)}");
    }

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
