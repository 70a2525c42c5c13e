using System.Net;
using System.Net.Sockets;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A port of this machine behind which an engine's socket is: an engine that is reached over TCP.</summary>
public sealed class TcpForwarder : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly UnixDomainSocketEndPoint target;

    public TcpForwarder(Engine engine)
    {
        Assert.SkipUnless(engine.Host?.StartsWith("unix://", StringComparison.Ordinal) == true, "the engine is not a private one, whose socket is known");
        target = new UnixDomainSocketEndPoint(engine.Host!["unix://".Length..]);
        listener.Start();
        _ = Task.Run(Listen);
    }

    /// <summary>Where it is, e.g. <c>tcp://127.0.0.1:41234</c>.</summary>
    public string Host => $"tcp://{listener.LocalEndpoint}";

    public void Dispose() => listener.Dispose();

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                _ = Task.Run(() => Forward(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Forward(Socket client)
    {
        using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await engine.ConnectAsync(target);
            await Task.WhenAll(Copy(client, engine), Copy(engine, client));
        }
        catch (SocketException)
        {
            // Either side has gone away.
        }
        finally
        {
            client.Dispose();
        }
    }

    // Either side says when it has nothing more to say, and listens on.
    private static async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
