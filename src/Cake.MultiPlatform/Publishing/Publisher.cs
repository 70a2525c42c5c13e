using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.MultiPlatform;

/// <summary>
/// Publishes: settings, plan, preflight, build, check, and the tags last. What a tag points at changes only after all that
/// was built was found to be what was asked for.
/// </summary>
internal sealed class Publisher(ICakeContext context)
{
    private readonly DockerTool docker = new(context);

    public MultiPlatformResult Publish(MultiPlatformSettings settings)
    {
        var request = PublishRequest.From(settings, context);
        var facts = Preflight.Ask(request, docker, context);
        var report = Preflight.Judge(request, facts);
        foreach (var warning in report.Warnings)
        {
            context.Log.Warning("{0}", warning);
        }

        var plan = report.PlanOrThrow(request);
        context.Log.Information("{0}", $"Publishing {string.Join(", ", request.References)} for {settings.Platforms}");
        context.Log.Information("{0}", $"Strategy {plan.Strategy}: {report.Reason}");
        context.Log.Verbose("{0}", plan.ToString());

        var terms = ContractTerms.Of(settings, facts.Before);
        var built = plan switch
        {
            LocalIndexPlan local => Run(local, terms),
            ByDigestPlan byDigest => Run(byDigest, terms),
            ManifestPlan manifest => Run(manifest, terms),
            _ => throw new InvalidOperationException($"There is no way to run a {plan.GetType().Name}."),
        };
        var contract = ReadBack(request, terms, built);
        var result = new MultiPlatformResult { References = request.References, Strategy = plan.Strategy, Contract = contract };
        context.Log.Information("{0}", contract.Summary);
        context.Log.Information("{0}", PublishTable.Write(result));
        return result;
    }

    private MultiPlatformImage Run(LocalIndexPlan plan, ContractTerms terms)
    {
        var digest = DigestOf(plan.Build);
        var built = new LocalImages(docker).Read(plan.Build.Tags[0], digest, plan.Build);
        Hold(plan.Request.References[0], ImageContract.Check(terms, built).Violations);
        foreach (var push in plan.Pushes)
        {
            docker.Run(push);
        }

        if (plan.Tagging is not null)
        {
            docker.RunCommand(PublishPlan.Tags(plan.Request, digest));
        }

        return built;
    }

    private MultiPlatformImage Run(ByDigestPlan plan, ContractTerms terms)
    {
        var digest = DigestOf(plan.Build);
        var built = new RemoteImages(docker).Read(plan.Request.Repository.WithDigest(digest), plan.Build, attestations: terms.Attestations.Count > 0);
        Hold(plan.Request.References[0], ImageContract.Check(terms, built).Violations);
        docker.RunCommand(PublishPlan.Tags(plan.Request, digest));
        return built;
    }

    private MultiPlatformImage Run(ManifestPlan plan, ContractTerms terms)
    {
        foreach (var platform in plan.Builds)
        {
            docker.Run(platform.Build);
        }

        // All platforms are built and looked at before the first is pushed.
        var details = docker.RunAll(plan.Builds.Select(build =>
        {
            var inspect = new ImageInspectSettings { Images = { build.Reference.ToString() } };
            inspect.ConnectLike(build.Build);
            return inspect;
        }));
        var configs = details.Select(found => found[0].ToConfig()).ToArray();
        Hold(plan.Request.References[0], CheckBuilt(plan, terms, [.. details.Select(found => found[0])]));

        PlatformImage[] pushed = [.. plan.Builds.Zip(configs, Push)];
        var manifests = docker.RunAll(plan.Builds.Zip(pushed, (build, image) =>
            ManifestLists.Inspection(build.Push, plan.Request.Repository.WithDigest(image.Digest), plan.Request.Settings.Insecure)));
        pushed = [.. pushed.Zip(manifests, (image, manifest) => image with { Manifest = manifest.ToManifest() })];

        var lists = plan.Lists.Select(list => MakeList(list, plan, pushed)).ToArray();
        foreach (var list in lists)
        {
            Hold(list.Reference, ImageContract.Check(terms with { Built = list with { Images = pushed } }, list).Violations);
        }

        foreach (var list in plan.Lists)
        {
            docker.Run(list.Push);
        }

        return lists[0];
    }

