namespace Cake.MultiPlatform;

/// <summary>Makes the plan of each strategy. Pure: the same request and basis make the same plan, and nothing is asked or written.</summary>
internal static class PlanMaker
{
    public static MultiPlatformPlan For(PublishRequest request, MultiPlatformStrategy strategy, PlanBasis basis, string reason)
    {
        var byDigest = basis.OwnBuilder && strategy != MultiPlatformStrategy.Manifest;
        var steps = strategy switch
        {
            MultiPlatformStrategy.Buildx when byDigest => TogetherByDigest(request, basis),
            MultiPlatformStrategy.Buildx => TogetherInTheStore(request, basis),
            MultiPlatformStrategy.Index => Index(request, basis),
            MultiPlatformStrategy.Manifest => Manifest(request, basis),
            _ => throw new InvalidOperationException($"There is no plan for strategy {strategy}."),
        };
        return new MultiPlatformPlan(strategy, reason, byDigest, request.Goal, steps.Select(step => Named(step, request.Goal)));
    }

    /// <summary>Only the builds, for a machine that leaves the tags to another one.</summary>
    public static MultiPlatformPlan ForBuilds(PublishRequest request, PlanBasis basis) => new(
        MultiPlatformStrategy.Index, "another machine moves the tags.", basis.OwnBuilder, request.Goal, Builds(request, basis, isPart: true).Select(step => Named(step, request.Goal)));

    /// <summary>Only the tags, onto what other machines built.</summary>
    public static MultiPlatformPlan ForMerge(PublishRequest request, bool inAllRepositories, string reason) => new(
        MultiPlatformStrategy.Index, reason, inAllRepositories, request.Goal, Joined(request.Goal, inAllRepositories).Select(step => Named(step, request.Goal)));

    // A builder of its own: pushed by digest to all repositories, then tagged.
    private static IEnumerable<MultiPlatformStep> TogetherByDigest(PublishRequest request, PlanBasis basis)
    {
        var goal = request.Goal;
        var output = ByDigest(request, [.. goal.Targets.Select(target => target.Repository)]);
        return
        [
            new(MultiPlatformStepKind.Build, request.Build.With(goal.Platforms, [], WithFiles(output, basis), PlanAnnotations.ByLevel(goal.Annotations)), []),
            .. goal.Targets.Select(target => Tags(goal, target, [target.Repository.WithDigest(PlanDigest.Of(PlanDigest.Build))])),
        ];
    }

    // The engine's own builder, which refuses push-by-digest and needs no push to be looked into. Docker 26 pushes the manifest of
    // every platform under the tag itself, with the index among them, so that the tag is wrong for a moment, or for good where the
    // push fails: there the push goes to a staging tag, and the real ones are moved in the registry. Docker 28 moves the tag last.
    private static IEnumerable<MultiPlatformStep> TogetherInTheStore(PublishRequest request, PlanBasis basis)
    {
        var goal = request.Goal;
        var direct = basis.PushMovesTagLast && goal.Targets.Count == 1;
        var names = direct ? goal.References : [.. goal.Targets.Select(target => target.Staging)];

        // Without an output docker drops annotations without a word (seen on 26.1 and 28.5).
        BuildOutput[] outputs = goal.Profile == ConsumerProfile.DockerMediaTypes ? [new BuildOutput { Type = "image", OciMediaTypes = false }]
            : goal.Annotations.Count > 0 ? [new BuildOutput { Type = "image" }]
            : [];
        var kind = direct ? MultiPlatformStepKind.Tag : MultiPlatformStepKind.Push;
        return
        [
            new(MultiPlatformStepKind.Build, request.Build.With(goal.Platforms, names, outputs, PlanAnnotations.ByLevel(goal.Annotations)), names),
            .. names.Select(name => new MultiPlatformStep(kind, goal.Connected(new ImagePushSettings { Image = name }), [name])),
            .. direct ? [] : goal.Targets.Select(target => Tags(goal, target, [target.Repository.WithDigest(PlanDigest.Of(PlanDigest.Build))])),
        ];
    }

    private static IEnumerable<MultiPlatformStep> Index(PublishRequest request, PlanBasis basis) =>
        [.. Builds(request, basis, isPart: false), .. Joined(request.Goal, basis.OwnBuilder)];

    // A build for each platform, pushed by its digest, by driver docker under a name that nobody pulls.
    private static IEnumerable<MultiPlatformStep> Builds(PublishRequest request, PlanBasis basis, bool isPart)
    {
        var goal = request.Goal;
        ImageReference[] repositories = [.. goal.Targets.Select(target => target.Repository)];
        return InBuildOrder(goal, basis).Select(platform =>
        {
            var name = goal.Home.For(platform);
            var output = basis.OwnBuilder ? ByDigest(request, repositories) : ByName(request, name);

            // Several builds of one name, side by side, get into each other's way in a BuildKit with an image store.
            output["store"] = basis.OwnBuilder ? "false" : null;

            // Docker drops annotations of an index, without a word, where all images in it have its own media types.
            output.OciMediaTypes ??= goal.Annotations.Count > 0 ? true : null;
            var build = request.Build.With([platform], [], WithFiles(output, basis), PlanAnnotations.OfManifest(goal.Annotations, platform)).WithCachesOf(platform, goal.Platforms, isPart);
            return new MultiPlatformStep(MultiPlatformStepKind.Build, build, basis.OwnBuilder ? [] : [name], platform);
        });
    }

