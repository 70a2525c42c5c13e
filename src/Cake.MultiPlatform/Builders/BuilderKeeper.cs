using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Makes sure that a builder is there, as it was asked for, and runs. Every step looks at what is there and does what is missing,
/// so it may be repeated, run by several processes at once, and killed between any two steps.
/// </summary>
internal sealed class BuilderKeeper(ICakeContext context)
{
    // Another process may create, remove or start the same builder between our look and our step.
    private const int Attempts = 5;

    private readonly DockerTool docker = new(context);

    /// <summary>Creates or adopts the builder, starts it and checks its platforms.</summary>
    /// <exception cref="CakeException">A builder of that name is another one, or it does not have the platforms.</exception>
    /// <exception cref="DockerException">Docker failed.</exception>
    public Builder Ensure(BuilderRequest request)
    {
        new BuilderFiles(context, request.Connection).RemoveLeftOvers();
        var builder = Retrying(() => Started(request, Found(request)));
        CheckPlatforms(request, builder);
        if (request.Settings.Use)
        {
            docker.RunCommand(Connected(request, new BuildxUseSettings { Name = request.Name }));
        }

        return builder;
    }

    /// <summary>Removes a builder, if it is there.</summary>
    public void Remove(BuilderRequest request)
    {
        try
        {
            docker.Run(Connected(request, new BuildxRmSettings { Names = { request.Name }, Force = true }));
        }
        catch (DockerException failure) when (IsMissing(failure))
        {
            // Somebody else removed it.
        }
    }

    private Builder Found(BuilderRequest request)
    {
        var builder = Find(request);
        if (builder is null)
        {
            WithConfiguration(request, configuration => docker.Run(request.Create(configuration)));
            builder = Inspect(request, bootstrap: false);
        }

        if (BuilderDifferences.Between(request, builder) is { Count: > 0 } differences)
        {
            throw new CakeException(
                $"DockerBuildxEnsureBuilder: there is a builder '{request.Name}' with other settings, and it was left alone:{Environment.NewLine}"
                + string.Join(Environment.NewLine, differences.Select(difference => $"  - {difference}"))
                + $"{Environment.NewLine}Ask for what it has, take another name, or remove it with DockerBuildxRm(\"{request.Name}\").");
        }

        var missing = request.Settings.Nodes.Select((_, index) => index).Where(index => !builder.Nodes.Any(node => node.Name == request.NodeName(index))).ToArray();
        foreach (var index in missing)
        {
            WithConfiguration(request, configuration => docker.Run(request.Append(index, configuration)));
        }

        return missing.Length == 0 ? builder : Inspect(request, bootstrap: false);
    }

    // Starting is a docker start of its own, which a builder that runs does not need.
    private Builder Started(BuilderRequest request, Builder builder)
    {
        if (builder.Nodes.All(IsRunning))
        {
            return builder;
        }

        DockerException? reason = null;
        try
        {
            builder = Inspect(request, bootstrap: true);
        }
        catch (DockerException failure) when (!IsRace(failure))
        {
            reason = failure;
        }

        return reason is null && builder.Error.Length == 0 && builder.Nodes.All(node => node.Error.Length == 0)
            ? builder
            : throw DoesNotRun(request, builder, reason);
    }

    private static CakeException DoesNotRun(BuilderRequest request, Builder builder, DockerException? reason) => new(
        $"DockerBuildxEnsureBuilder: the builder '{request.Name}' does not run: {builder.Error}{Environment.NewLine}"
        + string.Join(Environment.NewLine, builder.Nodes.Where(node => !IsRunning(node)).Select(node =>
            $"  - node {node.Name} at '{SecretMask.HideKnownForms(node.Endpoint)}' is {(node.Status.Length > 0 ? node.Status : "not to be reached")}. {node.Error}"))
        + $"{Environment.NewLine}{reason?.Message ?? $"Check that the nodes answer; 'docker buildx inspect {request.Name} --bootstrap' tries again."}",
        reason!);

    private static bool IsRunning(BuilderNode node) => node is { Status: "running", Error: "" };

    private Builder? Find(BuilderRequest request)
    {
        try
        {
            return Inspect(request, bootstrap: false);
        }
        catch (DockerException failure) when (IsMissing(failure))
        {
            return null;
        }
        catch (DockerException failure) when (BuilderFiles.IsUnreadable(failure) && new BuilderFiles(context, request.Connection).Remove(request.Name))
        {
            context.Log.Warning("{0}", $"The builder '{request.Name}' could not be read, as after a docker that was killed while it wrote; it is made anew. {failure.Message}");
            return null;
        }
    }

    private Builder Inspect(BuilderRequest request, bool bootstrap) =>
        docker.Run(Connected(request, new BuildxInspectSettings { Name = request.Name, Bootstrap = bootstrap, Timeout = request.Nodes[0].Timeout }));

    private static void WithConfiguration(BuilderRequest request, Action<Core.IO.FilePath?> create)
    {
        if (request.Settings.Buildkitd is not { } configuration)
        {
            create(null);
            return;
        }

        // Buildx keeps a copy of its own.
        using var file = configuration.Write();
        create(file.Path);
    }

    private static void CheckPlatforms(BuilderRequest request, Builder builder)
    {
        var platforms = builder.Platforms;
        var missing = request.Settings.Platforms.Where(platform => !platforms.Contains(platform)).ToArray();
        if (missing.Length > 0)
        {
            throw new CakeException(
                $"DockerBuildxEnsureBuilder: the builder '{request.Name}' does not build for {string.Join(", ", missing.Select(platform => platform.ToString()))}:{Environment.NewLine}"
                + string.Join(Environment.NewLine, builder.Nodes.Select(node => $"  - node {node.Name} lists {(node.Platforms.Count > 0 ? node.Platforms : "nothing")}"))
                + $"{Environment.NewLine}Install emulators where it runs (DockerInstallEmulators), add a node that runs them natively (Nodes), or, where docker does not list what works, name them in the Platforms of a node.");
        }
    }

    private static Builder Retrying(Func<Builder> step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return step();
            }
            catch (DockerException failure) when (attempt < Attempts && IsRace(failure))
            {
                Thread.Sleep(100 * attempt);
            }
        }
    }

    // "rm" says it above its last words.
    private static bool IsMissing(DockerException failure) =>
        failure.Kind == DockerFailureKind.NoBuilder || failure.ErrorTail.Any(line => line.Contains("no builder \"", StringComparison.Ordinal));

    // Create: "existing instance for …"; starting: the container's name is taken, or gone again.
    private static bool IsRace(DockerException failure) => IsMissing(failure) || failure.ErrorTail.Any(line =>
        line.Contains("existing instance for", StringComparison.Ordinal)
        || line.Contains("is already in use by container", StringComparison.Ordinal)
        || line.Contains("No such container", StringComparison.Ordinal));

    private static T Connected<T>(BuilderRequest request, T command)
        where T : DockerSettings
    {
        command.ConnectLike(request.Connection);
        return command;
    }
}
