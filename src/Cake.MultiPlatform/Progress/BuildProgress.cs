namespace Cake.MultiPlatform;

/// <summary>A build, as far as it has come.</summary>
/// <param name="platform">Its platform, where it is for one.</param>
/// <param name="clock">The clock.</param>
internal sealed class BuildProgress(ImagePlatform? platform, TimeProvider clock)
{
    private readonly Dictionary<string, ProgressStep> byDigest = new(StringComparer.Ordinal);

    /// <summary>Its platform, where it is for one.</summary>
    public ImagePlatform? Platform { get; } = platform;

    /// <summary>The steps, in the order in which docker spoke of them.</summary>
    public IReadOnlyCollection<ProgressStep> Steps => byDigest.Values;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The step of this digest; <see langword="null"/> where docker has not named it.</summary>
    public ProgressStep? Find(string? digest) => digest is null ? null : byDigest.GetValueOrDefault(digest);

    /// <summary>Takes what docker says of a step; <see langword="null"/> where it does not say of which.</summary>
    public ProgressStep? Take(ProgressVertex vertex)
    {
        if (vertex.Digest is null)
        {
            return null;
        }

        if (!byDigest.TryGetValue(vertex.Digest, out var step))
        {
            step = new ProgressStep(StepName.Parse(vertex.Name ?? vertex.Digest, Platform), Now);
            byDigest.Add(vertex.Digest, step);
        }

        step.Take(vertex, Now);
        return step;
    }
}
