using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>Judges what was found out about a machine. Asking and judging are apart, so that judging can be tested without docker.</summary>
internal static class Doctor
{
    private const string DockerDriver = "docker";
    private const long Megabyte = 1_000_000;
    private const long Gigabyte = 1000 * Megabyte;

    // A build of a small image needs some of the first; a .NET image with its SDK needs the second.
    private const long TooLittle = 256 * Megabyte;
    private const long Little = 2 * Gigabyte;

    // The first that lists builders as JSON and takes all that publishing asks of it.
    private static readonly Version OldestBuildx = new(0, 13);

    public static DoctorReport Judge(PublishRequest request, DoctorFacts facts)
    {
        if (facts.Publishing is not { } publishing)
        {
            return new DoctorReport { Lines = [Bad("docker", facts.NoClient ?? string.Empty, string.Empty)] };
        }

        var lines = new List<DoctorLine> { Client(publishing.Engine) };
        lines.Add(Buildx(publishing.Engine, request.Goal.Connection));
        lines.Add(Engine(publishing));
        if (publishing.Engine.IsRunning)
        {
            lines.Add(Store(publishing));
            lines.Add(Disk(facts));
        }

        var hasBuildx = publishing.Engine.BuildxVersion is not null;
        if (hasBuildx)
        {
            lines.AddRange(Builder(publishing, facts));
            lines.AddRange(Platforms(request, publishing));
        }

        if (request.Goal.Targets.Count > 0 && hasBuildx)
        {
            var tags = request.Goal.References.Zip(publishing.Before).ToArray();
            lines.AddRange(tags.Select(tag => Registry(tag.First, tag.Second)));
            lines.AddRange(request.Goal.Targets.Select(target => target.Repository).DistinctBy(repository => repository.Registry, StringComparer.Ordinal)
                .Select(repository => Login(repository, [.. tags.Where(tag => tag.First.Registry == repository.Registry).Select(tag => tag.Second)], facts)));
            lines.Add(Push(publishing));
        }

        return Publish(request, publishing, lines);
    }

    private static DoctorLine Client(EngineInfo engine) =>
        Good("docker", engine.Client?.Version is { Length: > 0 } version ? $"The client is version {version}." : "The client is there.");

    private static DoctorLine Buildx(EngineInfo engine, DockerSettings connection)
    {
        if (engine.BuildxVersion is not { } text)
        {
            return connection.IsPodman
                ? Bad("buildx", "Podman has no buildx.", "Set ToolPath to docker; or build with DockerImageBuild, a platform at a time, and DockerManifestCreate.")
                : Bad("buildx", "Docker has no buildx plugin.", DockerFailure.Known(DockerFailureKind.NoBuildx).Remedy);
        }

        return BuildxVersion.Parse(text).Version < OldestBuildx
            ? Warning("buildx", $"The plugin is version {text}.", $"Update it to {OldestBuildx} or later: not all that publishing uses is in older ones.")
            : Good("buildx", $"The plugin is version {text}.");
    }

    private static DoctorLine Engine(PreflightFacts facts)
    {
        var engine = facts.Engine;
        if (engine.IsRunning)
        {
            return Good("engine", $"Version {engine.ServerVersion}, {engine.Os} on {engine.Architecture}{(engine.MachineName.Length > 0 ? $", on the machine '{engine.MachineName}'" : string.Empty)}.");
        }

        // Docker 28 leaves it out of the JSON; buildx says it of the engine's own builder.
        IReadOnlyList<string> errors = engine.ServerErrors is { Count: > 0 } told
            ? told
            : engine.BuildxVersion is null ? []
            : [.. new[] { facts.Builder.Value?.Error ?? (facts.Builder.Failure?.ErrorTail is [.., var last] ? last : null) }.OfType<string>().Where(error => error.Length > 0)];
        var said = errors.Count > 0 ? $" Docker says: {SecretMask.HideKnownForms(string.Join(' ', errors))}" : string.Empty;
        var remedy = DockerFailure.Of(errors, []) is { Kind: DockerFailureKind.NoEngine } known ? known.Remedy : DockerFailure.Known(DockerFailureKind.NoEngine).Remedy;
        return UsesEngine(facts.Builder.Value)
            ? Bad("engine", $"No docker engine answers.{said}", remedy)
            : Warning("engine", $"No docker engine answers, and the builder '{facts.Builder.Value!.Name}' needs none.{said}", remedy);
    }

    private static DoctorLine Store(PreflightFacts facts)
    {
        if (facts.Engine.ImageStore == ImageStore.Containerd)
        {
            return Good("image store", "The containerd store: several platforms under one tag.");
        }

        const string Finding = "The classic store: one platform under one tag.";
        return facts.Builder.Value is { Driver: not DockerDriver } builder
            ? Good("image store", $"{Finding} The builder '{builder.Name}' does not build into it.")
            : Warning("image store", $"{Finding} The builder that builds into it cannot build several platforms at once, and images carry no attestations.", "Switch to the containerd image store (https://docs.docker.com/engine/storage/containerd/), or use a builder of its own (DockerBuildxEnsureBuilder).");
    }

