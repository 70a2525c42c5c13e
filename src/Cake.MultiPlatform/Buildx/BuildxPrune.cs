namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx prune --force --verbose</c>: removes records from a builder's cache. Docker is never left to ask: nobody could
/// answer. Source: <see href="https://docs.docker.com/reference/cli/docker/buildx/prune/"/>.
/// </summary>
public sealed class BuildxPruneSettings : BuildxSettings<BuildCacheUsage>
{
    /// <summary><c>--all</c>: internal records and frontends too.</summary>
    public bool All { get; set; }

    /// <summary><c>--filter</c>: only these records, e.g. <c>until=24h</c>, <c>type=source.local</c> or <c>id=…</c>.</summary>
    public IList<DockerFilter> Filters { get; } = [];

    /// <summary><c>--reserved-space</c>: this much of the cache is always kept, e.g. <c>2g</c>; needs buildx 0.18, see <see cref="KeepStorage"/>.</summary>
    public ByteSize? ReservedSpace { get; set; }

    /// <summary><c>--max-used-space</c>: the cache is cut down to this much; needs buildx 0.18.</summary>
    public ByteSize? MaxUsedSpace { get; set; }

    /// <summary><c>--min-free-space</c>: the cache is cut down until this much of the disk is free; needs buildx 0.18.</summary>
    public ByteSize? MinFreeSpace { get; set; }

    /// <summary><c>--keep-storage</c>: the name of <see cref="ReservedSpace"/> before buildx 0.17; later versions take it with a warning.</summary>
    public ByteSize? KeepStorage { get; set; }

    /// <summary><c>--timeout</c>: how long to wait for the builder; default 20 seconds; needs buildx 0.32.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx prune";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Flag("--all", All);
        arguments.Each("--filter", Filters);
        arguments.Value("--reserved-space", ReservedSpace, since: "buildx 0.18");
        arguments.Value("--max-used-space", MaxUsedSpace, since: "buildx 0.18");
        arguments.Value("--min-free-space", MinFreeSpace, since: "buildx 0.18");
        arguments.Value("--keep-storage", KeepStorage);
        arguments.Value("--timeout", Timeout, since: "buildx 0.32");
        arguments.Flag("--force", value: true);
        arguments.Flag("--verbose", value: true);
    }

    /// <summary>The records that were removed, and their size.</summary>
    internal override BuildCacheUsage Read(DockerOutput output) => BuildCacheUsage.Parse(output.Lines);
}
