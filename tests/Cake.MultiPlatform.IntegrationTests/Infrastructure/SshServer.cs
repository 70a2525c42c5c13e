using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>A real SSH server on a port of this machine, behind which an engine is: what a build machine that is reached over SSH looks like.</summary>
public sealed class SshServer : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;
    private readonly int port = OwnRegistry.FreePort(IPAddress.Loopback);

    public SshServer(Engine engine)
    {
        var found = Engine.RunScript("sshd");
        Assert.SkipUnless(found.ExitCode == 0, $"there is no SSH server here: {found.Error.Trim()}");
        Assert.SkipUnless(File.Exists("/usr/bin/ssh-keygen"), "there is no SSH client here");
        var (host, user) = (NewKey("host"), NewKey("user"));

        // Docker starts "docker system dial-stdio" on the other machine, where it is to find its engine.
        folder.Write("authorized", $"command=\"DOCKER_HOST={engine.Host} exec {engine.Docker} system dial-stdio\" {user}");
        folder.Write("known", $"[127.0.0.1]:{port} {host}");
        folder.Write("sshd", $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder.Combine("host")}
            AuthorizedKeysFile {folder.Combine("authorized")}
            PidFile none
            StrictModes no
            PasswordAuthentication no
            MaxStartups 100

            """);

        // Docker takes the ssh on its PATH, and ssh reads its settings from the account's home folder, whatever HOME says.
        folder.WriteScript("bin/ssh", $"exec /usr/bin/ssh -F none -o BatchMode=yes -o UserKnownHostsFile={folder.Combine("known")} -o IdentitiesOnly=yes -o IdentityFile={folder.Combine("user")} \"$@\"");
        process = Process.Start(new ProcessStartInfo(found.Output.Trim(), ["-D", "-e", "-f", folder.Combine("sshd")]) { UseShellExecute = false, RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        WaitUntilItListens();
    }

    /// <summary>Where the engine is, e.g. <c>ssh://root@127.0.0.1:41234</c>.</summary>
    public string Host => $"ssh://{Environment.UserName}@127.0.0.1:{port}";

    /// <summary>The folder of an ssh that knows the server, and has a key for it.</summary>
    public string ClientFolder => folder.Combine("bin");

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    // Makes a key pair; returns the public half.
    private string NewKey(string name)
    {
        RawResult.Run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", string.Empty, "-C", "a test", "-f", folder.Combine(name)], new Dictionary<string, string>(StringComparer.Ordinal)).Succeeded();
        return File.ReadAllText(folder.Combine($"{name}.pub")).Trim();
    }

    private void WaitUntilItListens()
    {
        for (var patience = Stopwatch.StartNew(); ; Thread.Sleep(20))
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!process.HasExited && patience.Elapsed < TimeSpan.FromSeconds(20))
            {
                // Not yet.
            }
        }
    }
}