    private PlatformImage Push(PlatformBuild build, OciImageConfig config)
    {
        var tag = docker.Run(build.Push).Tags is [.., var last]
            ? last
            : throw new CakeException($"docker image push: docker did not say under which digest it pushed '{build.Reference}'; nothing was tagged.");
        return new PlatformImage { Descriptor = new OciDescriptor { Digest = tag.Digest, Size = tag.Size, Platform = build.Platform }, Config = config };
    }

    // Makes the local list of one tag, says of each image what it is for where docker does not know, and reads the list.
    private MultiPlatformImage MakeList(ManifestListPush list, ManifestPlan plan, PlatformImage[] pushed)
    {
        var repository = plan.Request.Repository;
        var name = list.Create.ManifestList!;
        var lists = new ManifestLists(docker);
        lists.CreateOf(list.Create, [.. pushed.Select(image => repository.WithDigest(image.Digest))]);
        var inspect = ManifestLists.Inspection(list.Create, name, list.Create.Insecure);
        var document = docker.Run(inspect);

        // Old docker clients leave out the variant; where the config already says it, annotate (which knows a fixed list of
        // platforms only) is not needed.
        var wrong = pushed.Where(image => document.Manifests?.FirstOrDefault(entry => entry.Digest == image.Digest)?.Platform is not { } said || !ImageContract.IsFor(said, image.Platform)).ToArray();
        foreach (var image in wrong)
        {
            var annotate = ManifestAnnotateSettings.For(name, repository.WithDigest(image.Digest), image.Platform);
            annotate.ConnectLike(list.Create);
            lists.Annotate(annotate);
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

    // What can be known of images that have no manifest yet, because they were not pushed.
    private static IReadOnlyList<ContractViolation> CheckBuilt(ManifestPlan plan, ContractTerms terms, IReadOnlyList<ImageDetails> built)
    {
        var image = new MultiPlatformImage
        {
            Reference = plan.Request.References[0],
            Digest = string.Empty,
            MediaType = string.Empty,
            Images = [.. plan.Builds.Zip(built, (build, details) => new PlatformImage
            {
                Descriptor = new OciDescriptor { Digest = details.Id, Platform = build.Platform },
                Config = details.ToConfig(),
            })],
        };
        return [.. image.Images.SelectMany(ImageContract.CheckConfig), .. RequestedContents.Check(terms, image).Violations];
    }

    private static void Hold(ImageReference reference, IReadOnlyList<ContractViolation> violations) => ContractReport.Hold(
        $"DockerBuildxMultiPlatform: what was built for '{reference}' is not what was asked for; its tags were not moved:",
        violations);

    // Docker orders a manifest list by its own file names; people read it in the order that they asked for.
    private static MultiPlatformImage InAskedOrder(PublishRequest request, MultiPlatformImage image)
    {
        var asked = request.Settings.Platforms.ToList();
        return image with { Images = [.. image.Images.OrderBy(child => asked.FindIndex(platform => ImageContract.IsFor(child.Platform, platform)))] };
    }

    private string DigestOf(BuildxBuildSettings build) => docker.Run(build).Digest
        ?? throw new CakeException($"docker {build.Command}: docker wrote no digest of what it built to its metadata file; nothing was tagged.");

    // What a tag holds is only known when it was read; a push may have written something else than what was asked for.
    private ContractReport ReadBack(PublishRequest request, ContractTerms terms, MultiPlatformImage built)
    {
        var found = docker.RunAll(request.References.Select(reference => RemoteImages.Inspection(reference, request.Settings.Build)));

        // The manifests were read before the tags moved; what has their digest has their content.
        var first = InAskedOrder(request, found[0] with
        {
            Images = [.. found[0].Images.Select(image => image with { Manifest = built.Images.FirstOrDefault(same => same.Digest == image.Digest)?.Manifest })],
            Attestations = [.. found[0].Attestations.Select(attestation => built.Attestations.FirstOrDefault(same => same.Descriptor.Digest == attestation.Descriptor.Digest) ?? attestation)],
        });
        var report = ImageContract.Check(terms with { Built = built }, first);
        ContractReport.Hold(
            $"DockerBuildxMultiPlatform: '{request.References[0]}' was published, but the registry does not hold what was built:",
            [.. report.Violations, .. found.Skip(1).SelectMany(tag => ImageContract.CheckSame(built, tag))]);
        return report;
    }
}
