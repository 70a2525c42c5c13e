using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--ssh</c>: an agent or keys that build steps may use: <c>default</c>, <c>ID=SOCKET</c> or <c>ID=KEY,KEY</c>. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/#ssh"/>.
/// </summary>
/// <param name="Id">The name that the Dockerfile mounts it by; usually <c>default</c>.</param>
/// <param name="Paths">An agent's socket, or files of private keys; none means the agent in <c>SSH_AUTH_SOCK</c>.</param>
public sealed record BuildSsh(string Id, IReadOnlyList<string> Paths)
{
    /// <summary>Reads a value of <c>--ssh</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildSsh(string value) => Parse(value);

    /// <summary>Reads a value of <c>--ssh</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The agent or keys.</returns>
    /// <exception cref="CakeException">It has no id.</exception>
    public static BuildSsh Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        var (id, paths) = equals < 0 ? (value, string.Empty) : (value[..equals], value[(equals + 1)..]);
        return id.Length > 0
            ? new BuildSsh(id, paths.Split(',', StringSplitOptions.RemoveEmptyEntries))
            : throw new CakeException($"build ssh '{value}' has no id; a right one is 'default' or 'github=./keys/github'.");
    }

    /// <summary>The value as docker takes it.</summary>
    /// <returns>Id and paths.</returns>
    public override string ToString() => Paths.Count == 0 ? Id : $"{Id}={string.Join(',', Paths)}";
}
