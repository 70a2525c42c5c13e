using System.Text;

namespace Cake.MultiPlatform;

/// <summary>
/// Reads the first line of a script as the kernel does. Source:
/// <see href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/fs/binfmt_script.c"/>.
/// </summary>
internal static class ScriptReader
{
    // The kernel looks at so many bytes of a file (BINPRM_BUF_SIZE; 128 before Linux 5.1).
    private const int FirstLine = 256;

    // Scripts that start a container are short.
    private const int LongestScript = 16 * 1024;

    public static Executable Read(FileBytes file)
    {
        var start = file.Beginning(FirstLine);
        var end = start.IndexOf((byte)'\n');
        var line = (end >= 0 ? start[..end] : start)[2..].Trim(" \t"u8);
        var stop = line.IndexOfAny(" \t\0"u8);
        var interpreter = Encoding.UTF8.GetString(stop < 0 ? line : line[..stop]);
        var argument = stop < 0 ? string.Empty : Encoding.UTF8.GetString(line[stop..].Trim(" \t\0"u8));

        // A line that goes on after what the kernel reads: a name that may be cut short is not started.
        var isCut = end < 0 && start.Length == FirstLine && stop < 0;
        return new Executable(ExecutableFormat.Script, interpreter.Length == 0 ? "a script without an interpreter" : $"a script for {Shown(interpreter)}")
        {
            Interpreter = interpreter.Length == 0 ? null : interpreter,
            Argument = argument.Length == 0 ? null : argument,
            RunsItsArguments = file.Beginning(LongestScript).IndexOf("exec \"$@\""u8) >= 0,
            Flaw = interpreter.Length == 0 ? "its first line '#!' names no interpreter"
                : isCut ? $"its first line is longer than the {FirstLine} bytes that the kernel reads"
                : null,
        };
    }

    /// <summary>A name with the end of line that Windows editors leave made visible.</summary>
    public static string Shown(string name) => name.Replace("\r", "\\r", StringComparison.Ordinal);
}
