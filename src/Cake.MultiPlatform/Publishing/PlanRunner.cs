using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>Runs a plan: builds, checks what was built where nobody can see it yet, and moves the tags last.</summary>
/// <param name="docker">What runs docker.</param>
/// <param name="context">The Cake context.</param>
/// <param name="plan">What is to be done.</param>
/// <param name="facts">What was found before.</param>
/// <param name="terms">What has to hold before a tag moves.</param>
/// <param name="journal">What an earlier run has built; <see langword="null"/> where nobody keeps that.</param>
/// <param name="others">The digests of what other machines built; <see langword="null"/> where it is built here.</param>
internal sealed class PlanRunner(
    DockerTool docker,
    ICakeContext context,
    MultiPlatformPlan plan,
    PreflightFacts facts,
    ContractTerms terms,
    PublishJournal? journal = null,
    IReadOnlyDictionary<ImagePlatform, string>? others = null)
{
    private readonly Dictionary<string, string> digests = (others ?? new Dictionary<ImagePlatform, string>()).ToDictionary(built => built.Key.ToString(), built => built.Value, StringComparer.Ordinal);
    private readonly HashSet<ImageReference> made = [];
    private readonly PlanBuilds builds = new(docker, context, plan, facts, journal);
    private readonly PublishGoal goal = plan.Goal;

    // How the registry is reached where what was pushed is read.
    private readonly BuildxBuildSettings pushedTo = plan.Goal.Connection.OfPushed();

    // What the first tags hold, where something else had to be read at the same time just before they move.
    private IReadOnlyList<Attempt<MultiPlatformImage>>? lastLook;

    // Whether other images are checked before the first tag moves, so that what tags hold is looked at only then.
    private bool waitsForOthers;

    /// <summary>What the files of each platform's image were found to be.</summary>
    public IReadOnlyList<ExecutableReport> Executables { get; private set; } = [];

    /// <summary>Publishes; returns what was built.</summary>
    public MultiPlatformImage Run()
    {
        var built = Stage();
        TagMover.Move([Mover(built)], context.Log);
        return built;
    }

    /// <summary>Takes what was built together with other images, and checks it; no tag is touched.</summary>
    public MultiPlatformImage Stage(string digest)
    {
        digests[PlanDigest.Build] = digest;
        waitsForOthers = true;
        return Stage();
    }

    /// <summary>What moves the tags onto what was built and checked.</summary>
    public TagMover Mover(MultiPlatformImage built) => new(docker, plan, facts, built, digests, lastLook);

    private MultiPlatformImage Stage()
    {
        var built = plan.Strategy switch
        {
            MultiPlatformStrategy.Buildx when plan.PushesByDigest => Together(),
            MultiPlatformStrategy.Buildx => TogetherInTheStore(),
            MultiPlatformStrategy.Index => Index(),
            _ => Manifest(),
        };
        HoldRules(TagRules.CheckOverwrite(goal, facts.Before, built));
        return built;
    }

    /// <summary>Builds, and checks each platform's image by itself; no tag is touched.</summary>
    public IReadOnlyList<PlatformBuild> BuildAlone()
    {
        Build();
        var (images, executables) = ReadPlatforms();
        foreach (var (platform, image) in goal.Platforms.Zip(images))
        {
            Hold(ImageContract.Check(terms with { Platforms = [platform], Annotations = PlanAnnotations.OfManifest(goal.Annotations, platform) }, image).Violations);
        }

        Hold(executables);
        return [.. goal.Platforms.Select(platform => new PlatformBuild { Platform = platform, Digest = digests[platform.ToString()], Finished = TimeProvider.System.GetUtcNow() })];
    }

    /// <summary>Removes what a publish that failed leaves on this machine; a list that was pushed is removed by its push.</summary>
    public void CleanUp()
    {
        foreach (var list in plan.StepsOf(MultiPlatformStepKind.List).SelectMany(step => step.Images).Where(made.Contains))
        {
            try
            {
                new ManifestLists(docker).Remove(list, goal.Connection);
            }
            catch (DockerException failure)
            {
                context.Log.Warning("{0}", $"The local list '{list}' is left over: {failure.Message}");
            }
        }
    }

    private MultiPlatformImage Together()
    {
        Build();
        var digest = digests[PlanDigest.Build];
        var pushed = goal.Home.Repository.WithDigest(digest);
        var built = builds.HaveFiles ? ReadDocuments(pushed) : ReadTogether(pushed);
        Hold(builds.HaveFiles ? [.. built.Images.Select(builds.Examine)] : Executables);
        HoldElsewhere(built, goal.Targets.Skip(1).Select(target => target.Repository.WithDigest(digest)));
        return built;
    }

    private MultiPlatformImage TogetherInTheStore()
    {
        Build();
        var digest = digests[PlanDigest.Build];
        var layers = new ArchiveLayers();
        var built = new LocalImages(docker).Read(plan.StepsOf(MultiPlatformStepKind.Build).First().Images[0], digest, goal.Connection, layers);
        Hold(built);
        Hold(ImageExecutables.OfArchive(built, layers, goal.Executables));
        var pushes = plan.StepsOf(MultiPlatformStepKind.Push).ToArray();
        SideBySide.All(pushes, push => docker.RunCommand(push.Command));

        // Docker says that it pushed an index also where it left out a part of it.
        HoldElsewhere(built, pushes.Select(push => push.Images[0].WithoutTagAndDigest().WithDigest(digest)));
        return built;
    }

    private MultiPlatformImage Index()
    {
        Build();
        Copy();
        var (platforms, executables) = ReadPlatforms();

        // What the tags are going to point at is known before it is there: the command says what it would write.
        var look = SideBySide.Start(LookAtFirstTags);
        var indexes = docker.RunAll(plan.StepsOf(MultiPlatformStepKind.Tag).Select(tags => SavedCommand.DryRun(Known((DockerSettings<OciIndex?>)tags.Command), goal).OfPushed()))
            .Zip(goal.Targets, (index, target) => Image(index!, target.Repository, platforms)).ToArray();
        lastLook = look.GetAwaiter().GetResult();
        Hold(indexes[0]);
        Hold(executables);
        Hold(indexes.Skip(1).SelectMany(index => ImageContract.CheckSame(indexes[0], index)));
        return indexes[0];
    }

    private MultiPlatformImage Manifest()
    {
        Build();

        // All platforms are built and looked at before the first is pushed.
        var steps = plan.StepsOf(MultiPlatformStepKind.Build).ToArray();
        var inspect = goal.Connected(new ImageInspectSettings());
        foreach (var build in steps)
        {
            inspect.Images.Add(build.Images[0].ToString());
        }

        var details = docker.Run(inspect);
        var configs = steps.Zip(details, (build, found) => (build.Platform, Config: found.ToConfig())).ToDictionary(pair => pair.Platform!, pair => pair.Config);
        Hold(CheckBuilt(steps, details));
        Hold(new ImageExecutables(docker).OfStore([.. steps.Zip(details, (build, found) => (build.Images[0], found))], goal.Executables, goal.Connection));

        var pushes = plan.StepsOf(MultiPlatformStepKind.Push).ToArray();
        var pushed = SideBySide.All(pushes, push => Push(push, configs[push.Platform!]));
        foreach (var (push, image) in pushes.Zip(pushed))
        {
            digests[push.DigestName] = image.Digest;
        }

        var manifests = docker.RunAll(pushed.Select(image => ManifestLists.Inspection(pushedTo, goal.Home.Repository.WithDigest(image.Digest), goal.Insecure)));
        pushed = [.. pushed.Zip(manifests, (image, manifest) => image with { Manifest = manifest.ToManifest() })];
        Copy();
        var lists = plan.StepsOf(MultiPlatformStepKind.List).Select(list => MakeList(list, pushed)).ToArray();
        foreach (var list in lists)
        {
            Hold(ImageContract.Check(terms with { Built = list with { Images = pushed } }, list).Violations);
        }

        HoldElsewhere(lists[0], goal.Targets.Skip(1).Select(target => target.Staging));
        return lists[0];
    }

    // The files are read while the documents are, which say what the files are to be when a platform's are complete.
    private MultiPlatformImage ReadTogether(ImageReference pushed)
    {
        using var end = new CancellationTokenSource();
        var documents = SideBySide.Start(() => ReadDocuments(pushed));
        PlatformImage Known(ImagePlatform platform) => documents.GetAwaiter().GetResult().Images.First(image => ImageContract.IsFor(image.Platform, platform));
        var executables = SideBySide.Start(() => new ImageExecutables(docker).OfRegistry(pushed, [.. goal.Platforms], Known, goal.Executables, goal.Connection, end.Token));
        try
        {
            // What is wrong in the documents says more than what docker makes of it when it reads the files.
            var image = documents.GetAwaiter().GetResult();
            Executables = executables.GetAwaiter().GetResult();
            return image;
        }
        catch
        {
            end.Cancel();
            executables.ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
            throw;
        }
    }

    private MultiPlatformImage ReadDocuments(ImageReference pushed)
    {
        var image = new RemoteImages(docker).Read(pushed, pushedTo, attestations: terms.Attestations.Count > 0);
        Hold(image);
        return image;
    }

    // Each platform's image lies by itself: all are read side by side, documents and files.
    private (MultiPlatformImage[] Images, IReadOnlyList<ExecutableReport> Executables) ReadPlatforms()
    {
        var read = SideBySide.All(goal.Platforms, platform =>
        {
            var image = new RemoteImages(docker).Read(goal.Home.Repository.WithDigest(digests[platform.ToString()]), pushedTo, attestations: terms.Attestations.Count > 0);
            IReadOnlyList<ExecutableReport> executables = others is not null ? []
                : builds.HasFilesOf(platform) ? [.. image.Images.Select(builds.Examine)]
                : new ImageExecutables(docker).OfRegistry(image, goal.Executables, goal.Connection);
            return (Image: image, Executables: executables);
        });
        return ([.. read.Select(platform => platform.Image)], [.. read.SelectMany(platform => platform.Executables)]);
    }

    private void Build()
    {
        if (digests.ContainsKey(PlanDigest.Build))
        {
            return;
        }

        foreach (var (name, digest) in builds.Run())
        {
            digests[name] = digest;
        }
    }

    private void Copy()
    {
        foreach (var copy in plan.StepsOf(MultiPlatformStepKind.Copy))
        {
            docker.RunCommand(Known(copy.Command));
        }
    }

    private PlatformImage Push(MultiPlatformStep push, OciImageConfig config)
    {
        var tag = docker.Run((DockerSettings<ImagePushResult>)push.Command).Tags is [.., var last]
            ? last
            : throw new CakeException($"docker image push: docker did not say under which digest it pushed '{push.Images[0]}'; nothing was tagged.");
        return new PlatformImage { Descriptor = new OciDescriptor { Digest = tag.Digest, Size = tag.Size, Platform = push.Platform }, Config = config };
    }

    // Makes the local list of one tag, says of each image what it is for where docker does not know, and reads the list.
    private MultiPlatformImage MakeList(MultiPlatformStep list, PlatformImage[] pushed)
    {
        var name = list.Images[0];
        var lists = new ManifestLists(docker);
        made.Add(name);
        lists.CreateAnew(Known(list.Command), name);
        var inspect = ManifestLists.Inspection(goal.Connection, name, goal.Insecure);
        var document = docker.Run(inspect);

        // Old docker clients leave out the variant; where the config already says it, annotate (which knows a fixed list of
        // platforms only) is not needed.
        var wrong = pushed.Where(image => document.Manifests?.FirstOrDefault(entry => entry.Digest == image.Digest)?.Platform is not { } said || !ImageContract.IsFor(said, image.Platform)).ToArray();
        foreach (var image in wrong)
        {
            lists.Annotate(goal.Connected(ManifestAnnotateSettings.For(name, name.WithoutTagAndDigest().WithDigest(image.Digest), image.Platform)));
        }

        if (wrong.Length > 0)
        {
            document = docker.Run(inspect);
        }

        return new MultiPlatformImage
        {
            Reference = name,
            Digest = string.Empty,
            MediaType = document.MediaType,
            IsIndex = true,
            Images =
            [
                .. (document.Manifests ?? []).Select(entry =>
                    (Array.Find(pushed, image => image.Digest == entry.Digest) ?? new PlatformImage { Descriptor = entry }) with { Descriptor = entry }),
            ],
        };
    }

    private static MultiPlatformImage Image(OciIndex index, ImageReference repository, MultiPlatformImage[] platforms)
    {
        var images = platforms.SelectMany(platform => platform.Images).ToLookup(image => image.Digest, StringComparer.Ordinal);
        var attestations = platforms.SelectMany(platform => platform.Attestations).ToLookup(attestation => attestation.Descriptor.Digest, StringComparer.Ordinal);
        return new()
        {
            Reference = repository,
            Digest = string.Empty,
            MediaType = index.MediaType,
            IsIndex = true,
            Images =
            [
                .. index.Manifests.Where(entry => !entry.IsAttestation).Select(entry =>
                    (images[entry.Digest].FirstOrDefault() ?? new PlatformImage { Descriptor = entry }) with { Descriptor = entry }),
            ],
            Attestations =
            [
                .. index.Manifests.Where(entry => entry.IsAttestation).Select(entry =>
                    (attestations[entry.Digest].FirstOrDefault() ?? new ImageAttestation { Descriptor = entry }) with { Descriptor = entry }),
            ],
            Annotations = index.Annotations,
        };
    }

    // What can be known of images that have no manifest yet, because they were not pushed.
    private IEnumerable<ContractViolation> CheckBuilt(IReadOnlyList<MultiPlatformStep> steps, IReadOnlyList<ImageDetails> built)
    {
        var image = new MultiPlatformImage
        {
            Reference = goal.References[0],
            Digest = string.Empty,
            MediaType = string.Empty,
            Images = [.. steps.Zip(built, (build, details) => new PlatformImage
            {
                Descriptor = new OciDescriptor { Digest = details.Id, Platform = build.Platform },
                Config = details.ToConfig(),
            })],
        };

        // Media types are those of manifests.
        return [.. image.Images.SelectMany(ImageContract.CheckConfig), .. RequestedContents.Check(terms with { MediaTypes = ImageMediaTypes.Any }, image).Violations];
    }

    // The same images in the other repositories, with all that docker reads for their configs.
    private void HoldElsewhere(MultiPlatformImage built, IEnumerable<ImageReference> places)
    {
        var look = waitsForOthers ? null : SideBySide.Start(LookAtFirstTags);
        var elsewhere = SideBySide.All(places, place => docker.Try(RemoteImages.Inspection(place, pushedTo)));
        lastLook = look?.GetAwaiter().GetResult();
        Hold(elsewhere.SelectMany(found => ImageContract.CheckSame(built, found.ValueOrThrow())));
    }

    private Attempt<MultiPlatformImage>[] LookAtFirstTags() =>
        new RemoteImages(docker).Look(plan.StepsOf(MultiPlatformStepKind.Tag).First().Images, goal.Connection);

    private void Hold(MultiPlatformImage built)
    {
        Hold(ImageContract.Check(terms, built).Violations);
        Hold(goal.Profile == ConsumerProfile.Default ? [] : built.Attestations.Select(attestation => new ContractViolation(
            null,
            $"The index has an attestation, which profile {goal.Profile} leaves out.",
            "images only",
            attestation.Descriptor.Digest,
            "Look for BUILDX_NO_DEFAULT_ATTESTATIONS and other settings that make docker add one.")));
    }

    // What is doubtful is said, what is wrong ends the publish.
    private void Hold(IReadOnlyList<ExecutableReport> executables)
    {
        Executables = executables;
        foreach (var report in executables)
        {
            context.Log.Verbose("{0}", report.ToString());
            foreach (var warning in report.Warnings)
            {
                context.Log.Warning("{0}", $"{report.Platform}: {warning}");
            }
        }

        Hold(executables.SelectMany(report => report.Violations));
    }

    private void Hold(IEnumerable<ContractViolation> violations) => ContractReport.Hold(
        $"DockerBuildxMultiPlatform: what was built for '{goal.References[0]}' is not what was asked for; its tags were not moved:",
        [.. violations]);

    private void HoldRules(IEnumerable<string> broken)
    {
        var lines = broken.Select(rule => $"  - {rule}").ToArray();
        if (lines.Length > 0)
        {
            throw new CakeException($"DockerBuildxMultiPlatform: what was built for '{goal.References[0]}' may not go to its tags; they were not moved:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        }
    }

    private T Known<T>(T command)
        where T : DockerSettings => command.Knowing(PlanDigest.Values(digests)).OfPushed();
}
