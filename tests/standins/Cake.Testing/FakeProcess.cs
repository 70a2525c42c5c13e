using Cake.Core.IO;

namespace Cake.Testing;

public sealed class FakeProcess : IProcess
{
    private int exitCode;
    private IEnumerable<string> standardError;
    private IEnumerable<string> standardOutput;

    public void Dispose()
    {
        // There is no process behind it.
    }

    public void WaitForExit()
    {
        // It has ended before it began.
    }

    public bool WaitForExit(int milliseconds) => true;

    public int GetExitCode() => exitCode;

    public IEnumerable<string> GetStandardError() => standardError;

    public IEnumerable<string> GetStandardOutput() => standardOutput;

    public void Kill()
    {
        // There is nothing to end.
    }

    public void SetExitCode(int exitCode) => this.exitCode = exitCode;

    public void SetStandardError(IEnumerable<string> standardError) => this.standardError = standardError;

    public void SetStandardOutput(IEnumerable<string> standardOutput) => this.standardOutput = standardOutput;
}
