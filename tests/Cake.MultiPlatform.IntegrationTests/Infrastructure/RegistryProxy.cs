using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>
/// Stands between docker and a registry, and does something else than the registry where a test says so. It copies bytes from
/// socket to socket: what docker and the registry say to each other is not written anew.
/// </summary>
public sealed class RegistryProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly CancellationTokenSource stalls = new();
    private readonly ConcurrentQueue<RegistryRequest> requests = new();
    private readonly string registry;
    private readonly Func<RegistryRequest, RegistryFault?> faults;

    /// <summary>Starts to listen on a loopback port.</summary>
    /// <param name="registry">The address of the registry behind it.</param>
    /// <param name="faults">What happens to a request, or <see langword="null"/> to let the registry answer.</param>
    public RegistryProxy(string registry, Func<RegistryRequest, RegistryFault?> faults)
    {
        (this.registry, this.faults) = (registry, faults);
        listener.Start();
        Address = listener.LocalEndpoint.ToString()!;
        _ = Task.Run(Listen);
    }

    /// <summary>Where it is, e.g. <c>127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<RegistryRequest> Requests => [.. requests];

    public static RegistryProxy Always(Engine engine, RegistryFault fault) => new(engine.Registry, _ => fault);

    /// <summary>Hangs up on the requests that are stalled.</summary>
    public void EndStalls() => stalls.Cancel();

    public void Dispose()
    {
        end.Cancel();
        stalls.Cancel();
        listener.Dispose();
        end.Dispose();
        stalls.Dispose();
    }

    private async Task Listen()
    {
        var stop = end.Token;
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop);
                _ = Task.Run(() => Serve(client, stop), CancellationToken.None);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                using var upstream = new Upstream(registry);
                var asking = new HttpReader(client.GetStream(), stop);

                // Docker tries TLS first, and takes the answer of a plain HTTP server for a reason to do without.
                if (await asking.IsTls())
                {
                    await client.GetStream().WriteAsync("HTTP/1.0 400 Bad Request\r\n\r\n"u8.ToArray(), stop);
                    return;
                }

                while (await asking.Head() is { } head)
                {
                    var request = RegistryRequest.Parse(head);
                    requests.Enqueue(request);
                    if (faults(request) is { } fault)
                    {
                        await Fail(fault, request, head, asking, client, upstream, stop);
                    }
                    else
                    {
                        await Forward(request, head, asking, client.GetStream(), upstream, stop);
                    }
                }
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One of the two has hung up, or this end was told to: the other one sees the same.
            }
        }
    }

    private static async Task Forward(RegistryRequest request, HttpHead head, HttpReader asking, NetworkStream client, Upstream upstream, CancellationToken stop)
    {
        var answering = await upstream.Connect(stop);
        await answering.Stream.WriteAsync(head.Bytes, stop);
        await asking.CopyBody(head, answering.Stream, bodyless: false);
        var answer = await answering.Head() ?? throw new IOException("The registry hung up.");
        await client.WriteAsync(answer.Bytes, stop);
        await answering.CopyBody(answer, client, request.Method == "HEAD" || answer.Status is 204 or 304);
    }

    private async Task Fail(RegistryFault fault, RegistryRequest request, HttpHead head, HttpReader asking, TcpClient client, Upstream upstream, CancellationToken stop)
    {
        switch (fault.Kind)
        {
            case RegistryFaultKind.Answer:
                await asking.CopyBody(head, Stream.Null, bodyless: false);
                await client.GetStream().WriteAsync(fault.Write(request.Method != "HEAD"), stop);
                break;
            case RegistryFaultKind.Stall:
                await Task.Delay(Timeout.Infinite, stalls.Token);
                break;
            case RegistryFaultKind.CutOff when head.HasBody:
                // The registry gets the beginning of it.
                var answering = await upstream.Connect(stop);
                await answering.Stream.WriteAsync(head.Bytes, stop);
                await answering.Stream.WriteAsync(await asking.Some(), stop);
                throw new IOException("Cut off.");
            case RegistryFaultKind.CutOff when request.Method == "GET":
                var reading = await upstream.Connect(stop);
                await reading.Stream.WriteAsync(head.Bytes, stop);
                var answer = await reading.Head() ?? throw new IOException("The registry hung up.");
                await client.GetStream().WriteAsync(answer.Bytes, stop);
                var some = await reading.Some();
                await client.GetStream().WriteAsync(some.AsMemory(0, some.Length / 2), stop);
                throw new IOException("Cut off.");
            case RegistryFaultKind.Reset:
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                throw new IOException("Reset.");
            default:
                throw new IOException("Hung up.");
        }
    }

    /// <summary>The connection to the registry, opened when the first request is passed on.</summary>
    private sealed class Upstream(string address) : IDisposable
    {
        private readonly TcpClient client = new() { NoDelay = true };
        private HttpReader? reader;

        public async Task<HttpReader> Connect(CancellationToken stop)
        {
            if (reader is null)
            {
                await client.ConnectAsync(IPEndPoint.Parse(address), stop);
                reader = new HttpReader(client.GetStream(), stop);
            }

            return reader;
        }

        public void Dispose() => client.Dispose();
    }
}