    // The tags, onto platforms that lie in the registry each by itself.
    private static IEnumerable<MultiPlatformStep> Joined(PublishGoal goal, bool inAllRepositories) =>
    [
        .. inAllRepositories ? [] : Copies(goal),
        .. goal.Targets.Select(target =>
        {
            var tags = Tags(goal, target, Children(goal, target));
            foreach (var annotation in PlanAnnotations.OfIndex(goal.Annotations, goal.Platforms))
            {
                ((BuildxImagetoolsCreateSettings)tags.Command).Annotations.Add(annotation);
            }

            return tags;
        }),
    ];

    private static IEnumerable<MultiPlatformStep> Manifest(PublishRequest request, PlanBasis basis)
    {
        var goal = request.Goal;
        var builds = InBuildOrder(goal, basis).Select(platform =>
        {
            var build = request.Build.With([platform], [goal.Home.For(platform)], []).WithCachesOf(platform, goal.Platforms, isPart: false);

            // An attestation would make each push an index, which docker manifest create refuses.
            build.Load = true;
            build.Provenance = "false";
            build.Sbom = null;
            return new MultiPlatformStep(MultiPlatformStepKind.Build, build, [goal.Home.For(platform)], platform);
        }).ToArray();
        return
        [
            .. builds,
            .. goal.Platforms.Select(platform =>
                new MultiPlatformStep(MultiPlatformStepKind.Push, goal.Connected(new ImagePushSettings { Image = goal.Home.For(platform) }), [goal.Home.For(platform)], platform)),
            .. Copies(goal),
            .. goal.Targets.SelectMany(target => target.References.Select(reference =>
            {
                var create = goal.Connected(new ManifestCreateSettings { ManifestList = reference, Insecure = goal.Insecure });
                foreach (var child in Children(goal, target))
                {
                    create.Manifests.Add(child);
                }

                return new MultiPlatformStep(MultiPlatformStepKind.List, create, [reference]);
            })),
            .. goal.References.Select(reference => new MultiPlatformStep(
                MultiPlatformStepKind.Tag,
                goal.Connected(new ManifestPushSettings { ManifestList = reference, Insecure = goal.Insecure, Purge = true }),
                [reference])),
        ];
    }

    // What was pushed by tag lies in the home alone: an engine of the classic store would push other bytes to each registry. It is
    // copied under a name that nobody pulls, because older buildx writes every part of what it copies under the name itself.
    private static IEnumerable<MultiPlatformStep> Copies(PublishGoal goal) => goal.Targets.Skip(1).Select(target =>
        new MultiPlatformStep(MultiPlatformStepKind.Copy, Create(goal, [target.Staging], Children(goal, goal.Home)), [target.Staging]));

    /// <summary>The step that moves all tags of a repository, in the registry, at once.</summary>
    private static MultiPlatformStep Tags(PublishGoal goal, PublishTarget target, IEnumerable<ImageReference> sources) =>
        new(MultiPlatformStepKind.Tag, Create(goal, target.References, sources), target.References);

    private static BuildxImagetoolsCreateSettings Create(PublishGoal goal, IEnumerable<ImageReference> tags, IEnumerable<ImageReference> sources)
    {
        var create = goal.Connected(new BuildxImagetoolsCreateSettings { Builder = goal.Connection.Builder });
        foreach (var tag in tags)
        {
            create.Tags.Add(tag);
        }

        foreach (var source in sources)
        {
            create.Sources.Add(source.ToString());
        }

        return create;
    }

    private static IEnumerable<ImageReference> Children(PublishGoal goal, PublishTarget target) =>
        goal.Platforms.Select(platform => target.Repository.WithDigest(PlanDigest.Of(platform)));

    private static IEnumerable<ImagePlatform> InBuildOrder(PublishGoal goal, PlanBasis basis) =>
        goal.Platforms.OrderBy(platform => basis.IsNative(platform) ? 0 : 1);

    private static BuildOutput[] WithFiles(BuildOutput output, PlanBasis basis) => basis is { OwnBuilder: true, FilesWithBuild: true } ? [output, MultiPlatformStep.Files] : [output];

    private static BuildOutput ByDigest(PublishRequest request, IEnumerable<ImageReference> repositories)
    {
        var output = Pushed(string.Join(',', repositories.Select(repository => repository.FullName)));
        output.PushByDigest = true;
        output.NameCanonical = true;
        return Finished(request, output);
    }

    private static BuildOutput ByName(PublishRequest request, ImageReference name) => Finished(request, Pushed(name.ToString()));

    private static BuildOutput Pushed(string name) => new() { Type = "image", Name = name };

    private static BuildOutput Finished(PublishRequest request, BuildOutput output)
    {
        output.Push = true;
        output.RegistryInsecure = request.Goal.Insecure == true ? true : null;
        output.OciMediaTypes = request.Goal.Profile == ConsumerProfile.DockerMediaTypes ? false : null;
        return output;
    }

    // People see the names of digests that nobody knows yet.
    private static MultiPlatformStep Named(MultiPlatformStep step, PublishGoal goal) => new(
        step.Kind,
        step.Command.Knowing(PlanDigest.Names([PlanDigest.Build, .. goal.Platforms.Select(platform => platform.ToString())])),
        step.Images,
        step.Platform);
}
