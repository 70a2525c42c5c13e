using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What a fleet cannot take of the settings of an image or of a bake, each with what to do instead. Pure.</summary>
internal static class FleetRules
{
    // Buildx that does not know it drops it without a word.
    private const int FirstBuildxWithHosts = 25;

    /// <summary>Refuses what the fleet decides by itself.</summary>
    /// <exception cref="CakeException">Something of it is set.</exception>
    public static void CheckBake(BuildxBakeSettings bake) => OwnedSettings.Refuse(
        FleetRequest.Action,
        "Bake",
        "DockerBuildxBake",
        (bake.Targets.Count > 0, "Targets (set Images of the settings)"),
        (bake.Files.Count > 0, "Files"),
        (bake.Set.Count > 0, "Set (set Publish.Build of the image)"),
        (bake.Variables.Count > 0, "Variables"),
        (bake.Push, "Push"),
        (bake.Load, "Load"),
        (bake.Provenance is not null, "Provenance (set Publish.Build.Provenance of the image)"),
        (bake.Sbom is not null, "Sbom (set Publish.Build.Sbom of the image)"),
        (bake.Print, "Print"),
        (bake.List is not null, "List"),
        (bake.Call is not null, "Call"),
        (bake.MetadataFile is not null, "MetadataFile"),
        (bake.StandardInput is not null, "StandardInput"));

    /// <summary>What of an image's settings has no place in a fleet.</summary>
    public static IEnumerable<string> Check(MultiPlatformSettings publish)
    {
        var build = publish.Build;
        if (publish.Strategy is not (MultiPlatformStrategy.Auto or MultiPlatformStrategy.Buildx))
        {
            yield return $"Strategy is {publish.Strategy}, and one docker buildx bake builds all platforms of an image at once; leave it out, or publish the image by itself with DockerBuildxMultiPlatform.";
        }

        if (publish.Journal is not null)
        {
            yield return "Journal is set, and a fleet keeps none: what an earlier run built comes from the builder's cache. Leave it out.";
        }

        if (Set(ForAll(build)) is { Length: > 0 } shared)
        {
            yield return $"Build sets {shared}, which all images of a fleet share; set it once, in Bake.";
        }

        if (Set(Lacking(build)) is { Length: > 0 } lacking)
        {
            yield return $"Build sets {lacking}, which a bake definition has no place for; leave it out, or publish the image by itself with DockerBuildxMultiPlatform.";
        }

        if (build.Context == "-" || build.File == "-" || build.StandardInput is not null || PublishRequest.IsRemote(build.File ?? string.Empty))
        {
            yield return "Build takes context or Dockerfile from standard input (StandardInput, '-'), where docker buildx bake gets the definition, or the Dockerfile alone from another machine; set Build.File to a file, e.g. File = \"./src/Shop/Dockerfile\".";
        }

        foreach (var (name, cache) in build.CacheFrom.Select(cache => ("CacheFrom", cache)).Concat(build.CacheTo.Select(cache => ("CacheTo", cache))))
        {
            if (((IMasked)cache).Secrets.Any())
            {
                yield return $"Build.{name} has a key or token in '{cache}', and no secret stands in a definition; leave it to docker's environment, e.g. Bake.EnvironmentVariables[\"AWS_SECRET_ACCESS_KEY\"].";
            }
        }

        foreach (var address in build.BuildContexts.Values.Select(context => context.Value).Prepend(build.Context).Where(address => SecretMask.PasswordsIn(address).Any()))
        {
            yield return $"Build has a password in the address '{SecretMask.HideKnownForms(address)}', and no secret stands in a definition; leave it out, and give it to docker as the secret GIT_AUTH_TOKEN, e.g. Secrets = {{ \"id=GIT_AUTH_TOKEN,env=GIT_TOKEN\" }}.";
        }
    }

    /// <summary>What the docker at hand cannot do for these builds.</summary>
    public static IEnumerable<string> Check(IEnumerable<FleetMember> members, PreflightFacts facts) =>
        facts.Engine.BuildxVersion is { } version && ZeroVersion.Minor(version) < FirstBuildxWithHosts
            ? members.Where(member => member.Request.Build.AddHosts.Count > 0).Select(member =>
                $"'{member.Name}': Build.AddHosts needs buildx 0.{FirstBuildxWithHosts} in a fleet, and here is {version}, which would drop it without a word. Update buildx, or publish the image by itself with DockerBuildxMultiPlatform.")
            : [];

    private static string Set(IEnumerable<(bool IsSet, string Name)> properties) =>
        string.Join(", ", properties.Where(property => property.IsSet).Select(property => property.Name));

    private static IEnumerable<(bool IsSet, string Name)> ForAll(BuildxBuildSettings build)
    {
        var unset = new BuildxBuildSettings();
        return
        [
            (build.Builder is not null, nameof(build.Builder)),
            (build.DockerConfig is not null, nameof(build.DockerConfig)),
            (build.DockerContext is not null, nameof(build.DockerContext)),
            (build.DockerHost is not null, nameof(build.DockerHost)),
            (build.DockerDebug, nameof(build.DockerDebug)),
            (build.LogLevel is not null, nameof(build.LogLevel)),
            (build.Tls is not null, nameof(build.Tls)),
            (build.TlsVerify is not null, nameof(build.TlsVerify)),
            (build.TlsCaCertificate is not null, nameof(build.TlsCaCertificate)),
            (build.TlsCertificate is not null, nameof(build.TlsCertificate)),
            (build.TlsKey is not null, nameof(build.TlsKey)),
            (build.Retries != unset.Retries, nameof(build.Retries)),
            (build.RetryDeadline != unset.RetryDeadline, nameof(build.RetryDeadline)),
            (build.Progress is not null, nameof(build.Progress)),
            (build.Quiet, "Quiet (Progress = \"quiet\")"),
            (build.ToolPath is not null, nameof(build.ToolPath)),
            (build.ToolTimeout is not null, nameof(build.ToolTimeout)),
            (build.WorkingDirectory is not null, nameof(build.WorkingDirectory)),
            (build.NoWorkingDirectory, nameof(build.NoWorkingDirectory)),
            (build.EnvironmentVariables.Count > 0, nameof(build.EnvironmentVariables)),
            (build.ArgumentCustomization is not null, nameof(build.ArgumentCustomization)),
            (build.HandleExitCode is not null, nameof(build.HandleExitCode)),
            (build.PostAction is not null, nameof(build.PostAction)),
            (build.SetupProcessSettings is not null, nameof(build.SetupProcessSettings)),
        ];
    }

    private static IEnumerable<(bool IsSet, string Name)> Lacking(BuildxBuildSettings build) =>
    [
        (build.CgroupParent is not null, nameof(build.CgroupParent)),
        (build.Resources.Count > 0, nameof(build.Resources)),
        (build.Policies.Count > 0, nameof(build.Policies)),
    ];
}
