using System.Text.RegularExpressions;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>A builder whose settings were found to make sense on their own, before docker starts.</summary>
/// <param name="Settings">The user's settings.</param>
/// <param name="Name">The builder's name.</param>
/// <param name="Nodes">The nodes; never none.</param>
internal sealed partial record BuilderRequest(BuilderSettings Settings, string Name, IReadOnlyList<BuildxCreateSettings> Nodes)
{
    private const string Action = "DockerBuildxEnsureBuilder";

    /// <summary>The engine's own builder of each docker context: it is there, and cannot be made.</summary>
    public const string EnginesOwn = "default";

    /// <summary>How docker is reached.</summary>
    public DockerSettings Connection => Nodes[0];

    /// <summary>Checks the settings; the error names the setting, its value, the rule and a right value.</summary>
    /// <exception cref="CakeException">A setting is missing, wrong, or contradicts another.</exception>
    public static BuilderRequest From(BuilderSettings settings, string? name, ICakeContext context)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Refused("Name is missing; set it, e.g. Name = \"mybuilder\".");
        }

        if (!GoodName().IsMatch(name))
        {
            throw Refused($"Name '{name}' is not a builder's name: a letter comes first, then letters, digits and '._-', e.g. 'mybuilder'.");
        }

        foreach (var (node, index) in settings.Nodes.Select((node, index) => (node, index)))
        {
            CheckOwned(node, index);
            CheckDriver(node, index, context);
        }

        if (settings.Nodes.Select(node => node.Driver?.Name).Distinct(StringComparer.Ordinal).Skip(1).Any())
        {
            throw Refused($"Nodes have the drivers {string.Join(", ", settings.Nodes.Select(node => node.Driver?.Name ?? "docker-container").Distinct(StringComparer.Ordinal))}, but the nodes of a builder have one; set the same Driver on each, or make two builders.");
        }

        if (settings.Nodes.GroupBy(node => node.Endpoint, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw Refused($"two Nodes have the Endpoint '{SecretMask.HideKnownForms(twice.Key ?? "(none: the engine at hand)")}', but each is on an engine of its own; set Endpoint, e.g. \"ssh://user@build1\".");
        }

        return new BuilderRequest(settings, name, settings.Nodes.Count > 0 ? [.. settings.Nodes] : [new BuildxCreateSettings()]);
    }

    /// <summary>The name that docker gives a node: the builder's and a number.</summary>
    public string NodeName(int index) => $"{Name}{index}";

    /// <summary>The command that makes the builder with its first node; it fails where there is one of that name.</summary>
    public BuildxCreateSettings Create(FilePath? configuration) => Command(0, configuration);

    /// <summary>The command that adds a node; running it twice, or from two processes, does no more than running it once.</summary>
    public BuildxCreateSettings Append(int index, FilePath? configuration)
    {
        var append = Command(index, configuration);
        append.Append = true;
        append.Node = NodeName(index);
        return append;
    }

    private BuildxCreateSettings Command(int index, FilePath? configuration)
    {
        var node = Nodes[index];
        var command = new BuildxCreateSettings
        {
            Name = Name,
            Endpoint = node.Endpoint,
            Driver = node.Driver,
            BuildkitdConfig = configuration ?? node.BuildkitdConfig,
            BuildkitdFlags = node.BuildkitdFlags,
            Timeout = node.Timeout,
        };
        foreach (var platform in node.Platforms)
        {
            command.Platforms.Add(platform);
        }

        command.ConnectLike(node);
        return command;
    }

    private static void CheckOwned(BuildxCreateSettings node, int index)
    {
        (bool IsSet, string Name)[] owned =
        [
            (node.Name is not null, "Name (set Name of the builder)"),
            (node.Node is not null, "Node"),
            (node.Append, "Append"),
            (node.Leave, "Leave"),
            (node.Bootstrap, "Bootstrap"),
            (node.Use, "Use (set Use of the builder)"),
        ];
        var taken = owned.Where(property => property.IsSet).Select(property => property.Name).ToArray();
        if (taken.Length > 0)
        {
            throw Refused($"Nodes[{index}] sets {string.Join(", ", taken)}, which is decided for the builder as a whole; leave it out, or use DockerBuildxCreate.");
        }
    }

    private static void CheckDriver(BuildxCreateSettings node, int index, ICakeContext context)
    {
        if (node.Driver?.Name == "remote" && string.IsNullOrWhiteSpace(node.Endpoint))
        {
            throw Refused($"Nodes[{index}] has driver remote and no Endpoint; say where its BuildKit listens, e.g. Endpoint = \"tcp://build1:1234\".");
        }

        // Buildx takes a path that does not exist and fails when the node is used.
        var files = node.Driver is RemoteDriver remote
            ? (string?[])[remote.CaCertificate, remote.Certificate, remote.Key, node.BuildkitdConfig?.FullPath]
            : [node.BuildkitdConfig?.FullPath];
        var working = (node.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        foreach (var file in files.OfType<string>())
        {
            if (!context.FileSystem.GetFile(new FilePath(file).MakeAbsolute(working)).Exists)
            {
                throw Refused($"Nodes[{index}] names the file '{file}', which does not exist; certificates, keys and BuildkitdConfig are files on this machine, e.g. '/etc/buildkit/ca.pem'.");
            }
        }
    }

    private static CakeException Refused(string why) => new($"{Action}: {why}");

    // https://github.com/docker/buildx/blob/master/store/util.go
    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9._-]*\z", RegexOptions.None, 1000)]
    private static partial Regex GoodName();
}
