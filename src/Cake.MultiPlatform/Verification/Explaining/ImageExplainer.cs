using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>Finds out whether an image runs on a host. Asking and judging are apart, so that judging can be tested without docker.</summary>
internal sealed class ImageExplainer(ICakeContext context)
{
    private readonly DockerTool docker = new(context);

    /// <summary>Explains an image on this engine: what the engine's store holds under the name counts before what the registry has, as for docker itself.</summary>
    public ImageExplanation OnThisEngine(BuildxImagetoolsInspectSettings settings, bool hasFailed)
    {
        settings.Validate();
        var image = settings.Image!.WithDefaultTag();
        var inspect = new ImageInspectSettings { Images = { image.ToString() } };
        inspect.ConnectLike(settings);
        var registry = SideBySide.Start(() => Ask(settings, isAskedOnce: true));
        var local = SideBySide.Start(() => docker.Try(inspect));
        var engine = Engine(settings);
        var builder = Builder(settings, engine);
        Task.WhenAll(registry, local).GetAwaiter().GetResult();

        var own = ImagePlatform.ParseDocument(engine.Os, engine.Architecture);
        var listed = builder.Value?.Platforms;
        var details = local.Result.Value is { Count: > 0 } found ? found[0] : null;
        return Judge(new ExplainFacts
        {
            Image = image,
            Host = Best(own, listed ?? []),
            Registry = registry.Result,
            Local = details?.Platform,
            Emulated = BinfmtEmulators.Of(context, settings, engine) is { } registered ? [.. listed ?? [], .. registered] : listed,
            Executables = hasFailed && details is not null ? Files(image, details, settings) : null,
            HasFailed = hasFailed,
        });
    }

    /// <summary>Explains an image on a host of that platform of which nothing else is known.</summary>
    public ImageExplanation On(BuildxImagetoolsInspectSettings settings, ImagePlatform host)
    {
        settings.Validate();
        return Judge(new ExplainFacts { Image = settings.Image!.WithDefaultTag(), Host = host, Registry = Ask(settings, isAskedOnce: false) });
    }

    /// <summary>Judges the facts.</summary>
    /// <exception cref="DockerException">Neither the registry nor the store knows the image.</exception>
    internal static ImageExplanation Judge(ExplainFacts facts)
    {
        if (facts.Local is null && facts.Registry.Failure is { } failure)
        {
            throw failure;
        }

        var available = (facts.Registry.Value?.Platforms ?? []).Where(platform => !platform.IsUnknown).Distinct().ToArray();

        // Of an index docker takes what suits the host or nothing; of an image without one what there is.
        var taken = facts.Local ?? (facts.Registry.Value!.IsIndex ? facts.Host.Choose(available) : available.FirstOrDefault() ?? ImagePlatform.Unknown);
        var verdict = VerdictOf(facts, taken);
        return new ImageExplanation
        {
            Image = facts.Image,
            Host = facts.Host,
            Verdict = verdict,
            Platform = taken,
            IsFromStore = facts.Local is not null,
            Available = available,
            Reasons = [.. ExplainWords.Reasons(facts, available, taken, verdict)],
            Remedies = [.. ExplainWords.Remedies(facts, available, taken, verdict)],
        };
    }

    private static ImageVerdict VerdictOf(ExplainFacts facts, ImagePlatform? taken)
    {
        if (taken is null)
        {
            return ImageVerdict.NoPlatform;
        }

        if (facts.Executables is { IsRight: false })
        {
            return ImageVerdict.Mislabelled;
        }

        if (taken.CanRunOn(facts.Host))
        {
            return facts.HasFailed ? ImageVerdict.Mislabelled : ImageVerdict.Native;
        }

        if (facts.Emulated?.Any(taken.CanRunOn) != true)
        {
            return ImageVerdict.NeedsEmulator;
        }

        return facts.HasFailed ? ImageVerdict.Mislabelled : ImageVerdict.Emulated;
    }

    // What cannot be saved (of an index docker may hold a part only) cannot be read either, and leaves a suspicion.
    private ExecutableReport? Files(ImageReference image, ImageDetails details, BuildxImagetoolsInspectSettings settings)
    {
        try
        {
            return new ImageExecutables(docker).OfStore([(image, details)], new ExecutableRules(), settings).FirstOrDefault(report => report.Platform == details.Platform);
        }
        catch (Exception e) when (e is DockerException or CakeException)
        {
            context.Log.Verbose("{0}", $"The files of '{image}' could not be read: {e.Message}");
            return null;
        }
    }

    // The engine's own builder lists what the processor can do beyond the plain architecture, e.g. amd64/v3.
    private static ImagePlatform Best(ImagePlatform own, IEnumerable<ImagePlatform> listed) =>
        listed.Where(platform => platform.Os == own.Os && platform.Architecture == own.Architecture && own.CanRunOn(platform))
            .Append(own)
            .MaxBy(platform => platform.RunnableArchitectures().Count)!;

    private Attempt<MultiPlatformImage> Ask(BuildxImagetoolsInspectSettings settings, bool isAskedOnce)
    {
        var inspect = new BuildxImagetoolsInspectSettings { Image = settings.Image!.WithDefaultTag(), Builder = settings.Builder, IsAskedOnce = isAskedOnce };
        inspect.ConnectLike(settings);
        return docker.Try(inspect);
    }

    private EngineInfo Engine(BuildxImagetoolsInspectSettings settings)
    {
        var info = new InfoSettings();
        info.ConnectLike(settings);
        info.HandleExitCode = _ => true;
        var engine = docker.Run(info);
        return engine.IsRunning
            ? engine
            : throw new CakeException($"DockerImageExplain: no docker engine answers, so it is not known what runs on it. {string.Join(' ', engine.ServerErrors ?? [])} Start it, or name the platform of the host, e.g. DockerImageExplain(\"{settings.Image}\", \"linux/arm64\").");
    }

    // The builder of the engine itself has the name of the docker context; others may run elsewhere.
    private Attempt<Builder> Builder(BuildxImagetoolsInspectSettings settings, EngineInfo engine)
    {
        var inspect = new BuildxInspectSettings { Name = engine.Client is { Context.Length: > 0 } client ? client.Context : "default" };
        inspect.ConnectLike(settings);
        return docker.Try(inspect);
    }
}
