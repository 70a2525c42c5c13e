namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx du --verbose</c>: what a builder's cache holds. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/du/"/>.
/// </summary>
/// <remarks>Only newer versions have a JSON form, and it lacks the totals; the text is the same in all.</remarks>
public sealed class BuildxDuSettings : BuildxSettings<BuildCacheUsage>
{
    /// <summary><c>--filter</c>: only these records, e.g. <c>until=24h</c>, <c>type=source.local</c> or <c>shared</c>.</summary>
    public IList<DockerFilter> Filters { get; } = [];

    /// <summary><c>--timeout</c>: how long to wait for the builder; default 20 seconds; needs buildx 0.32.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx du";

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Each("--filter", Filters);
        arguments.Value("--timeout", Timeout, since: "buildx 0.32");
        arguments.Flag("--verbose", value: true);
    }

    /// <inheritdoc/>
    internal override BuildCacheUsage Read(DockerOutput output) => BuildCacheUsage.Parse(output.Lines);
}

/// <summary>What a builder's cache holds, or what was removed from it. Docker rounds the sizes to four digits.</summary>
/// <param name="Records">The records.</param>
/// <param name="Total">The size of all, in bytes.</param>
/// <param name="Reclaimable">The size of what can be removed, in bytes; 0 where docker does not tell.</param>
/// <param name="Shared">The size of what images or containers share, in bytes; 0 where docker does not tell.</param>
/// <param name="Private">The size of what nothing shares, in bytes; 0 where docker does not tell.</param>
public sealed record BuildCacheUsage(IReadOnlyList<BuildCacheRecord> Records, long Total, long Reclaimable, long Shared, long Private)
{
    // Blocks of "Key: value", one for each record, the first line its id; at the end the totals. A description may go over
    // several lines, as a RUN step with a here-document does.
    internal static BuildCacheUsage Parse(IReadOnlyList<string> lines)
    {
        var records = new List<Dictionary<string, string>>();
        var totals = new Dictionary<string, string>(StringComparer.Ordinal);
        var key = string.Empty;
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? string.Empty : line[..colon];
            var value = colon < 0 ? string.Empty : line[(colon + 1)..].Trim();
            if (name == "ID")
            {
                records.Add(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value });
            }
            else if (name is "Shared" or "Private" or "Reclaimable" or "Total" && DockerText.Size(value) is not null)
            {
                totals[name] = value;
            }
            else if (records.Count > 0 && BuildCacheRecord.Keys.Contains(name, StringComparer.Ordinal))
            {
                records[^1].TryAdd(key = name, value);
            }
            else if (records.Count > 0 && key == BuildCacheRecord.DescriptionKey)
            {
                records[^1][key] += "\n" + line;
            }
        }

        long Total(string name) => DockerText.Size(totals.GetValueOrDefault(name)) ?? 0;
        return new BuildCacheUsage([.. records.Select(BuildCacheRecord.From)], Total("Total"), Total("Reclaimable"), Total("Shared"), Total("Private"));
    }
}

/// <summary>A record of a builder's cache.</summary>
public sealed record BuildCacheRecord
{
    internal const string DescriptionKey = "Description";

    internal static readonly string[] Keys = ["Parent", "Parents", "Created at", "Mutable", "Reclaimable", "Shared", "Size", DescriptionKey, "Usage count", "Last used", "Type"];

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The records that it was made from.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether it may still change.</summary>
    public bool IsMutable { get; init; }

    /// <summary>Whether it can be removed.</summary>
    public bool IsReclaimable { get; init; }

    /// <summary>Whether images or containers share it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Its size in bytes, rounded by docker to four digits.</summary>
    public long Size { get; init; }

    /// <summary>What it is, e.g. <c>local source for context</c>.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>How often it was used.</summary>
    public int UsageCount { get; init; }

    /// <summary>When it was last used, in docker's words, e.g. <c>28 minutes ago</c>; empty where it was not.</summary>
    public string LastUsed { get; init; } = string.Empty;

    /// <summary>Its type, e.g. <c>regular</c>, <c>source.local</c> or <c>exec.cachemount</c>.</summary>
    public string Type { get; init; } = string.Empty;

    internal static BuildCacheRecord From(Dictionary<string, string> fields)
    {
        string Text(string key) => fields.GetValueOrDefault(key, string.Empty);
        return new BuildCacheRecord
        {
            Id = Text("ID").TrimEnd('*'),
            Parents = [.. $"{Text("Parent")},{Text("Parents")}".Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)],
            CreatedAt = DockerText.Time(Text("Created at")),
            IsMutable = Text("Mutable") == "true",
            IsReclaimable = Text("Reclaimable") == "true",
            IsShared = Text("Shared") == "true",
            Size = DockerText.Size(Text("Size")) ?? 0,
            Description = Text(DescriptionKey).TrimEnd(),
            UsageCount = int.TryParse(Text("Usage count"), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : 0,
            LastUsed = Text("Last used"),
            Type = Text("Type"),
        };
    }
}
