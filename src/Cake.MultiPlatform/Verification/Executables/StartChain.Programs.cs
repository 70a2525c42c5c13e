namespace Cake.MultiPlatform;

/// <content>Programs that start another one, which is the one that matters.</content>
internal sealed partial class StartChain
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh"];

    private static readonly string[] Starters = ["tini", "tini-static", "docker-init", "dumb-init", "catatonit", "nohup", "gosu", "su-exec"];

    private void Continue(Call call, string name, FoundFile found)
    {
        // Programs that are many in one (busybox, coreutils) go by the name that they are called by.
        var program = Path.GetFileNameWithoutExtension(CommandLine.Unix(name, IsWindows));
        var arguments = call.Words.Skip(1).ToArray();
        var next = call with { Role = ExecutableRole.Program, What = $"the program that {found.Path} starts", IsByShell = false, Interpreters = 0 };
        if (program == "busybox")
        {
            if (arguments is [{ } applet, ..])
            {
                Continue(call with { Words = arguments }, applet, found);
            }
        }
        else if (Shells.Contains(program, StringComparer.Ordinal))
        {
            ContinueShell(next, arguments);
        }
        else if (program == "env")
        {
            ContinueEnv(next, arguments);
        }
        else if (string.Equals(program, "cmd", StringComparison.OrdinalIgnoreCase) && IsWindows)
        {
            ContinueCmd(next, arguments);
        }
        else if (string.Equals(program, "dotnet", IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            ContinueDotNet(call.Folder, arguments);
        }
        else if (Starters.Contains(program, StringComparer.Ordinal))
        {
            Run(next with { Words = AfterOptions(arguments, program is "gosu" or "su-exec" ? 1 : 0) });
        }
        else
        {
            ContinueAppHost(found, call.Folder);
        }
    }

    private void ContinueShell(Call next, string?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is not { } word)
            {
                return;
            }

            if (word is ['-', not '-', ..] && word.Contains('c', StringComparison.Ordinal))
            {
                if (i + 1 < arguments.Length && arguments[i + 1] is { } command)
                {
                    foreach (var (words, folder) in ShellCommand.Read(command, next.Folder))
                    {
                        Run(next with { Words = words, Folder = folder, IsRequired = false, IsByShell = true });
                    }
                }

                return;
            }

            if (word is "-o" or "-O" or "+o" or "+O")
            {
                i++;
            }
            else if (word is not ['-' or '+', ..])
            {
                // The shell reads that file itself; what is to be found out of it is whether it becomes its arguments.
                if (tree.Find(word, next.Folder).Node?.Executable is { RunsItsArguments: true })
                {
                    Run(next with { Words = arguments[(i + 1)..], IsRequired = false, IsByShell = true });
                }

                return;
            }
        }
    }

    // env [-i] [-u NAME] [-C FOLDER] [-S 'PROGRAM ARGUMENTS'] [NAME=VALUE…] PROGRAM ARGUMENTS…
    private void ContinueEnv(Call next, string?[] arguments)
    {
        var before = path;
        var folder = next.Folder;
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case null:
                    return;
                case "-u" or "--unset":
                    i++;
                    break;
                case "-C" or "--chdir" when i + 1 < arguments.Length && arguments[i + 1] is { } target:
                    folder = target;
                    i++;
                    break;
                case "-S" or "--split-string" when i + 1 < arguments.Length:
                    ContinueEnv(next with { Folder = folder }, [.. Split(arguments[i + 1]), .. arguments[(i + 2)..]]);
                    return;
                case ['-', 'S', ..] or ['-', '-', 's', 'p', 'l', 'i', 't', ..] when arguments[i] is { } split:
                    var text = split.StartsWith("-S", StringComparison.Ordinal) ? split[2..] : split[(split.IndexOf('=', StringComparison.Ordinal) + 1)..];
                    ContinueEnv(next with { Folder = folder }, [.. Split(text), .. arguments[(i + 1)..]]);
                    return;
                case ['-', ..]:
                    break;
                case { } word when word.IndexOf('=', StringComparison.Ordinal) > 0:
                    if (word.StartsWith("PATH=", StringComparison.Ordinal))
                    {
                        path = CommandLine.Folders(word["PATH=".Length..]);
                    }

                    break;
                default:
                    Run(next with { Words = arguments[i..], Folder = folder });
                    path = before;
                    return;
            }
        }
    }

    private static string[] Split(string? words) => words?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    // cmd /S /C "PROGRAM ARGUMENTS": what docker makes of the shell form of a Windows image.
    private void ContinueCmd(Call next, string?[] arguments)
    {
        var start = Array.FindIndex(arguments, word => string.Equals(word, "/c", StringComparison.OrdinalIgnoreCase)) + 1;
        if (start > 0 && start < arguments.Length && arguments.Skip(start).All(word => word is not null))
        {
            Run(next with { Words = Split(string.Join(' ', arguments[start..]).Replace("\"", string.Empty, StringComparison.Ordinal)), IsRequired = false });
        }
    }

    // dotnet [exec] [options] APP.dll: anything else is a command of the SDK.
    private void ContinueDotNet(string folder, string?[] arguments)
    {
        if (arguments is [{ } first, ..]
            && (first == "exec" || first.StartsWith('-') || IsAssembly(first))
            && Array.Find(arguments, word => word is null || IsAssembly(word)) is { } assembly)
        {
            AddAssembly(assembly, folder, "the assembly that dotnet runs");
        }

        static bool IsAssembly(string word) => word.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
    }

    // An apphost is a program like others that looks for the assembly of its own name beside it.
    private void ContinueAppHost(FoundFile program, string folder)
    {
        var assembly = $"{(program.Path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? program.Path[..^4] : program.Path)}.dll";
        if (tree.Find(assembly, "/").Node?.Executable is { IsManaged: true })
        {
            AddAssembly(assembly, folder, $"the assembly that {program.Path} runs");
        }
    }

    // tini -g -- PROGRAM; dumb-init -r 15:2 PROGRAM; gosu USER PROGRAM.
    private static string?[] AfterOptions(string?[] arguments, int operands)
    {
        var i = 0;
        while (i < arguments.Length && arguments[i] is ['-', ..] and var option)
        {
            i++;
            if (option == "--")
            {
                break;
            }

            if (option is "-e" or "-p" or "-r" or "--rewrite")
            {
                i++;
            }
        }

        return i + operands < arguments.Length ? arguments[(i + operands)..] : [];
    }
}
