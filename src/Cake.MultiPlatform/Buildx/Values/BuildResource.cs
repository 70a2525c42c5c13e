using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--resource</c>: a limit of the build steps: <c>memory</c>, <c>memory-swap</c>, <c>cpu-shares</c>,
/// <c>cpu-period</c>, <c>cpu-quota</c>, <c>cpuset-cpus</c> or <c>cpuset-mems</c>, e.g. <c>memory=2g</c>. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/"/>.
/// </summary>
/// <param name="Key">What is limited, e.g. <c>memory</c>.</param>
/// <param name="Value">The limit, e.g. <c>2g</c>.</param>
public sealed record BuildResource(string Key, string Value)
{
    /// <summary>Reads a value of <c>--resource</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildResource(string value) => Parse(value);

    /// <summary>Reads a value of <c>--resource</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The limit.</returns>
    /// <exception cref="CakeException">It is not <c>key=value</c>.</exception>
    public static BuildResource Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < value.Length - 1
            ? new BuildResource(value[..equals], value[(equals + 1)..])
            : throw new CakeException($"build resource '{value}' is not key=value; a right one is 'memory=2g'.");
    }

    /// <summary>A limit of memory.</summary>
    /// <param name="size">The most that the steps may use.</param>
    /// <returns>The limit <c>memory=…</c>.</returns>
    public static BuildResource Memory(ByteSize size) => new("memory", size.ToString());

    /// <summary>The processors that the steps may use.</summary>
    /// <param name="processors">E.g. <c>0-3</c> or <c>0,1</c>.</param>
    /// <returns>The limit <c>cpuset-cpus=…</c>.</returns>
    public static BuildResource Processors(string processors) => new("cpuset-cpus", processors);

    /// <summary>The value as docker takes it.</summary>
    /// <returns>E.g. <c>memory=2g</c>.</returns>
    public override string ToString() => $"{Key}={Value}";
}
