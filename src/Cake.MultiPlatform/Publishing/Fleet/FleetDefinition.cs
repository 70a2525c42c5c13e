using System.Text.Json;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Makes the bake definition of builds. What bake reads in another way than <c>docker buildx build</c> is translated.</summary>
internal static class FleetDefinition
{
    /// <summary>The definition of these builds, by their names.</summary>
    public static BakeDefinition Of(IReadOnlyList<(string Name, BuildxBuildSettings Build)> builds, ICakeContext context) => new()
    {
        Groups = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [FleetRequest.Group] = [.. builds.Select(build => build.Name)] },
        Targets = builds.ToDictionary(build => build.Name, build => Target(build.Build, context), StringComparer.Ordinal),
    };

    private static BakeTarget Target(BuildxBuildSettings build, ICakeContext context) => new()
    {
        Context = build.Context,
        Contexts = build.BuildContexts.ToDictionary(other => other.Key, other => other.Value.Value, StringComparer.Ordinal),
        Dockerfile = DockerfileIn(build, context),
        Target = build.Target,
        Platforms = [.. build.Platforms.Select(platform => platform.ToString())],
        Tags = [.. build.Tags.Select(tag => tag.ToString())],
        Args = build.BuildArgs
            .Select(argument => (argument.Key, Value: argument.Value ?? Variable(build, argument.Key, context)))
            .Where(argument => argument.Value is not null)
            .ToDictionary(argument => argument.Key, argument => argument.Value, StringComparer.Ordinal),
        Labels = build.Labels.ToDictionary(label => label.Key, string? (label) => label.Value ?? string.Empty, StringComparer.Ordinal),
        Annotations = [.. build.Annotations.Select(annotation => annotation.ToString())],
        OutputValues = [.. build.Outputs.Select(Text)],
        CacheFromValues = [.. build.CacheFrom.Select(Text)],
        CacheToValues = [.. build.CacheTo.Select(Text)],
        AttestValues =
        [
            .. new[] { Attestation("provenance", build.Provenance), Attestation("sbom", build.Sbom) }.OfType<string>().Select(Text),
            .. build.Attestations.Select(Text),
        ],
        SecretValues = [.. build.Secrets.Select(Text)],
        Others = Others(build).Where(other => other.Value is not null).ToDictionary(other => other.Name, other => other.Value!.Value, StringComparer.Ordinal),
    };

    private static IEnumerable<(string Name, JsonElement? Value)> Others(BuildxBuildSettings build) =>
    [
        ("ssh", Texts(build.Ssh)),
        ("no-cache", build.NoCache ? Switch(true) : null),
        ("no-cache-filter", Texts(build.NoCacheFilters)),
        ("pull", build.Pull is { } pull ? Switch(pull) : null),
        ("network", build.Network is { } network ? Text(network) : null),
        ("shm-size", build.ShmSize is { } size ? Text(size.ToString()) : null),
        ("ulimits", Texts(build.Ulimits)),
        ("entitlements", Texts(build.Allow)),
        ("extra-hosts", build.AddHosts.Count == 0 ? null : JsonSerializer.SerializeToElement(
            build.AddHosts.GroupBy(host => host.Host, host => host.Address, StringComparer.Ordinal).ToDictionary(host => host.Key, string? (host) => string.Join(',', host), StringComparer.Ordinal),
            OciJson.Default.IReadOnlyDictionaryStringString)),
    ];

    // Of bake it is relative to the context, of build to the working directory.
    private static string? DockerfileIn(BuildxBuildSettings build, ICakeContext context)
    {
        if (build.File is not { } file || PublishRequest.IsRemote(build.Context))
        {
            return build.File;
        }

        var working = (build.WorkingDirectory ?? context.Environment.WorkingDirectory).MakeAbsolute(context.Environment);
        return new DirectoryPath(build.Context).MakeAbsolute(working).Collapse().GetRelativePath(new FilePath(file).MakeAbsolute(working).Collapse()).FullPath;
    }

    private static string? Variable(BuildxBuildSettings build, string name, ICakeContext context) =>
        build.EnvironmentVariables.TryGetValue(name, out var value) ? value : context.Environment.GetEnvironmentVariable(name);

    // As buildx reads the values of --provenance and --sbom.
    private static string? Attestation(string type, string? value) => value switch
    {
        null => null,
        "true" => $"type={type}",
        "false" => $"type={type},disabled=true",
        _ => $"type={type},{value}",
    };

    private static JsonElement? Texts(IEnumerable<object> values) => values.Any()
        ? JsonSerializer.SerializeToElement([.. values.Select(value => value.ToString()!)], OciJson.Default.IReadOnlyListString)
        : null;

    private static JsonElement Text(IMasked value) => Text(value.Unmasked);

    private static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value, OciJson.Default.String);

    private static JsonElement Switch(bool value) => JsonSerializer.SerializeToElement(value, OciJson.Default.Boolean);
}
