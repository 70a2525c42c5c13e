namespace Cake.MultiPlatform;

/// <summary>
/// Follows what starts a container from file to file, as the kernel, the loader, shells and .NET's host would, without running
/// anything. A file that is missing where it is certainly needed, or is for another platform, is wrong.
/// </summary>
internal sealed partial class StartChain
{
    // A script may be the interpreter of a script; the kernel follows five of them (fs/exec.c, exec_binprm).
    private const int MostInterpreters = 5;

    // No real chain comes near; a file system that was made to confuse might.
    private const int MostSteps = 64;

    private readonly FileTree tree;
    private readonly ImagePlatform platform;
    private readonly List<ExecutableStep> steps = [];
    private IReadOnlyList<string> path;

    private StartChain(FileTree tree, CommandLine line, ImagePlatform platform)
    {
        (this.tree, this.platform) = (tree, platform);
        path = line.Path;
    }

    private bool IsWindows => platform.Os == "windows";

    /// <summary>The files that a command line starts, in their order.</summary>
    public static IReadOnlyList<ExecutableStep> Follow(FileTree tree, CommandLine line, ImagePlatform platform)
    {
        var chain = new StartChain(tree, line, platform);
        chain.Run(new Call(line.Words, line.WorkingFolder, ExecutableRole.Program, "the entrypoint"));
        return chain.steps;
    }

    private void Run(Call call)
    {
        if (steps.Count >= MostSteps || call.Words is not [{ Length: > 0 } name, ..])
        {
            return;
        }

        var found = LookUp(name, call.Folder);
        if (found.Node is null && !call.IsRequired)
        {
            // A command of the shell itself, an option, a name that is only known when the container runs.
            return;
        }

        var executable = found.Node?.Executable;
        if (!Add(call, name, found) || executable is null)
        {
            return;
        }

        if (executable is { Format: ExecutableFormat.Script, Interpreter: { } interpreter })
        {
            if (call.Interpreters == MostInterpreters)
            {
                steps[^1] = steps[^1] with
                {
                    Verdict = ExecutableVerdict.Wrong,
                    Is = $"{executable.Description}, after {MostInterpreters} scripts",
                    ShouldBe = "a program, for Linux follows so many scripts",
                    Consequence = "it ends in 'too many levels of symbolic links'",
                };
                return;
            }

            string?[] words = executable.Argument is { } argument ? [interpreter, argument, found.Path, .. call.Words.Skip(1)] : [interpreter, found.Path, .. call.Words.Skip(1)];
            Run(call with { Words = words, Role = ExecutableRole.Interpreter, What = $"the interpreter of {found.Path}", IsRequired = true, IsByShell = false, Interpreters = call.Interpreters + 1 });
            return;
        }

        AddLoader(executable, found, call.Folder);
        Continue(call, name, found);
    }

    // The dynamic loader maps the program: it has to be there and of the same kind.
    private void AddLoader(Executable program, FoundFile file, string folder)
    {
        if (program is not { Format: ExecutableFormat.Elf, Interpreter: { } loader })
        {
            return;
        }

        var found = tree.Find(loader, folder);
        if (steps.Any(step => step.Role == ExecutableRole.Loader && step.Path == found.Path))
        {
            return;
        }

        var call = new Call([loader], folder, ExecutableRole.Loader, $"the dynamic loader of {file.Path}");
        if (Add(call, loader, found) && found.Node?.Executable is { } executable && executable.Targets.All(target => target.Architecture != program.Targets[0].Architecture))
        {
            steps[^1] = steps[^1] with
            {
                Verdict = ExecutableVerdict.Wrong,
                ShouldBe = $"a dynamic loader for {program.DescribeIn(platform)}",
                Consequence = "it cannot load the program",
            };
        }
    }

    private void AddAssembly(string name, string folder, string what)
    {
        var found = tree.Find(CommandLine.Unix(name, IsWindows), folder);
        Add(new Call([name], folder, ExecutableRole.Assembly, what), name, found);
    }

    // Adds the file and what is to be said of it; returns whether it is worth following.
    private bool Add(Call call, string name, FoundFile found)
    {
        var (verdict, isWhat, consequence) = Judge(call, found);
        var shouldBe = call.Role switch
        {
            ExecutableRole.Loader => $"a dynamic loader for {platform}",
            ExecutableRole.Assembly => $"a .NET assembly for any processor or for {platform}",
            _ => $"an executable for {platform}",
        };
        var links = found.Links.Count == 0 ? string.Empty : $" (by {string.Join(", ", found.Links.Take(3).Select(ScriptReader.Shown))})";
        var place = ScriptReader.Shown(found.Node is null ? name : found.Path);
        steps.Add(new ExecutableStep
        {
            Role = call.Role,
            Name = name,
            Path = found.Path,
            Links = found.Links,
            Format = found.Node?.Executable?.Format ?? ExecutableFormat.None,
            Is = isWhat,
            ShouldBe = shouldBe,
            Verdict = verdict,
            Subject = $"{char.ToUpperInvariant(call.What[0])}{call.What[1..]}, {place}{links}",
            Consequence = consequence,
        });
        return verdict != ExecutableVerdict.Wrong;
    }

