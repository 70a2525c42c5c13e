using System.Globalization;
using System.Net;
using System.Text;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>What can happen between docker and a registry.</summary>
public enum RegistryFaultKind
{
    /// <summary>The registry answers with a fault.</summary>
    Answer,

    /// <summary>The connection is closed without an answer.</summary>
    HangUp,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>No answer comes, and the connection stays open.</summary>
    Stall,

    /// <summary>The body of the request, or of the answer, ends in its middle; what has none is hung up on.</summary>
    CutOff,
}

/// <summary>What happens in a registry's place.</summary>
public sealed record RegistryFault(HttpStatusCode Status, string Code = "UNKNOWN", string Message = "a test wants it so")
{
    public static RegistryFault Denied { get; } = new(HttpStatusCode.Forbidden, "DENIED", "requested access to the resource is denied");

    public static RegistryFault TooManyRequests { get; } = new(HttpStatusCode.TooManyRequests, "TOOMANYREQUESTS", "You have reached your pull rate limit.");

    public RegistryFaultKind Kind { get; init; }

    /// <summary>The header <c>Retry-After</c>, in seconds.</summary>
    public int? RetryAfter { get; init; }

    public static RegistryFault Of(RegistryFaultKind kind) => new(default(HttpStatusCode)) { Kind = kind };

    public override string ToString() => Kind == RegistryFaultKind.Answer ? ((int)Status).ToString(CultureInfo.InvariantCulture) : $"{Kind}";

    /// <summary>The answer as bytes.</summary>
    internal byte[] Write(bool withBody)
    {
        var body = $$"""{"errors":[{"code":"{{Code}}","message":"{{Message}}"}]}""";
        using var answer = new HttpResponseMessage(Status);
        var retryAfter = RetryAfter is { } seconds ? $"Retry-After: {seconds}\r\n" : string.Empty;
        return Encoding.UTF8.GetBytes($"HTTP/1.1 {(int)Status} {answer.ReasonPhrase}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{retryAfter}\r\n{(withBody ? body : string.Empty)}");
    }
}
