using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>The time of the commit that is checked out: what reproducible builds take instead of the clock's.</summary>
internal static class SourceDateEpoch
{
    /// <summary>Asks git.</summary>
    /// <exception cref="CakeException">There is no git, or no commit; the message says what to do.</exception>
    public static DateTimeOffset Of(ICakeContext context, DirectoryPath folder, string action) => new GitRepository(context, folder).Head() is { } head
        ? DateTimeOffset.FromUnixTimeSeconds(head.Seconds)
        : throw new CakeException($"{action}: git is not on the PATH or knows no commit in '{folder}', so the time of the commit is not known; set SourceDateEpoch, e.g. SourceDateEpoch = DateTimeOffset.FromUnixTimeSeconds(1700000000), or run it in a clone with at least one commit.");
}
