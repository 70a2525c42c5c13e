using System.Globalization;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>The time of the commit that is checked out: what reproducible builds take instead of the clock's.</summary>
internal static class SourceDateEpoch
{
    /// <summary>Asks git.</summary>
    /// <exception cref="CakeException">There is no git, or no commit; the message says what to do.</exception>
    public static DateTimeOffset Of(ICakeContext context, DirectoryPath folder, string action)
    {
        var (said, reason) = Git.Ask(context, folder, "log", "-1", "--format=%ct");
        return long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new CakeException($"{action}: {reason}, so the time of the commit is not known; set SourceDateEpoch, e.g. SourceDateEpoch = DateTimeOffset.FromUnixTimeSeconds(1700000000), or run it in a clone with at least one commit.");
    }
}
