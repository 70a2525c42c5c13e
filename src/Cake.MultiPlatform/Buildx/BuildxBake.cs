using System.Text.Json;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// <c>docker buildx bake</c>: builds the targets of a definition, several images in one run. Source:
/// <see href="https://docs.docker.com/reference/cli/docker/buildx/bake/"/>.
/// </summary>
public sealed class BuildxBakeSettings : BuildxSettings<BuildxBakeResult>
{
    /// <summary>The targets or groups, or the URL of a definition before them; default the group <c>default</c>.</summary>
    public IList<string> Targets { get; } = [];

    /// <summary><c>--file</c>: the definition's files; default <c>docker-bake.hcl</c>, <c>docker-bake.json</c>, <c>compose.yaml</c> and the like.</summary>
    public IList<string> Files { get; private set; } = [];

    /// <summary><c>--set</c>: other values of targets, e.g. <c>*.platform=linux/arm64</c>.</summary>
    public IList<BakeOverride> Set { get; } = [];

    /// <summary><c>--var</c>: values of the definition's variables, by name; needs buildx 0.31, older ones take them from the environment.</summary>
    public IDictionary<string, string?> Variables { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary><c>--allow</c>: what the definition may reach, e.g. <c>network.host</c>, <c>fs.read=../shared</c> or <c>ssh</c>; needs buildx 0.17.</summary>
    public IList<string> Allow { get; private set; } = [];

    /// <summary><c>--push</c>: pushes the results; the same as <c>--set=*.output=type=registry</c>.</summary>
    public bool Push { get; set; }

    /// <summary><c>--load</c>: loads the results into the engine's image store; the same as <c>--set=*.output=type=docker</c>.</summary>
    public bool Load { get; set; }

    /// <summary><c>--no-cache</c>: no step is taken from the cache.</summary>
    public bool? NoCache { get; set; }

    /// <summary><c>--pull</c>: base images are always looked up in their registry.</summary>
    public bool? Pull { get; set; }

    /// <summary><c>--provenance</c>: <c>true</c>, <c>false</c>, <c>mode=min</c> or <c>mode=max</c>; the same as <c>--set=*.attest=type=provenance</c>.</summary>
    public string? Provenance { get; set; }

    /// <summary><c>--sbom</c>: <c>true</c>, <c>false</c> or <c>generator=IMAGE</c>; the same as <c>--set=*.attest=type=sbom</c>.</summary>
    public string? Sbom { get; set; }

    /// <summary><c>--policy</c>: policies that sources must pass, e.g. <c>strict=true</c>; needs buildx 0.34.</summary>
    public IList<BuildPolicy> Policies { get; } = [];

    /// <summary><c>--print</c>: nothing is built; the definition, with all values filled in, is in the result.</summary>
    public bool Print { get; set; }

    /// <summary><c>--list</c>: nothing is built; the definition's targets or variables are in the result; needs buildx 0.20.</summary>
    public BakeList? List { get; set; }

    /// <summary>
    /// <c>--call</c>: asks something of every target instead of building: <c>check</c>, <c>outline</c> or <c>targets</c>. The answers
    /// are in the result's <c>Calls</c>; needs buildx 0.16.
    /// </summary>
    public string? Call { get; set; }

    /// <summary><c>--metadata-file</c>: keeps docker's JSON about the results here; without it a temporary file is used and removed.</summary>
    public FilePath? MetadataFile { get; set; }

    /// <summary><c>--progress</c>: <c>auto</c>, <c>plain</c>, <c>tty</c>, <c>quiet</c> or <c>rawjson</c>; default <c>auto</c>, which is plain here.</summary>
    public string? Progress { get; set; }

    /// <inheritdoc/>
    internal override string Command => "buildx bake";

    /// <inheritdoc/>
    internal override bool ShowsProgress => !Print && List is null && Call is null;

    /// <summary>What the definition on standard input was made of: what is secret in it is secret here.</summary>
    internal IReadOnlyList<DockerSettings> Builds { get; private set; } = [];

    /// <summary>The same bake, of a definition that it gets on its standard input.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="builds">What the definition was made of.</param>
    /// <param name="allow">What the definition may reach.</param>
    internal BuildxBakeSettings With(string definition, IReadOnlyList<DockerSettings> builds, IEnumerable<string> allow)
    {
        var bake = (BuildxBakeSettings)MemberwiseClone();
        bake.Files = ["-"];
        bake.StandardInput = definition;
        bake.Builds = builds;
        bake.Allow = [.. Allow.Concat(allow).Distinct(StringComparer.Ordinal)];
        bake.EnvironmentVariables = new Dictionary<string, string>(EnvironmentVariables, StringComparer.Ordinal);
        return bake;
    }

    /// <inheritdoc/>
    internal override void WriteSecretsTo(DockerArguments arguments)
    {
        base.WriteSecretsTo(arguments);
        foreach (var secret in Builds.SelectMany(build => build.ToArguments().AllSecrets))
        {
            arguments.Secret(secret);
        }
    }

    /// <inheritdoc/>
    internal override void Validate()
    {
        if (Print && List is not null)
        {
            throw new CakeException($"docker {Command}: set Print or List, not both; either says what is printed instead of building.");
        }
    }

    /// <inheritdoc/>
    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Each("--file", Files);
        arguments.Each("--set", Set);
        arguments.Pairs("--var", Variables, since: "buildx 0.31");
        arguments.Each("--allow", Allow, since: "buildx 0.17");
        arguments.Flag("--push", Push);
        arguments.Flag("--load", Load);
        arguments.Flag("--no-cache", NoCache);
        arguments.Flag("--pull", Pull);
        arguments.Value("--provenance", Provenance);
        arguments.Value("--sbom", Sbom);
        arguments.Each("--policy", Policies, since: "buildx 0.34");
        arguments.Flag("--print", Print);
        arguments.Value("--list", List switch { null => null, BakeList.Targets => "type=targets,format=json", _ => "type=variables,format=json" }, since: "buildx 0.20");
        arguments.Value("--call", BuildCallResult.Ask(Call), since: "buildx 0.16");
        if (ShowsProgress)
        {
            arguments.Output("--metadata-file", MetadataFile);
        }

        arguments.Value("--progress", Progress);
        arguments.Positional(Targets);
    }