    private static DoctorLine Disk(DoctorFacts facts)
    {
        if (facts.Disk is not { } disk)
        {
            return new DoctorLine(DoctorState.Unknown, "disk", "The engine is on another machine, and docker does not tell how much room that has.", string.Empty);
        }

        var finding = $"{Size(disk.Free)} of {Size(disk.Total)} are free where the engine keeps its data ({disk.Folder}).";
        var remedy = DockerFailure.Known(DockerFailureKind.DiskFull).Remedy;
        return disk.Free switch
        {
            < TooLittle => Bad("disk", finding, remedy),
            < Little => Warning("disk", finding, remedy),
            _ => Good("disk", finding),
        };
    }

    private static IEnumerable<DoctorLine> Builder(PreflightFacts publishing, DoctorFacts facts)
    {
        if (publishing.Builder.Failure is { } failure)
        {
            // Without an engine its builder cannot be read, which is said already.
            if (failure.Kind != DockerFailureKind.NoEngine || publishing.Engine.IsRunning)
            {
                yield return Bad("builder", failure.LastLine, failure.Remedy);
            }
        }
        else if (publishing.Builder.Value is { } builder && (publishing.Engine.IsRunning || !UsesEngine(builder)))
        {
            var errors = builder.Nodes.Select(node => node.Error).Prepend(builder.Error).Where(error => error.Length > 0).ToArray();
            var dead = builder.Nodes.Where(node => node.Status is not "running").ToArray();
            yield return errors.Length > 0
                ? Bad("builder", $"'{builder.Name}' cannot be used: {SecretMask.HideKnownForms(string.Join(' ', errors))}", $"'docker buildx inspect {builder.Name} --bootstrap' tries to start it; DockerBuildxEnsureBuilder makes one.")
                : dead.Length > 0
                    ? Warning("builder", $"'{builder.Name}' (driver {builder.Driver}): {string.Join(", ", dead.Select(node => $"node {node.Name} at '{SecretMask.HideKnownForms(node.Endpoint)}' is {node.Status}"))}.", "It is started by the first build; DockerBuildxEnsureBuilder starts it now and says what keeps it from starting.")
                    : Good("builder", $"'{builder.Name}' (driver {builder.Driver}) runs and lists {builder.Platforms}.");
        }

        if (facts.NoBuilders is { } reason && publishing.Engine.IsRunning)
        {
            yield return Warning("builders", $"Docker cannot list the builders: {reason}", "A builder file that is broken makes this fail for all; DockerBuildxEnsureBuilder for that builder repairs it.");
        }

        var others = facts.Builders.Where(other => other.Name != publishing.Builder.Value?.Name).ToArray();
        if (others.Length > 0)
        {
            yield return Good("builders", $"There are also {string.Join(", ", others.Select(other => $"'{other.Name}' (driver {other.Driver}{(other.Platforms.Count > 0 ? $", {other.Platforms}" : string.Empty)})"))}.");
        }
    }

    private static IEnumerable<DoctorLine> Platforms(PublishRequest request, PreflightFacts publishing)
    {
        if (publishing.Builder.Value is not { Platforms.Count: > 0 } builder)
        {
            return [];
        }

        return request.Goal.Platforms.Select(platform =>
        {
            var support = publishing.SupportOf(platform)!;
            var subject = $"platform {platform}";
            return support.Execution switch
            {
                PlatformExecution.Native => Good(subject, $"It builds natively on node '{support.Node}'."),
                PlatformExecution.Emulated => new DoctorLine(DoctorState.Good, subject, $"It builds under emulation on node '{support.Node}'.", EmulationAdvice.NativeNode),
                _ => Warning(subject, $"No emulator: the builder '{builder.Name}' does not list it. Steps that run something fail with 'exec format error'; those that copy work.", EmulationAdvice.NoEmulator),
            };
        });
    }

    private static DoctorLine Registry(ImageReference reference, Attempt<MultiPlatformImage> before)
    {
        var subject = $"registry {reference.Registry}";
        return before.Failure switch
        {
            null => Good(subject, $"It answers; '{reference}' holds {(before.Value!.Platforms.Count > 0 ? string.Join(", ", before.Value.Platforms.Select(platform => platform.ToString())) : "no platform")} now."),
            { Kind: DockerFailureKind.ManifestUnknown } => Good(subject, $"It answers; '{reference}' is new."),
            { Kind: DockerFailureKind.NotLoggedIn or DockerFailureKind.Denied } refused => Good(subject, $"It answers, and lets nobody read '{reference}' like this: {refused.LastLine}"),
            { Kind: DockerFailureKind.NoEngine or DockerFailureKind.NoBuilder or DockerFailureKind.NoBuildx } => new DoctorLine(DoctorState.Unknown, subject, "It could not be asked without what is missing above.", string.Empty),
            var failure => Bad(subject, $"'{reference}' cannot be read: {failure.LastLine}", failure.Remedy),
        };
    }

