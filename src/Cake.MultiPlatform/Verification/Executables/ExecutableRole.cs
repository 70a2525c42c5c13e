namespace Cake.MultiPlatform;

/// <summary>What a file is in the chain of files that starts a container.</summary>
public enum ExecutableRole
{
    /// <summary>The program that is started: the entrypoint, or what it starts in turn (a shell its command, <c>env</c> its argument).</summary>
    Program,

    /// <summary>The interpreter that the first line of a script names.</summary>
    Interpreter,

    /// <summary>The dynamic loader that a program asks for, e.g. <c>/lib64/ld-linux-x86-64.so.2</c>.</summary>
    Loader,

    /// <summary>The .NET assembly that <c>dotnet</c> or an apphost runs.</summary>
    Assembly,
}
