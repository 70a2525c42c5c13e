namespace Cake.MultiPlatform;

/// <summary>Where a path leads.</summary>
/// <param name="Path">The path without links, absolute, or where the way ended.</param>
/// <param name="Node">What is there; <see langword="null"/> where it leads nowhere.</param>
/// <param name="Links">The links on the way, each as <c>/bin/sh -> dash</c>.</param>
/// <param name="Why">Why it leads nowhere.</param>
internal sealed record FoundFile(string Path, FileNode? Node, IReadOnlyList<string> Links, string? Why);
