namespace Cake.MultiPlatform;

/// <summary>
/// Compares a builder that exists with what is asked of it. What was not set is not asked, so it does not differ; what docker
/// does not tell of a builder, the content of its BuildKit's configuration, is not compared.
/// </summary>
internal static class BuilderDifferences
{
    /// <summary>What differs, a sentence each; values that may be secret are not shown. Nodes that are missing do not differ: they are added.</summary>
    public static IReadOnlyList<string> Between(BuilderRequest request, Builder found)
    {
        var asked = request.Settings.Nodes;
        var differences = new List<string>();
        if (asked.Count > 0 && (asked[0].Driver?.Name ?? "docker-container") is var driver && driver != found.Driver)
        {
            differences.Add($"Driver: asked is {driver}, it has {found.Driver}.");
            return differences;
        }

        foreach (var (node, index) in asked.Select((node, index) => (node, index)))
        {
            if (found.Nodes.FirstOrDefault(existing => existing.Name == request.NodeName(index)) is { } existing)
            {
                differences.AddRange(OfNode(node, existing));
            }
        }

        if (asked.Count > 0)
        {
            var names = asked.Select((_, index) => request.NodeName(index)).ToHashSet(StringComparer.Ordinal);
            differences.AddRange(found.Nodes.Where(node => !names.Contains(node.Name)).Select(node => $"Node {node.Name}: it was not asked for; its endpoint is '{SecretMask.HideKnownForms(node.Endpoint)}'."));
        }

        return differences;
    }

    private static IEnumerable<string> OfNode(BuildxCreateSettings asked, BuilderNode found)
    {
        var role = $"Node {found.Name}";
        if (asked.Endpoint is { } endpoint && endpoint != found.Endpoint)
        {
            yield return $"{role}: asked is the endpoint '{SecretMask.HideKnownForms(endpoint)}', it has '{SecretMask.HideKnownForms(found.Endpoint)}'.";
        }

        foreach (var (key, value) in asked.Driver ?? Enumerable.Empty<KeyValuePair<string, string>>())
        {
            // Buildx takes this one for itself and does not tell it.
            if (key == "default-load" || (found.DriverOptions.TryGetValue(key, out var existing) && existing == value))
            {
                continue;
            }

            yield return DockerFields.IsSecret(key)
                ? $"{role}: the driver's option {key} has another value than the one asked for."
                : $"{role}: asked is the driver's option {key}={value}, it has {(found.DriverOptions.TryGetValue(key, out existing) ? $"{key}={existing}" : "none of that name")}.";
        }

        var missing = asked.Platforms.Where(platform => !found.PreferredPlatforms.Contains(platform)).ToArray();
        if (missing.Length > 0)
        {
            yield return $"{role}: asked are the platforms {asked.Platforms}, it is preferred for {(found.PreferredPlatforms.Count > 0 ? found.PreferredPlatforms : "none")}.";
        }

        var flags = (asked.BuildkitdFlags ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (flags.Except(found.BuildkitdFlags.Split(' '), StringComparer.Ordinal).Any())
        {
            yield return $"{role}: asked are the flags '{asked.BuildkitdFlags}' of BuildKit, it has '{found.BuildkitdFlags}'.";
        }
    }
}
