using System.Text;

namespace Cake.MultiPlatform;

/// <summary>One file of the chain that starts a container.</summary>
public sealed record ExecutableStep
{
    /// <summary>What the file is there for.</summary>
    public required ExecutableRole Role { get; init; }

    /// <summary>How it is called: the word in the entrypoint or command, or the path in a script or program.</summary>
    public required string Name { get; init; }

    /// <summary>The file's path in the image without links; where it is missing, the path where it was looked for last.</summary>
    public required string Path { get; init; }

    /// <summary>The links that lead to it, each as <c>/bin/sh -> dash</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The file's format.</summary>
    public ExecutableFormat Format { get; init; }

    /// <summary>What the file is, in words, e.g. <c>an ELF 64-bit program for x86-64 (linux/amd64)</c>.</summary>
    public required string Is { get; init; }

    /// <summary>What it should be, in words, e.g. <c>an executable for linux/arm64</c>.</summary>
    public required string ShouldBe { get; init; }

    /// <summary>Whether it does what it is there for.</summary>
    public ExecutableVerdict Verdict { get; init; }

    /// <summary>What is wrong or doubtful, a whole sentence; empty where it is right.</summary>
    public string Problem => Verdict == ExecutableVerdict.Right ? string.Empty : $"{Subject}, is {Is}, but should be {ShouldBe}: {Consequence}.";

    /// <summary>The file and what it is there for, the beginning of a sentence.</summary>
    internal string Subject { get; init; } = string.Empty;

    /// <summary>What comes of it where it is not right.</summary>
    internal string Consequence { get; init; } = string.Empty;

    /// <summary>Name, path and what it is, in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        if (Path != Name)
        {
            text.Append(" = ").Append(Path);
        }

        return text.Append(": ").Append(Is).ToString();
    }
}
