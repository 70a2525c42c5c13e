using System.Text.RegularExpressions;

namespace Cake.MultiPlatform;

/// <summary>What helps where the docker at hand, or another program in its place, lacks a flag or a whole command.</summary>
internal static partial class DockerLack
{
    /// <summary>The same failure, with a remedy that names what is missing and the first version that has it.</summary>
    /// <param name="failure">What is known of the failure.</param>
    /// <param name="arguments">The command line that failed.</param>
    /// <param name="said">What the program said.</param>
    /// <param name="versionAtHand">Looks up the version of "docker" or "buildx" that is installed; <see langword="null"/> where it cannot be told.</param>
    public static DockerFailure Explain(DockerFailure failure, DockerArguments arguments, IReadOnlyList<string> said, Func<string, string?>? versionAtHand)
    {
        var flag = said.Select(line => Flag().Match(line)).FirstOrDefault(match => match.Success)?.Groups["flag"].Value;
        if (OtherProgram(arguments, said) is { } program)
        {
            var lacks = failure.Kind is DockerFailureKind.UnknownFlag or DockerFailureKind.NoBuildx || Unrecognized().IsMatch(string.Join('\n', said));
            return lacks ? new DockerFailure(DockerFailureKind.UnknownFlag, Remedy(program, arguments, LacksCommand(arguments, said) ? null : flag)) : failure;
        }

        if (failure.Kind != DockerFailureKind.UnknownFlag)
        {
            return failure;
        }

        var isFlag = flag is not null && arguments.Since.ContainsKey(flag);
        if ((isFlag ? arguments.Since[flag!] : arguments.CommandSince) is not { } since)
        {
            return failure;
        }

        var lacking = isFlag ? flag : flag is null ? $"'{arguments.Command}'" : $"{flag} of '{arguments.Command}'";
        var here = versionAtHand?.Invoke(since.Split(' ')[0]);
        return failure with
        {
            Remedy = $"{lacking} needs {since} or later{(here is null ? string.Empty : $"; here is {here}")}. {(flag is null ? "Update it" : "Leave that setting out, or update")}.",
        };
    }

    private static string Remedy(string program, DockerArguments arguments, string? flag) => arguments.Command switch
    {
        "buildx build" => $"{program} has no 'buildx build' as docker has it{(flag is null ? string.Empty : $" (no {flag})")}; build with DockerImageBuild, a platform at a time, and DockerManifestCreate, or set ToolPath to docker.",
        _ when flag is null => $"{program} has no '{arguments.Command}'; set ToolPath to docker for this command.",
        _ => $"{program} has no {flag} for '{arguments.Command}'; leave that setting out, or set ToolPath to docker.",
    };

    // The program points to the help of another command: it took the words for arguments of a shorter one, or for an alias.
    private static bool LacksCommand(DockerArguments arguments, IReadOnlyList<string> said) =>
        said.Select(line => Help().Match(line)).Any(match => match.Success && match.Groups["words"].Value != arguments.Command);

    // Also where podman is installed under docker's name.
    private static string? OtherProgram(DockerArguments arguments, IReadOnlyList<string> said) =>
        !arguments.Executable.StartsWith("docker", StringComparison.OrdinalIgnoreCase) ? arguments.Executable
        : said.Any(line => line.Contains("podman", StringComparison.OrdinalIgnoreCase)) ? "podman" : null;

    [GeneratedRegex("unrecognized command|unknown subcommand", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Unrecognized();

    [GeneratedRegex("^See '\\w+ (?<words>[a-z ]+) --help'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Help();

    [GeneratedRegex("unknown flag: (?<flag>--[\\w-]+)|\"(?<flag>--[\\w-]+)\" requires API version", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Flag();
}
