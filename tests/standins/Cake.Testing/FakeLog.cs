using System.Globalization;
using Cake.Core.Diagnostics;

namespace Cake.Testing;

public sealed class FakeLogMessage
{
    public FakeLogMessage(Verbosity verbosity, LogLevel level, string message)
    {
        Verbosity = verbosity;
        Level = level;
        Message = message;
    }

    public Verbosity Verbosity { get; }

    public LogLevel Level { get; }

    public string Message { get; }
}

public sealed class FakeLog : ICakeLog
{
    private readonly List<FakeLogMessage> entries = [];

    public IReadOnlyList<FakeLogMessage> Entries => entries;

    public Verbosity Verbosity { get; set; }

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
        => entries.Add(new FakeLogMessage(verbosity, level, string.Format(CultureInfo.InvariantCulture, format, args)));
}
