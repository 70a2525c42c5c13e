using System.Net;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--add-host</c>: a line of <c>/etc/hosts</c>, <c>host:ip</c>, <c>host=ip</c> or <c>host:host-gateway</c>. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/build/#add-host"/>.
/// </summary>
/// <param name="Host">The name.</param>
/// <param name="Address">The address, or <c>host-gateway</c> for that of the machine that runs the engine.</param>
public sealed record HostEntry(string Host, string Address)
{
    /// <summary>Reads a value of <c>--add-host</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator HostEntry(string value) => Parse(value);

    /// <summary>Reads a value of <c>--add-host</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="CakeException">It has no name, or its address is none.</exception>
    public static HostEntry Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var separator = value.AsSpan().IndexOfAny('=', ':');
        var address = separator < 0 ? string.Empty : value[(separator + 1)..];
        if (address.StartsWith('[') && address.EndsWith(']'))
        {
            address = address[1..^1];
        }

        return separator > 0 && (address == "host-gateway" || IPAddress.TryParse(address, out _))
            ? new HostEntry(value[..separator], address)
            : throw new CakeException($"host entry '{value}' is not host:ip; a right one is 'db.local:10.0.0.5' or 'build.local:host-gateway'.");
    }

    /// <summary>The value as every version of docker takes it.</summary>
    /// <returns>E.g. <c>db.local:10.0.0.5</c>.</returns>
    public override string ToString() => $"{Host}:{Address}";
}
