namespace Cake.MultiPlatform;

/// <summary>What a file is, by its bytes.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Description">The same for people, with its article, e.g. <c>an ELF 64-bit program for x86-64</c>.</param>
internal sealed record Executable(ExecutableFormat Format, string Description)
{
    /// <summary>What it is for, any of them; empty where it runs everywhere: scripts, .NET assemblies for any processor.</summary>
    public IReadOnlyList<ExecutableTarget> Targets { get; init; } = [];

    /// <summary>What the kernel starts in its place: the dynamic loader of an ELF file, the interpreter of a script.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The one argument that a script gives its interpreter.</summary>
    public string? Argument { get; init; }

    /// <summary>Whether it is a script that in the end becomes the program in its own arguments (<c>exec "$@"</c>).</summary>
    public bool RunsItsArguments { get; init; }

    /// <summary>Whether it is a .NET assembly.</summary>
    public bool IsManaged { get; init; }

    /// <summary>Why the kernel refuses it, whatever it is for; <see langword="null"/> where nothing is wrong with it.</summary>
    public string? Flaw { get; init; }

    /// <summary>How it stands to the platform of the image that it is in.</summary>
    public ExecutableVerdict On(ImagePlatform image) =>
        Targets.Count == 0 ? ExecutableVerdict.Right : Targets.Min(target => target.On(image));

    /// <summary>What it is and what for, e.g. <c>an ELF 64-bit program for x86-64 (linux/amd64)</c>.</summary>
    public string DescribeIn(ImagePlatform image) =>
        Targets.Count == 0 ? Description : $"{Description} ({string.Join(", ", Targets.Select(target => target.In(image)))})";
}
