namespace Cake.MultiPlatform;

/// <summary>What kind of executable a file is, by its bytes.</summary>
public enum ExecutableFormat
{
    /// <summary>No executable that is known.</summary>
    None,

    /// <summary>ELF: programs and libraries of Linux and most Unixes.</summary>
    Elf,

    /// <summary>PE: programs and libraries of Windows, and every .NET assembly.</summary>
    Pe,

    /// <summary>Mach-O: programs and libraries of macOS, for one processor or several.</summary>
    MachO,

    /// <summary>A text that names its interpreter in its first line, e.g. <c>#!/bin/sh</c>.</summary>
    Script,
}
