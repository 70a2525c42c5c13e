using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A real registry that a test has for itself: one that wants a login, speaks TLS, or is not on a loopback address.</summary>
public sealed class OwnRegistry : IDisposable
{
    public const string User = "shop";
    public const string Password = "right";

    // htpasswd -nbB shop right
    private const string Users = "shop:$2y$05$abcdefghijklmnopqrstuu8xaCxxL82bnl.UY74PMksDxIJShppPC\n";

    private readonly TemporaryFolder folder = new();
    private readonly string program;
    private readonly string configuration;
    private readonly IPEndPoint place;
    private Process process;

    private OwnRegistry(Engine engine, IPAddress host, bool wantsLogin, bool tls)
    {
        Assert.SkipUnless(File.Exists(engine.RegistryBinary), "there is no registry program here that a test could start");
        place = new IPEndPoint(host, FreePort(host));
        Address = $"{place}";
        program = engine.RegistryBinary!;
        configuration = folder.Write("registry.yml", Configuration(host, wantsLogin, tls));
        process = Start();
    }

    /// <summary>Where it is, e.g. <c>127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    /// <summary>A second registry, on a loopback address.</summary>
    public static OwnRegistry Second(Engine engine) => new(engine, IPAddress.Loopback, wantsLogin: false, tls: false);

    /// <summary>A registry that lets nobody in without a login.</summary>
    public static OwnRegistry WithLogin(Engine engine) => new(engine, IPAddress.Loopback, wantsLogin: true, tls: false);

    /// <summary>A registry on an address where engines do not excuse plain HTTP, as they do on 127.0.0.0/8.</summary>
    public static OwnRegistry PlainHttp(Engine engine) => new(engine, engine.BridgeAddress, wantsLogin: false, tls: false);

    /// <summary>A registry with a certificate that nobody trusts.</summary>
    public static OwnRegistry UntrustedTls(Engine engine) => new(engine, engine.BridgeAddress, wantsLogin: false, tls: true);

    public static int FreePort(IPAddress host)
    {
        using var listener = new TcpListener(host, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends it with a signal that it cannot heed; what it holds stays.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Starts it again after it was killed, at the same address, with what it held.</summary>
    public void Restart()
    {
        Kill();
        process.Dispose();
        process = Start();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
        folder.Dispose();
    }

    private Process Start()
    {
        // One thread: version 2 empties a tag's file before it writes it anew, and docker 26 asks for a tag while it pushes it.
        var started = Process.Start(new ProcessStartInfo(program, ["serve", configuration])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["GOMAXPROCS"] = "1" },
        })!;
        started.BeginErrorReadLine();
        started.BeginOutputReadLine();
        WaitFor(started);
        return started;
    }

    private string Configuration(IPAddress host, bool wantsLogin, bool tls)
    {
        var lines = new List<string>
        {
            "version: 0.1",
            $"storage: {{ filesystem: {{ rootdirectory: '{folder.Combine("data")}' }} }}",
            $"http: {{ addr: '{Address}'{(tls ? $", tls: {{ certificate: '{WriteCertificate(host)}', key: '{folder.Combine("key.pem")}' }}" : string.Empty)} }}",
        };
        if (wantsLogin)
        {
            lines.Add($"auth: {{ htpasswd: {{ realm: tests, path: '{folder.Write("users", Users)}' }} }}");
        }

        return string.Join('\n', lines) + "\n";
    }

    private string WriteCertificate(IPAddress host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        return folder.Write("certificate.pem", certificate.ExportCertificatePem());
    }

    private void WaitFor(Process started)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(place);
                return;
            }
            catch (SocketException) when (!started.HasExited && limit.Elapsed < TimeSpan.FromSeconds(10))
            {
                Thread.Sleep(20);
            }
        }
    }
}
