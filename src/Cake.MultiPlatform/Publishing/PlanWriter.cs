using System.Collections;

namespace Cake.MultiPlatform;

/// <summary>Writes a plan as JSON, without secrets.</summary>
internal static class PlanWriter
{
    public static string Write(MultiPlatformPlan plan)
    {
        var (goal, connection) = (plan.Goal, plan.Goal.Connection);
        var arguments = connection.ToArguments();
        var mask = arguments.Mask;
        var secrets = new PlanSecrets(connection.EnvironmentVariables.Concat(ProcessVariables()));
        var environment = connection.EnvironmentVariables.OrderBy(variable => variable.Key, StringComparer.Ordinal).ToDictionary(
            variable => variable.Key,
            variable => IsSecret(connection, variable.Key) ? secrets.HideVariable(variable.Key, variable.Value) : secrets.Hide(variable.Value, mask),
            StringComparer.Ordinal);
        foreach (var variable in connection.Secrets.Select(secret => secret.Variable).OfType<string>().Where(variable => !environment.ContainsKey(variable)))
        {
            secrets.Need(variable);
        }

        string? Hide(string? text) => text is null ? null : secrets.Hide(text, mask);
        var document = new PlanDocument
        {
            Version = PlanDocument.CurrentVersion,
            Strategy = plan.Strategy,
            Reason = plan.Reason,
            PushesByDigest = plan.PushesByDigest,
            Images = [.. goal.Targets.Select(target => new PlanTargetDocument { Repository = target.Repository.FullName, Tags = [.. target.References.Select(reference => reference.Tag!)] })],
            Platforms = [.. goal.Platforms.Select(platform => platform.ToString())],
            Profile = goal.Profile,
            Annotations = [.. goal.Annotations.Select(annotation => secrets.Hide(annotation.ToString(), mask))],
            Labels = goal.Labels.ToDictionary(label => label.Key, label => Hide(label.Value), StringComparer.Ordinal),
            Attestations = goal.Attestations,
            Executables = new PlanExecutablesDocument
            {
                ForeignOnPurpose = [.. goal.Executables.ForeignOnPurpose],
                EntrypointIsWarning = goal.Executables.EntrypointIsWarning,
                ForeignIsError = goal.Executables.ForeignIsError,
            },
            Insecure = goal.Insecure,
            AllowPlatformRemoval = goal.AllowPlatformRemoval,
            AllowTagOverwrite = goal.AllowTagOverwrite,
            MaxParallelBuilds = goal.MaxParallelBuilds,
            Connection = new PlanConnectionDocument
            {
                Builder = connection.Builder,
                Config = connection.DockerConfig?.FullPath,
                Context = connection.DockerContext,
                Host = Hide(connection.DockerHost),
                Debug = connection.DockerDebug ? true : null,
                LogLevel = connection.LogLevel,
                Tls = connection.Tls,
                TlsVerify = connection.TlsVerify,
                TlsCaCertificate = connection.TlsCaCertificate?.FullPath,
                TlsCertificate = connection.TlsCertificate?.FullPath,
                TlsKey = connection.TlsKey?.FullPath,
                ToolPath = connection.ToolPath?.FullPath,
                WorkingDirectory = connection.WorkingDirectory?.FullPath,
                TimeoutSeconds = connection.ToolTimeout?.TotalSeconds,
                Environment = environment,
            },
            Steps =
            [
                .. plan.Steps.Select(step =>
                {
                    var words = step.Command.ToWords();
                    var own = words.Mask;
                    return new PlanStepDocument
                    {
                        Kind = step.Kind,
                        Platform = step.Platform?.ToString(),
                        Images = [.. step.Images.Select(image => image.ToString())],
                        Arguments = [.. words.ToKeep().Select(word => secrets.Hide(word, own))],
                        Input = step.Command.InputText is { } input ? secrets.Hide(input, own) : null,
                    };
                }),
            ],

            // The last, because the others find them.
            Secrets = [.. secrets.Names],
        };
        return PlanJson.Write(document, PlanJson.Default.PlanDocument);
    }

    private static bool IsSecret(BuildxBuildSettings connection, string variable) =>
        SecretMask.IsSecretVariable(variable) || connection.Secrets.Any(secret => secret.Variable == variable);

    private static IEnumerable<KeyValuePair<string, string>> ProcessVariables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(variable => new KeyValuePair<string, string>((string)variable.Key, (string?)variable.Value ?? string.Empty))
        .OrderBy(variable => variable.Key, StringComparer.Ordinal);
}
