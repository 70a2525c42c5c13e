using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Platforms in the order they were added, each once. Filled from a list
/// (<c>Platforms = { "linux/amd64", "linux/arm64" }</c>) or from text (<c>Platforms = "linux/amd64,linux/arm64"</c>).
/// Adding a platform that is already there, in whatever notation, changes nothing.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a set.")]
public sealed class PlatformSet : ICollection<ImagePlatform>, IReadOnlyList<ImagePlatform>
{
    private readonly List<ImagePlatform> platforms = [];

    /// <summary>Creates an empty set.</summary>
    public PlatformSet()
    {
    }

    /// <summary>Creates a set of the given platforms, in their order.</summary>
    /// <param name="platforms">The platforms.</param>
    public PlatformSet(IEnumerable<ImagePlatform> platforms)
    {
        ArgumentNullException.ThrowIfNull(platforms);
        foreach (var platform in platforms)
        {
            Add(platform);
        }
    }

    /// <summary>The number of platforms.</summary>
    public int Count => platforms.Count;

    /// <inheritdoc/>
    bool ICollection<ImagePlatform>.IsReadOnly => false;

    /// <summary>The platform at a position, in the order of addition.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <returns>The platform.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public ImagePlatform this[int index] => platforms[index];

    /// <summary>Converts a comma list such as <c>linux/amd64,linux/arm64</c>, as <see cref="Parse(string)"/> does.</summary>
    /// <param name="value">The list.</param>
    /// <exception cref="CakeException">The text is not a list of platforms.</exception>
    public static implicit operator PlatformSet(string value) => Parse(value);

    /// <summary>
    /// Reads a comma list of platforms, as docker's <c>--platform</c> takes it; spaces around the commas do not count. The word
    /// <c>local</c> stands for <see cref="ImagePlatform.Local"/>.
    /// </summary>
    /// <param name="value">The list, e.g. <c>linux/amd64, linux/arm64</c>.</param>
    /// <returns>The platforms.</returns>
    /// <exception cref="CakeException">The list or an element is empty, or an element is not a platform.</exception>
    public static PlatformSet Parse(string value) => Read(value, null);

    /// <summary>
    /// Reads a comma list of platforms chosen from those available. The word <c>all</c> stands for all of them, and every other
    /// platform has to be one of them.
    /// </summary>
    /// <param name="value">The list, e.g. <c>all</c> or <c>linux/amd64, linux/arm64</c>.</param>
    /// <param name="available">The platforms to choose from, e.g. those of an image.</param>
    /// <returns>The platforms.</returns>
    /// <exception cref="CakeException">
    /// The list or an element is empty, an element is not a platform, or not one of those available.
    /// </exception>
    public static PlatformSet Parse(string value, IEnumerable<ImagePlatform> available)
    {
        ArgumentNullException.ThrowIfNull(available);
        return Read(value, [.. available]);
    }

    /// <summary>Adds a platform to the end, unless it is already there.</summary>
    /// <param name="item">The platform.</param>
    public void Add(ImagePlatform item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!platforms.Contains(item))
        {
            platforms.Add(item);
        }
    }

    /// <summary>Removes all platforms.</summary>
    public void Clear() => platforms.Clear();

    /// <summary>Whether a platform is in the set.</summary>
    /// <param name="item">The platform.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(ImagePlatform item) => platforms.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(ImagePlatform[] array, int arrayIndex) => platforms.CopyTo(array, arrayIndex);

    /// <summary>Removes a platform.</summary>
    /// <param name="item">The platform.</param>
    /// <returns>True when it was in the set.</returns>
    public bool Remove(ImagePlatform item) => platforms.Remove(item);

    /// <inheritdoc/>
    public IEnumerator<ImagePlatform> GetEnumerator() => platforms.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The comma list that docker's <c>--platform</c> takes, e.g. <c>linux/amd64,linux/arm64</c>.</summary>
    /// <returns>The list; empty when the set is.</returns>
    public override string ToString() => string.Join(',', platforms);

    private static PlatformSet Read(string? value, ImagePlatform[]? available)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new CakeException($"platforms '{value}': is empty. Write at least one platform, e.g. linux/amd64,linux/arm64.");
        }

        var set = new PlatformSet();
        foreach (var element in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (element.Length == 0)
            {
                throw new CakeException($"platforms '{value}': has nothing on one side of a comma. A list is linux/amd64,linux/arm64.");
            }

            if (available is not null && string.Equals(element, "all", StringComparison.OrdinalIgnoreCase))
            {
                Array.ForEach(available, set.Add);
                continue;
            }

            if (!ImagePlatform.TryParse(element, out var platform, out var error))
            {
                throw new CakeException($"platforms '{value}': '{element}': {error}");
            }

            if (available is not null && !available.Contains(platform))
            {
                throw new CakeException($"platforms '{value}': {platform} is not among the platforms to choose from: "
                    + $"{string.Join(", ", available.AsEnumerable())}.");
            }

            set.Add(platform);
        }

        return set;
    }
}
