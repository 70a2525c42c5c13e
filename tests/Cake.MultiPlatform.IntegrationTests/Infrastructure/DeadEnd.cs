using System.Net;
using System.Net.Sockets;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A registry that takes every call and hangs up.</summary>
public sealed class DeadEnd : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public DeadEnd()
    {
        listener.Start();
        _ = Task.Run(HangUp);
    }

    /// <summary>Where it is, e.g. <c>127.0.0.1:41234</c>.</summary>
    public string Address => listener.LocalEndpoint.ToString()!;

    public void Dispose() => listener.Dispose();

    private async Task HangUp()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();

                // Closing without having read would be a reset, which docker says in other words.
                _ = await client.Client.ReceiveAsync(new byte[4096]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
