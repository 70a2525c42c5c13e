// The private docker engine and registry (engine.sh) for Cake scripts.

/// <summary>Makes sure that there is an engine and a registry, and tells the environment that docker needs to find them.</summary>
IDictionary<string, string> EnsureEngine()
{
    if (!IsRunningOnLinux())
    {
        // Private engines are for bare Linux machines; elsewhere Docker Desktop is the engine.
        return new Dictionary<string, string>();
    }

    RunEngine("up");
    return RunEngine("env")
        .Select(line => System.Text.RegularExpressions.Regex.Match(line, "^export (?<name>\\w+)='(?<value>.*)'$"))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Replace("'\\''", "'"));
}

/// <summary>Runs engine.sh and returns what it printed.</summary>
IReadOnlyList<string> RunEngine(string command)
{
    var exitCode = StartProcess(
        "bash",
        new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder().AppendQuoted("./tests/engine/engine.sh").Append(command),
            RedirectStandardOutput = true,
        },
        out var lines);
    var output = lines.ToList();
    return exitCode == 0 ? output : throw new CakeException($"tests/engine/engine.sh {command} ended with exit code {exitCode}; the reason stands above.");
}
