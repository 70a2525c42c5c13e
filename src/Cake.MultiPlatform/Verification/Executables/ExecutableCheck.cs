namespace Cake.MultiPlatform;

/// <summary>Makes the report of one platform's file system. Pure: what was read is judged.</summary>
internal static class ExecutableCheck
{
    private const string Remedy = "Look where the Dockerfile takes it from: a download, a COPY or a FROM --platform that names one processor is the usual reason.";

    public static ExecutableReport Examine(FileTree tree, OciImageConfig? config, ImagePlatform platform, string digest, ExecutableRules rules)
    {
        var line = CommandLine.Of(config?.Config ?? new OciRunConfig(), platform.Os == "windows");
        var chain = StartChain.Follow(tree, line, platform);
        var files = tree.Executables().Select(file => (file.Path, Executable: file.Node.Executable!)).ToArray();
        var judge = new ForeignFiles(rules, platform);
        var started = chain.Select(step => step.Path).ToHashSet(StringComparer.Ordinal);
        var foreign = files.Where(file => !started.Contains(file.Path)).Select(file => judge.Judge(file.Path, file.Executable)).OfType<ForeignExecutable>().ToLookup(file => file.Rule is null);
        bool IsError(ExecutableStep step) => step.Verdict == ExecutableVerdict.Wrong && !rules.EntrypointIsWarning;
        var errors = chain.Where(IsError).Select(step => step.Problem).ToList();
        var warnings = chain.Where(step => step.Verdict != ExecutableVerdict.Right && !IsError(step)).Select(step => step.Problem).ToList();
        var violations = chain.Where(IsError).Select(step => new ContractViolation(platform, $"{step.Subject}, does not run on {platform}: {step.Consequence}.", step.ShouldBe, step.Is, Remedy)).ToList();
        if (line.Words.Count == 0)
        {
            AddNoCommand(tree, platform, errors, warnings, violations);
        }

        if (tree.Lack is { } lack)
        {
            warnings.Add($"Not all files were examined: {lack}.");
        }

        warnings.AddRange(judge.MissingRuntimes(files));
        if (rules.ForeignIsError)
        {
            errors.AddRange(foreign[true].Select(file => $"{file.Path} is {file.Is}, but should be an executable for {platform}."));
            violations.AddRange(foreign[true].Select(file => new ContractViolation(platform, $"{file.Path} is not for {platform}.", $"an executable for {platform}", file.Is, "Where it is foreign on purpose, say so in ForeignOnPurpose of the rules for executables.")));
        }
        else if (foreign[true].Any())
        {
            warnings.Add($"{foreign[true].Count()} executables are not for {platform}, the first of them {foreign[true].First()}.");
        }

        return new ExecutableReport
        {
            Platform = platform,
            Digest = digest,
            CommandLine = line.Words,
            Chain = chain,
            Foreign = [.. foreign[true]],
            ForeignOnPurpose = [.. foreign[false]],
            Counts = files.GroupBy(file => file.Executable.Format).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count()),
            FileCount = tree.Count,
            Errors = errors,
            Warnings = warnings,
            Violations = violations,
        };
    }

    private static void AddNoCommand(FileTree tree, ImagePlatform platform, List<string> errors, List<string> warnings, List<ContractViolation> violations)
    {
        if (tree.Count > 0 || tree.Lack is not null)
        {
            warnings.Add("It has neither an entrypoint nor a command, so a container of it starts only where a command is given. For a base image that is right.");
        }
        else
        {
            errors.Add("It is empty: no files, no entrypoint, no command. A container of it ends with 'no command specified'.");
            violations.Add(new ContractViolation(platform, $"The image for {platform} is empty.", "files, and an entrypoint or command", "nothing", "Look into the last stage of the Dockerfile, and into Build.Target."));
        }
    }
}
