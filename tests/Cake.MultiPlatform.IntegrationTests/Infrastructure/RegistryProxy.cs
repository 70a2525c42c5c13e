using System.Net;
using System.Text;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>Stands between docker and the registry, and answers in its place where a test says so.</summary>
public sealed class RegistryProxy : IDisposable
{
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true });

    private readonly HttpListener listener = new();
    private readonly Engine engine;
    private readonly Func<HttpListenerRequest, RegistryFault?> faults;

    /// <summary>Starts to listen on a loopback port.</summary>
    /// <param name="engine">The engine with the registry behind it.</param>
    /// <param name="faults">The answer to a request, or <see langword="null"/> to let the registry answer.</param>
    public RegistryProxy(Engine engine, Func<HttpListenerRequest, RegistryFault?> faults)
    {
        (this.engine, this.faults) = (engine, faults);
        Address = $"127.0.0.1:{OwnRegistry.FreePort(IPAddress.Loopback)}";
        listener.Prefixes.Add($"http://{Address}/");
        listener.Start();
        _ = Task.Run(Listen);
    }

    /// <summary>Where it is, e.g. <c>127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    public static RegistryProxy Always(Engine engine, RegistryFault fault) => new(engine, _ => fault);

    public void Dispose() => listener.Close();

    private async Task Listen()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => Answer(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        if (faults(context.Request) is not { } fault)
        {
            await Forward(context.Request, response);
            return;
        }

        response.StatusCode = (int)fault.Status;
        if (context.Request.HttpMethod != "HEAD")
        {
            response.ContentType = "application/json";
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"errors":[{"code":"{{fault.Code}}","message":"{{fault.Message}}"}]}"""));
        }
    }

    private async Task Forward(HttpListenerRequest asked, HttpListenerResponse response)
    {
        using var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), new Uri($"http://{engine.Registry}{asked.RawUrl}"));
        request.Content = asked.HasEntityBody ? new StreamContent(asked.InputStream) : null;
        foreach (var name in asked.Headers.AllKeys.OfType<string>())
        {
            // The host is the proxy's, so that the registry names places for uploads behind the proxy.
            if (!request.Headers.TryAddWithoutValidation(name, asked.Headers[name]))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, asked.Headers[name]);
            }
        }

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Content-Length" or "Transfer-Encoding")))
        {
            response.Headers[name] = string.Join(',', values);
        }

        response.ContentLength64 = answer.Content.Headers.ContentLength ?? 0;
        if (asked.HttpMethod != "HEAD")
        {
            await answer.Content.CopyToAsync(response.OutputStream);
        }
    }
}

/// <summary>An answer in a registry's place.</summary>
public sealed record RegistryFault(HttpStatusCode Status, string Code = "UNKNOWN", string Message = "a test wants it so")
{
    public static RegistryFault Denied { get; } = new(HttpStatusCode.Forbidden, "DENIED", "requested access to the resource is denied");

    public static RegistryFault TooManyRequests { get; } = new(HttpStatusCode.TooManyRequests, "TOOMANYREQUESTS", "You have reached your pull rate limit.");
}
