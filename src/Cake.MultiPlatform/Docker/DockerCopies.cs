namespace Cake.MultiPlatform;

/// <summary>Copies of settings that keep their type.</summary>
internal static class DockerCopies
{
    /// <summary>A copy for which values are known, or named, that stand as placeholders in it.</summary>
    public static T Knowing<T>(this T settings, IReadOnlyDictionary<string, string> values)
        where T : DockerSettings => (T)settings.CopyKnowing(values);

    /// <summary>A copy that reads what was pushed a moment ago.</summary>
    public static T OfPushed<T>(this T settings)
        where T : DockerSettings => (T)settings.CopyOfPushed();

    /// <summary>A copy whose lines begin with this in the log.</summary>
    public static T In<T>(this T settings, string lane)
        where T : DockerSettings => (T)settings.CopyIn(lane);

    /// <summary>A copy whose progress is followed.</summary>
    public static T Watched<T>(this T settings, BuildWatch watch)
        where T : DockerSettings => (T)settings.CopyWatched(watch);

    /// <summary>A copy that draws its progress on the terminal.</summary>
    public static T On<T>(this T settings, TerminalBuild terminal)
        where T : DockerSettings => (T)settings.CopyOnTerminal(terminal);
}
