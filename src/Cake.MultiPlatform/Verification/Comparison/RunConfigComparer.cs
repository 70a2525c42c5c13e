using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>Compares how containers of two images are run. Pure.</summary>
internal static class RunConfigComparer
{
    public static IEnumerable<ImageDifference> Compare(OciRunConfig left, OciRunConfig right) =>
    [
        .. Named(ImageDifferenceKind.Environment, "environment variable", Variables(left.Env), Variables(right.Env), "programs in a container see it"),
        .. One(ImageDifferenceKind.Entrypoint, "entrypoint", Words(left.Entrypoint), Words(right.Entrypoint), "a container starts another program"),
        .. One(ImageDifferenceKind.Command, "command", Words(left.Cmd), Words(right.Cmd), "a container starts another program or with other arguments"),
        .. One(ImageDifferenceKind.WorkingDirectory, "working folder", Text(left.WorkingDir), Text(right.WorkingDir), "relative paths mean other files"),
        .. One(ImageDifferenceKind.User, "user", Text(left.User), Text(right.User), "a container has other rights"),
        .. Named(ImageDifferenceKind.Port, "port", Keys(left.ExposedPorts), Keys(right.ExposedPorts), "'docker run -P' publishes other ports"),
        .. Named(ImageDifferenceKind.Volume, "volume", Keys(left.Volumes), Keys(right.Volumes), "other folders outlive the container"),
        .. One(ImageDifferenceKind.StopSignal, "stop signal", Text(left.StopSignal), Text(right.StopSignal), "'docker stop' sends another signal"),
        .. One(ImageDifferenceKind.Healthcheck, "health check", Health(left.Healthcheck), Health(right.Healthcheck), "docker judges a container's health in another way"),
        .. One(ImageDifferenceKind.Build, "ONBUILD", Words(left.OnBuild), Words(right.OnBuild), "images built from it run other steps", ImageDifferenceEffect.Packaging),
        .. One(ImageDifferenceKind.Build, "SHELL", Words(left.Shell), Words(right.Shell), "steps of images built from it run in another shell", ImageDifferenceEffect.Packaging),
        .. Named(ImageDifferenceKind.Label, "label", left.Labels, right.Labels, null, ImageDifferenceEffect.Packaging),
    ];

    /// <summary>Compares what has names: variables, labels, annotations.</summary>
    public static IEnumerable<ImageDifference> Named(
        ImageDifferenceKind kind,
        string what,
        IReadOnlyDictionary<string, string>? left,
        IReadOnlyDictionary<string, string>? right,
        string? consequence,
        ImageDifferenceEffect effect = ImageDifferenceEffect.Run) =>
        (left?.Keys ?? []).Union(right?.Keys ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal).SelectMany(name =>
            Difference(kind, effect, name, $"{what} {name}", left?.GetValueOrDefault(name), right?.GetValueOrDefault(name), consequence));

    /// <summary>Compares what there is only one of.</summary>
    public static IEnumerable<ImageDifference> One(
        ImageDifferenceKind kind,
        string what,
        string? left,
        string? right,
        string? consequence,
        ImageDifferenceEffect effect = ImageDifferenceEffect.Run) =>
        Difference(kind, effect, string.Empty, what, left, right, consequence);

    private static IEnumerable<ImageDifference> Difference(
        ImageDifferenceKind kind, ImageDifferenceEffect effect, string name, string what, string? left, string? right, string? consequence)
    {
        if (left == right)
        {
            return [];
        }

        string Value(string value) => value.Length > 0 ? $": {value}" : string.Empty;
        var subject = $"{char.ToUpperInvariant(what[0])}{what[1..]}";
        var words = (left, right) switch
        {
            (null, { } only) => $"{subject} is only on the right{Value(only)}",
            ({ } only, null) => $"{subject} is only on the left{Value(only)}",
            _ => $"{subject} is {left} on the left and {right} on the right",
        };
        return [new ImageDifference(kind, effect, name, left, right, $"{words}{(consequence is null ? string.Empty : $"; {consequence}")}.")];
    }

    private static Dictionary<string, string> Variables(IReadOnlyList<string>? variables)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parts in (variables ?? []).Select(variable => variable.Split('=', 2)))
        {
            pairs[parts[0]] = $"'{parts.ElementAtOrDefault(1)}'";
        }

        return pairs;
    }

    private static Dictionary<string, string> Keys(IReadOnlyList<string> keys) =>
        keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, _ => string.Empty, StringComparer.Ordinal);

    // None, null and empty mean the same to docker.
    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : $"'{value}'";

    private static string? Words(IReadOnlyList<string>? words) =>
        words is { Count: > 0 } ? $"[{string.Join(", ", words.Select(word => $"'{word}'"))}]" : null;

    private static string? Health(OciHealthcheck? health) => health is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{Words(health.Test)}{Time("interval", health.Interval)}{Time("timeout", health.Timeout)}{Time("start period", health.StartPeriod)}{Time("start interval", health.StartInterval)}{(health.Retries > 0 ? $" retries {health.Retries}" : string.Empty)}");

    private static string Time(string name, TimeSpan time) =>
        time > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $" {name} {time.TotalSeconds} s") : string.Empty;
}
