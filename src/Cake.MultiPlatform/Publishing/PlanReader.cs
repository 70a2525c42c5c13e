using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>Reads a plan that was kept as JSON.</summary>
internal static class PlanReader
{
    public static MultiPlatformPlan Read(string json, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(json);
        var version = Parse(json, PlanJson.Default.PlanVersion).Version;
        if (version != PlanDocument.CurrentVersion)
        {
            throw new CakeException(version is null
                ? "This is not the plan of a publish: it has no version. MultiPlatformPlan.ToJson writes one."
                : $"The plan has version {version}, and this Cake.MultiPlatform reads version {PlanDocument.CurrentVersion}: make the plan again with DockerBuildxMultiPlatformPlan.");
        }

        var document = Parse(json, PlanJson.Default.PlanDocument);
        var secrets = PlanSecrets.Values(document.Secrets, variable);
        var goal = Goal(document, secrets);
        return new MultiPlatformPlan(
            document.Strategy,
            document.Reason,
            document.PushesByDigest,
            goal,
            document.Steps.Select((step, index) => Step(step, index + 1, goal, secrets)));
    }

    private static PublishGoal Goal(PlanDocument document, IReadOnlyDictionary<string, string> secrets) => new()
    {
        Targets =
        [
            .. document.Images.Select(image =>
            {
                var repository = ImageReference.Parse(image.Repository);
                return new PublishTarget(repository, [.. image.Tags.Select(repository.WithTag)]);
            }),
        ],
        Platforms = [.. document.Platforms.Select(ImagePlatform.Parse)],
        Connection = Connection(document, secrets),
        Profile = document.Profile,
        Annotations = [.. document.Annotations.Select(annotation => BuildAnnotation.Parse(PlanSecrets.Show(annotation, secrets)))],
        Labels = document.Labels.ToDictionary(label => label.Key, label => label.Value is null ? null : PlanSecrets.Show(label.Value, secrets), StringComparer.Ordinal),
        Attestations = document.Attestations,
        Insecure = document.Insecure,
        AllowPlatformRemoval = document.AllowPlatformRemoval,
        AllowTagOverwrite = document.AllowTagOverwrite,
        MaxParallelBuilds = document.MaxParallelBuilds,
    };

    private static BuildxBuildSettings Connection(PlanDocument document, IReadOnlyDictionary<string, string> secrets)
    {
        var said = document.Connection;

        // It knows what is secret, and every command that connects as it does masks it.
        var carrier = new SilentSavedCommand(new ManifestCreateSettings(), [], [.. secrets.Values])
        {
            DockerConfig = said.Config is { } config ? new DirectoryPath(config) : null,
            DockerContext = said.Context,
            DockerHost = said.Host is { } host ? PlanSecrets.Show(host, secrets) : null,
            DockerDebug = said.Debug == true,
            LogLevel = said.LogLevel,
            Tls = said.Tls,
            TlsVerify = said.TlsVerify,
            TlsCaCertificate = File(said.TlsCaCertificate),
            TlsCertificate = File(said.TlsCertificate),
            TlsKey = File(said.TlsKey),
            ToolPath = File(said.ToolPath),
            WorkingDirectory = said.WorkingDirectory is { } folder ? new DirectoryPath(folder) : null,
            ToolTimeout = said.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        foreach (var (name, value) in said.Environment)
        {
            carrier.EnvironmentVariables[name] = PlanSecrets.Show(value, secrets);
        }

        var connection = new BuildxBuildSettings { Builder = said.Builder };
        connection.ConnectLike(carrier);
        foreach (var name in secrets.Keys)
        {
            connection.Secrets.Add(BuildSecret.FromEnvironment(name));
        }

        return connection;
    }

    private static MultiPlatformStep Step(PlanStepDocument step, int number, PublishGoal goal, IReadOnlyDictionary<string, string> secrets)
    {
        IReadOnlyList<string> words = [.. step.Arguments.Select(word => PlanSecrets.Show(word, secrets))];
        var command = SavedCommand.Of(words, [.. secrets.Values]) is { } known && known.Kinds.Contains(step.Kind)
            ? known.Command
            : throw new CakeException($"Step {number} of the plan cannot be run: '{string.Join(' ', step.Arguments.Take(3))}' is not a command of kind {step.Kind}.");
        command.ConnectLike(goal.Connection);
        command.StandardInput = step.Input is null ? null : PlanSecrets.Show(step.Input, secrets);
        return new MultiPlatformStep(
            step.Kind,
            command,
            step.Images.Select(ImageReference.Parse),
            step.Platform is null ? null : ImagePlatform.Parse(step.Platform));
    }

    private static FilePath? File(string? path) => path is null ? null : new FilePath(path);

    private static T Parse<T>(string json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It is 'null'.");
        }
        catch (JsonException e)
        {
            throw new CakeException($"This is not the plan of a publish: {e.Message} MultiPlatformPlan.ToJson writes one.", e);
        }
    }
}