/// <summary>The head of a request or an answer, and what it says of the body.</summary>
internal sealed record HttpHead(byte[] Bytes)
{
    private readonly string[] lines = Encoding.Latin1.GetString(Bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    public string FirstLine => lines[0];

    public int Status => int.Parse(FirstLine.Split(' ')[1], CultureInfo.InvariantCulture);

    public bool IsChunked => Header("Transfer-Encoding") == "chunked";

    public long Length => long.Parse(Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);

    public bool HasBody => IsChunked || Length > 0;

    public string? Header(string name) => lines.Skip(1)
        .Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();
}

/// <summary>Reads HTTP/1.1 from a socket as far as one has to understand it to copy it.</summary>
internal sealed class HttpReader(NetworkStream stream, CancellationToken stop)
{
    private const int LongestHead = 64 * 1024;

    private readonly byte[] buffer = new byte[LongestHead];
    private int start;
    private int count;

    public NetworkStream Stream => stream;

    /// <summary>Whether the other end begins with a TLS handshake.</summary>
    public async Task<bool> IsTls() => (count > 0 || await Fill()) && buffer[start] == 0x16;

    /// <summary>The next head; <see langword="null"/> where the other end has hung up.</summary>
    public async Task<HttpHead?> Head()
    {
        int length;
        while ((length = buffer.AsSpan(start, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await Fill())
            {
                return null;
            }
        }

        return new HttpHead(Take(length + 4));
    }

    /// <summary>What is there of a body: at least a byte, not all of it where it is long.</summary>
    public async Task<byte[]> Some()
    {
        if (count == 0 && !await Fill())
        {
            throw new IOException("Hung up.");
        }

        return Take(Math.Max(1, count / 2));
    }

    /// <summary>Copies the body that belongs to a head.</summary>
    public async Task CopyBody(HttpHead head, Stream target, bool bodyless)
    {
        if (bodyless)
        {
            return;
        }

        if (!head.IsChunked)
        {
            await Copy(head.Length, target);
            return;
        }

        long size;
        do
        {
            var line = await Line();
            await target.WriteAsync(line, stop);
            size = long.Parse(Encoding.Latin1.GetString(line).Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

            // The chunk and its line end; after the last chunk the empty line that ends the body.
            await Copy(size + 2, target);
        }
        while (size > 0);
    }

    private async Task Copy(long length, Stream target)
    {
        while (length > 0)
        {
            if (count == 0 && !await Fill())
            {
                throw new IOException("Hung up.");
            }

            var part = Take((int)Math.Min(count, length));
            await target.WriteAsync(part, stop);
            length -= part.Length;
        }
    }

    private async Task<byte[]> Line()
    {
        int end;
        while ((end = buffer.AsSpan(start, count).IndexOf((byte)'\n')) < 0)
        {
            if (!await Fill())
            {
                throw new IOException("Hung up.");
            }
        }

        return Take(end + 1);
    }

    private byte[] Take(int length)
    {
        var taken = buffer.AsSpan(start, length).ToArray();
        (start, count) = (start + length, count - length);
        return taken;
    }

    private async Task<bool> Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, count).CopyTo(buffer);
            start = 0;
        }

        if (count == buffer.Length)
        {
            throw new IOException("Too long a line.");
        }

        var read = await stream.ReadAsync(buffer.AsMemory(count), stop);
        count += read;
        return read > 0;
    }
}