    private (ExecutableVerdict Verdict, string Is, string Consequence) Judge(Call call, FoundFile found)
    {
        if (found.Node is not { } node)
        {
            return tree.Lack is null
                ? (ExecutableVerdict.Wrong, $"missing ({ScriptReader.Shown(found.Why!)})", "the container ends with 'no such file or directory'")
                : (ExecutableVerdict.Doubtful, $"not to be found ({ScriptReader.Shown(found.Why!)})", $"it may be in what could not be read ({tree.Lack})");
        }

        if (node.Kind != FileKind.File)
        {
            return (ExecutableVerdict.Wrong, node.Kind == FileKind.Folder ? "a folder" : "no file", "the container ends with 'permission denied'");
        }

        if (call.Role == ExecutableRole.Assembly)
        {
            return JudgeAssembly(node);
        }

        if (!node.IsStartable && !IsWindows)
        {
            return (ExecutableVerdict.Wrong, $"{node.Executable?.Description ?? "a file"} without the execute bit (mode {Convert.ToString(node.Mode, 8).PadLeft(4, '0')})", "the container ends with 'permission denied'; set it with COPY --chmod=755 or RUN chmod");
        }

        var executable = node.Executable ?? new Executable(ExecutableFormat.None, "no executable");
        var isWhat = executable.DescribeIn(platform);
        if (executable.Flaw is { } flaw && executable.On(platform) != ExecutableVerdict.Wrong)
        {
            return (ExecutableVerdict.Wrong, $"{isWhat}, and {flaw}", "it ends in 'exec format error'");
        }

        if (executable.Format == ExecutableFormat.None)
        {
            // A shell runs a text that the kernel does not want.
            return call.IsByShell && executable.Description.StartsWith("a text", StringComparison.Ordinal)
                ? (ExecutableVerdict.Right, isWhat, string.Empty)
                : (ExecutableVerdict.Wrong, isWhat, "it ends in 'exec format error'");
        }

        if (call.Role == ExecutableRole.Loader && executable.Format != ExecutableFormat.Elf)
        {
            return (ExecutableVerdict.Wrong, isWhat, "it ends in 'exec format error'");
        }

        if (executable.IsManaged && !IsWindows)
        {
            return (ExecutableVerdict.Wrong, isWhat, "Linux does not start it; start it with 'dotnet'");
        }

        return executable.On(platform) switch
        {
            ExecutableVerdict.Right => (ExecutableVerdict.Right, isWhat, string.Empty),
            ExecutableVerdict.Doubtful => (ExecutableVerdict.Doubtful, isWhat, "it runs only where the kernel and processor still take it"),
            var wrong => (wrong, isWhat, "it ends in 'exec format error'"),
        };
    }

    private (ExecutableVerdict Verdict, string Is, string Consequence) JudgeAssembly(FileNode node)
    {
        const string Refused = "it ends in BadImageFormatException";
        return node.Executable switch
        {
            { IsManaged: true } assembly => (assembly.On(platform), assembly.DescribeIn(platform), Refused),
            { } other => (ExecutableVerdict.Wrong, other.DescribeIn(platform), Refused),
            null => (ExecutableVerdict.Wrong, "no .NET assembly", Refused),
        };
    }

    // Where what starts containers (runc, hcsshim) and shells look for a program.
    private FoundFile LookUp(string name, string folder)
    {
        var unix = CommandLine.Unix(name, IsWindows);
        if (unix.Contains('/', StringComparison.Ordinal))
        {
            return WithExtension(unix, folder);
        }

        FoundFile? notStartable = null;
        foreach (var place in IsWindows ? path.Prepend(folder) : path)
        {
            var found = WithExtension($"{place.TrimEnd('/')}/{unix}", "/");
            if (found.Node is { Kind: FileKind.File } node)
            {
                // Links that a folder of PATH is behind say nothing about the program.
                found = found with { Links = [.. found.Links.Skip(tree.Find(place, "/").Links.Count)] };
                if (node.IsStartable || IsWindows)
                {
                    return found;
                }

                notStartable ??= found;
            }
        }

        return notStartable ?? new FoundFile(name, null, [], $"no file of that name is in {string.Join(':', path)}");
    }

    private FoundFile WithExtension(string file, string folder)
    {
        var found = tree.Find(file, folder);
        return found.Node is null && IsWindows && !Path.HasExtension(file) ? tree.Find($"{file}.exe", folder) : found;
    }

    /// <summary>A call of a program.</summary>
    /// <param name="Words">Its name and arguments; <see langword="null"/> stands for a word that is known only when the container runs.</param>
    /// <param name="Folder">The working folder.</param>
    /// <param name="Role">What the program is.</param>
    /// <param name="What">The same in words.</param>
    private sealed record Call(IReadOnlyList<string?> Words, string Folder, ExecutableRole Role, string What)
    {
        /// <summary>Whether it has to be there.</summary>
        public bool IsRequired { get; init; } = true;

        /// <summary>Whether a shell calls it.</summary>
        public bool IsByShell { get; init; }

        /// <summary>How many interpreters of interpreters it is behind.</summary>
        public int Interpreters { get; init; }
    }
}
