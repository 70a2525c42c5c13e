using System.Globalization;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Keeps in a file what a publish has built, so that the next run need not build it again after a failure. Only what is known to
/// be the same is taken from it: the same settings, files and base images, built within the last day.
/// </summary>
internal sealed class PublishJournal
{
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1);

    private readonly Lock writing = new();
    private readonly string path;
    private readonly TimeProvider clock;
    private readonly IReadOnlyList<BuiltDocument> finished;
    private BuildDocument now;

    private PublishJournal(string path, BuildDocument now, IReadOnlyList<BuiltDocument> finished, TimeProvider clock)
    {
        this.path = path;
        this.now = now;
        this.finished = finished;
        this.clock = clock;
    }

    /// <summary>Refuses a file that is something else, before anything is built: it would be lost.</summary>
    /// <exception cref="CakeException">It is no journal.</exception>
    public static void Check(FilePath journal, ICakeContext context, string action)
    {
        var place = journal.MakeAbsolute(context.Environment).FullPath;
        if (Directory.Exists(place))
        {
            throw new CakeException($"{action}: Journal '{journal}' is a folder; name a file in it, e.g. Journal = \"{journal}/publish.json\".");
        }

        if (System.IO.File.Exists(place))
        {
            try
            {
                Read(place);
            }
            catch (CakeException e)
            {
                throw new CakeException($"{action}: Journal '{journal}' cannot be used, and it would be overwritten: {e.Message} Remove it, or name another file, e.g. Journal = \"./artifacts/publish-journal.json\".", e);
            }
        }
    }

    /// <summary>Opens the journal, and says what of an earlier run cannot be used.</summary>
    /// <param name="file">The file; there need not be one.</param>
    /// <param name="identity">What is built now.</param>
    /// <param name="plan">How it is published.</param>
    /// <param name="context">The Cake context.</param>
    /// <param name="clock">What tells the time.</param>
    public static PublishJournal Open(FilePath file, BuildIdentity identity, MultiPlatformPlan plan, ICakeContext context, TimeProvider clock)
    {
        var place = file.MakeAbsolute(context.Environment).FullPath;
        var empty = Empty(identity, plan);
        var before = System.IO.File.Exists(place) ? Read(place) : null;
        if (before is not null && ReasonNotToUse(before, empty) is { } reason)
        {
            context.Log.Warning("{0}", $"The journal '{file}' is not used, and everything is built: {reason}");
            before = null;
        }

        var fresh = (before?.Builds ?? []).Where(build => clock.GetUtcNow() - build.Finished < LongestUse).ToArray();
        if (before is not null && fresh.Length < before.Builds.Count)
        {
            context.Log.Warning("{0}", string.Create(CultureInfo.InvariantCulture, $"The journal '{file}' is stale: {before.Builds.Count - fresh.Length} of its builds are older than {LongestUse.TotalHours} hours and are built again."));
        }

        return new PublishJournal(place, empty, fresh, clock);
    }

    /// <summary>A document of which nothing is built yet.</summary>
    public static BuildDocument Empty(BuildIdentity identity, MultiPlatformPlan plan) => new()
    {
        Version = BuildDocument.CurrentVersion,
        Repositories = [.. RepositoriesOf(plan).Select(repository => repository.ToString())],
        Strategy = plan.Strategy,
        Settings = identity.Settings,
        Content = identity.Content,
        Builds = [],
    };

    /// <summary>What an earlier run built in this step, if it did.</summary>
    public BuiltDocument? Finished(MultiPlatformStep build) => finished.FirstOrDefault(done => done.Platform == build.Platform?.ToString());

    /// <summary>Notes what a step has built; the file is whole at any time.</summary>
    public void Keep(MultiPlatformStep build, string digest)
    {
        lock (writing)
        {
            var done = Finished(build) is { } earlier && earlier.Digest == digest
                ? earlier
                : new BuiltDocument { Platform = build.Platform?.ToString(), Digest = digest, Finished = clock.GetUtcNow() };
            now = now with { Builds = [.. now.Builds.Where(other => other.Platform != done.Platform), done] };
            Write(path, now);
        }
    }

    /// <summary>Removes the file: there is nothing left to go on with.</summary>
    public void Close() => System.IO.File.Delete(path);

    /// <summary>Writes a document so that it is whole at any time.</summary>
    public static void Write(string path, BuildDocument document)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var part = path + ".part";
        System.IO.File.WriteAllText(part, document.ToJson());
        System.IO.File.Move(part, path, overwrite: true);
    }

    /// <summary>The repositories that the builds of a plan push to: driver docker pushes to the home alone.</summary>
    public static IEnumerable<ImageReference> RepositoriesOf(MultiPlatformPlan plan) =>
        plan.Goal.Targets.Take(plan.PushesByDigest ? plan.Goal.Targets.Count : 1).Select(target => target.Repository);

    private static BuildDocument Read(string path) => BuildDocument.Parse(System.IO.File.ReadAllText(path), "It");

    private static string? ReasonNotToUse(BuildDocument before, BuildDocument now) => 0 switch
    {
        _ when before.Repositories is [] => "it names no image.",
        _ when before.Repositories[0] != now.Repositories[0] => $"it is of another image, {before.Repositories[0]}. Give each image a journal of its own.",
        _ when !before.Repositories.SequenceEqual(now.Repositories, StringComparer.Ordinal) => "it is of other mirrors.",
        _ when before.Strategy != now.Strategy => $"it is of strategy {before.Strategy}, and now it is {now.Strategy}.",
        _ when before.Settings != now.Settings => "the build's settings are others now.",
        _ when now.Content is null => "what is built lies elsewhere, and may have changed; name a commit in Build.Context, e.g. 'https://github.com/acme/shop.git#' and its 40 digits.",
        _ when before.Content != now.Content => "files of the build context, or base images, have changed since.",
        _ => null,
    };
}
