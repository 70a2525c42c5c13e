namespace Cake.MultiPlatform;

/// <summary>
/// A registry on a free loopback port of this machine that is stopped, and forgets its images, when this is disposed of, or else when the build
/// ends, also by Ctrl+C or by a signal.
/// </summary>
public sealed class TemporaryRegistry : IDisposable
{
    private readonly EndOfBuild end;

    internal TemporaryRegistry(string address, EndOfBuild end)
    {
        Address = address;
        this.end = end;
    }

    /// <summary>Where it is, e.g. <c>127.0.0.1:41234</c>. Engines take plain HTTP for it unasked; a builder in a container reaches it with <c>Network = "host"</c>.</summary>
    public string Address { get; }

    /// <summary>A repository in it.</summary>
    /// <param name="repository">Its name, e.g. <c>acme/shop</c>, perhaps with a tag.</param>
    /// <returns>E.g. <c>127.0.0.1:41234/acme/shop</c>.</returns>
    public ImageReference Repository(string repository) => $"{Address}/{repository}";

    /// <summary>Stops it and removes what it holds.</summary>
    public void Dispose() => end.Dispose();
}
