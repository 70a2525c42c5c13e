namespace Cake.MultiPlatform;

/// <summary>An open group of log lines, which ends where it is disposed of.</summary>
internal sealed class CiGroup(CiWriter writer, CiServer server, string title) : IDisposable
{
    private int closed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref closed, 1) == 0)
        {
            writer.Write(server.Close(title));
        }
    }
}