    /// <inheritdoc/>
    internal override BuildxBakeResult Read(DockerOutput output)
    {
        var source = $"what 'docker {Command}' printed";
        return List switch
        {
            BakeList.Targets => new BuildxBakeResult { ListedTargets = OciJson.Parse(output.Text, OciJson.Default.BakeListedTargetArray, source) },
            BakeList.Variables => new BuildxBakeResult { ListedVariables = OciJson.Parse(output.Text, OciJson.Default.BakeListedVariableArray, source) },
            _ when Call is not null => new BuildxBakeResult { Calls = BuildCallResult.ReadByTarget(Call, OciJson.Parse(output.Text, OciJson.Default.BakeCallDocument, source)) },
            _ when Print => new BuildxBakeResult { Definition = BakeDefinition.Parse(output.Text, source) },
            _ => BuildxBakeResult.Parse(output.Files.GetValueOrDefault("--metadata-file") ?? "{}"),
        };
    }
}

/// <summary>What <c>docker buildx bake --list</c> lists.</summary>
public enum BakeList
{
    /// <summary>The targets and groups.</summary>
    Targets,

    /// <summary>The variables.</summary>
    Variables,
}

/// <summary>What <c>docker buildx bake</c> made, or told instead.</summary>
public sealed record BuildxBakeResult
{
    /// <summary>What was built, by target.</summary>
    public IReadOnlyDictionary<string, BuildxBuildResult> Targets { get; init; } = new Dictionary<string, BuildxBuildResult>(StringComparer.Ordinal);

    /// <summary>What the builds warned of; docker tells only where <c>BUILDX_METADATA_WARNINGS=1</c> is in the environment.</summary>
    public IReadOnlyList<BuildWarning> Warnings { get; init; } = [];

    /// <summary>The definition, for <c>--print</c>; otherwise <see langword="null"/>.</summary>
    public BakeDefinition? Definition { get; init; }

    /// <summary>The answers to <c>--call</c>, by target.</summary>
    public IReadOnlyDictionary<string, BuildCallResult> Calls { get; init; } = new Dictionary<string, BuildCallResult>(StringComparer.Ordinal);

    /// <summary>The targets and groups, for <c>--list=targets</c>.</summary>
    public IReadOnlyList<BakeListedTarget> ListedTargets { get; init; } = [];

    /// <summary>The variables, for <c>--list=variables</c>.</summary>
    public IReadOnlyList<BakeListedVariable> ListedVariables { get; init; } = [];

    // The metadata of each target under its name; beside them, in newer versions, the warnings of all.
    internal static BuildxBakeResult Parse(string json)
    {
        var metadata = OciJson.Parse(json, OciJson.Default.JsonElement, "docker's bake metadata");
        return new BuildxBakeResult
        {
            Targets = metadata.EnumerateObject()
                .Where(entry => entry.Value.ValueKind == JsonValueKind.Object)
                .ToDictionary(entry => entry.Name, entry => BuildxBuildResult.From(entry.Value.Deserialize(OciJson.Default.BuildxMetadata)!), StringComparer.Ordinal),
            Warnings = [.. (metadata.Deserialize(OciJson.Default.BuildxMetadata)?.Warnings ?? []).Select(BuildWarning.From)],
        };
    }
}
