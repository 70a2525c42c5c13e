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
    private readonly Process process;

    private OwnRegistry(Engine engine, IPAddress host, bool wantsLogin, bool tls)
    {
        Assert.SkipUnless(File.Exists(engine.RegistryBinary), "there is no registry program here that a test could start");
        var port = FreePort(host);
        Address = $"{host}:{port}";
        process = Process.Start(new ProcessStartInfo(engine.RegistryBinary!, ["serve", folder.Write("registry.yml", Configuration(host, wantsLogin, tls))])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        WaitFor(host, port);
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

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
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

    private void WaitFor(IPAddress host, int port)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(host, port);
                return;
            }
            catch (SocketException) when (!process.HasExited && limit.Elapsed < TimeSpan.FromSeconds(10))
            {
                Thread.Sleep(20);
            }
        }
    }
}
