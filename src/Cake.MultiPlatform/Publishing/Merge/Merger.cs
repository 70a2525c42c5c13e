using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>Reads the results of several machines.</summary>
internal static class Merger
{
    public const string Action = "DockerBuildxMultiPlatformMerge";

    /// <summary>Reads results, and puts them together.</summary>
    /// <exception cref="CakeException">A file is not there or holds something else, or the results do not make what is to be published; the message lists all that is wrong.</exception>
    public static MergeParts Join(PublishGoal goal, MergeSettings settings, ICakeContext context)
    {
        if (settings.Results.Count == 0)
        {
            throw new CakeException($"{Action}: Results is empty; add the files that DockerBuildxMultiPlatformBuild wrote, e.g. Results = {{ \"./results/linux-amd64.json\", \"./results/linux-arm64.json\" }}.");
        }

        var (sources, unreadable) = (new List<MergeSource>(), new List<string>());
        foreach (var file in settings.Results)
        {
            try
            {
                sources.Add(new MergeSource(file.ToString(), Read(file.MakeAbsolute(context.Environment).FullPath)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CakeException)
            {
                unreadable.Add($"'{file}' cannot be read: {e.Message} Name a file that DockerBuildxMultiPlatformBuild wrote.");
            }
        }

        var revision = settings.Revision ?? new GitRepository(context, context.Environment.WorkingDirectory).Head()?.Commit;
        var parts = MergeRules.Join(goal, sources, settings, revision);
        string[] problems = [.. unreadable, .. parts.Problems];
        if (problems.Length > 0)
        {
            throw new CakeException($"{Action}: the results do not make '{goal.References[0]}', no tag was moved:{Environment.NewLine}{string.Join(Environment.NewLine, problems.Select(problem => $"  - {problem}"))}");
        }

        foreach (var warning in parts.Warnings)
        {
            context.Log.Warning("{0}", warning);
        }

        return parts;
    }

    private static MultiPlatformBuild Read(string path) => MultiPlatformBuild.From(BuildDocument.Parse(System.IO.File.ReadAllText(path), "It"));
}
