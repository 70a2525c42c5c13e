namespace Cake.MultiPlatform;

/// <summary>Whether a file does on the platform of its image what it is there for.</summary>
public enum ExecutableVerdict
{
    /// <summary>It is right.</summary>
    Right,

    /// <summary>It runs, but not everywhere that the label promises, e.g. a 386 program in an amd64 image.</summary>
    Doubtful,

    /// <summary>It does not run.</summary>
    Wrong,
}