    private static DoctorLine Login(ImageReference repository, Attempt<MultiPlatformImage>[] tags, DoctorFacts facts)
    {
        var registry = repository.Registry;
        var has = facts.Logins.Has(registry);
        var login = $"DockerLogin(new LoginSettings {{ Server = \"{registry}\", … }}), or 'docker login {registry}'";
        if (facts.NoLogins is { } unreadable)
        {
            return Bad("login", unreadable, "Mend the file, or remove it and log in again.");
        }

        var refused = tags.Select(before => before.Failure).FirstOrDefault(failure => failure?.Kind is DockerFailureKind.NotLoggedIn or DockerFailureKind.Denied);
        return refused switch
        {
            { Kind: DockerFailureKind.NotLoggedIn } when has => Bad("login", $"The registry {registry} refuses the login that docker has for it: {refused.LastLine}", $"The password is wrong, or the token is no longer valid: log in anew with {login}."),
            { Kind: DockerFailureKind.NotLoggedIn } => Bad("login", $"The registry {registry} wants a login, and docker has none for it.", $"Log in with {login}."),
            { } => Warning("login", $"The registry {registry} refuses to show '{repository}' to {(has ? "this login" : "somebody without a login")}: {refused.LastLine} Some answer so for a repository that does not exist yet.", has ? refused.Remedy : $"Log in with {login}."),
            null when tags.All(before => before.Failure is { Kind: not DockerFailureKind.ManifestUnknown }) =>
                new DoctorLine(DoctorState.Unknown, "login", $"Docker has {(has ? "a" : "no")} login for {registry}, which could not be tried.", string.Empty),
            null when has => Good("login", $"Docker has a login for {registry}, and could read with it."),
            null when repository.IsLoopbackRegistry => Good("login", $"Docker has no login for {registry}, and needed none to read."),
            null => Warning("login", $"Docker has no login for {registry}. It needed none to read, but most registries want one for a push.", $"Log in with {login}, unless this registry takes pushes from anybody."),
        };
    }

    // Docker has no command that asks for the right to push without pushing something that stays.
    private static DoctorLine Push(PreflightFacts publishing) =>
        publishing.Before.Any(before => before.Failure?.Kind == DockerFailureKind.NotLoggedIn)
            ? Bad("push", "Without a login that the registry takes nothing can be pushed.", "See login.")
            : new DoctorLine(DoctorState.Unknown, "push", "Whether the account may push is not known: docker has no way to ask without pushing.", string.Empty);

    private static DoctorReport Publish(PublishRequest request, PreflightFacts publishing, List<DoctorLine> lines)
    {
        if (request.Goal.Targets.Count == 0 || request.Goal.Platforms.Count == 0)
        {
            return new DoctorReport { Lines = lines };
        }

        var report = Preflight.Judge(request, publishing);
        lines.AddRange(report.Problems.Select(problem => Bad("publish", problem, string.Empty)));
        if (report.Plan is not { } plan)
        {
            return new DoctorReport { Lines = lines };
        }

        var what = $"{string.Join(", ", request.Goal.References)} for {request.Goal.Platforms}";
        if (lines.Any(line => line.State == DoctorState.Bad))
        {
            lines.Add(new DoctorLine(DoctorState.Unknown, "publish", $"{what} would go by strategy {plan.Strategy}, once what is bad above is mended.", string.Empty));
            return new DoctorReport { Lines = lines };
        }

        lines.Add(Good("publish", $"{what} would go by strategy {plan.Strategy}: {report.Reason}"));
        return new DoctorReport { Lines = lines, Strategy = plan.Strategy };
    }

    // A builder that cannot be read is taken for the engine's own, which is the default.
    private static bool UsesEngine(Builder? builder) => builder is not { Error: "", Driver: not DockerDriver };

    private static string Size(long bytes) => bytes < Gigabyte
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Megabyte:0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Gigabyte:0.0} GB");

    private static DoctorLine Good(string subject, string finding) => new(DoctorState.Good, subject, finding, string.Empty);

    private static DoctorLine Warning(string subject, string finding, string remedy) => new(DoctorState.Warning, subject, finding, remedy);

    private static DoctorLine Bad(string subject, string finding, string remedy) => new(DoctorState.Bad, subject, finding, remedy);
}
