namespace Cake.MultiPlatform;

/// <summary>The sentences of an explanation.</summary>
internal static class ExplainWords
{
    public static IEnumerable<string> Reasons(ExplainFacts facts, IReadOnlyList<ImagePlatform> available, ImagePlatform? taken, ImageVerdict verdict)
    {
        if (facts.Local is { } local)
        {
            yield return $"Docker takes {local}: its store holds that under this name, and docker then does not ask the registry.";
            if (!local.CanRunOn(facts.Host) && facts.Host.Choose(available) is { } better)
            {
                yield return $"The registry has {better} as well: the other one was pulled or built earlier, and stayed.";
            }
        }
        else if (taken is null)
        {
            yield return $"The image has {List(available)}; none of them runs on {facts.Host} as it is, and docker takes no other one by itself: 'no matching manifest'.";
        }
        else if (facts.Registry.Value!.IsIndex)
        {
            yield return $"Docker takes {taken} out of {List(available)}.";
        }
        else
        {
            yield return $"The image has no index, only {taken}: docker takes it wherever it is pulled, with a warning at most.";
        }

        if (facts.Registry.Failure is { } failure)
        {
            yield return $"The registry could not be asked: {failure.LastLine}";
        }

        if (taken is not null && verdict is ImageVerdict.Emulated or ImageVerdict.NeedsEmulator)
        {
            yield return (verdict, facts.Emulated) switch
            {
                (ImageVerdict.Emulated, _) => $"{taken} is not for this processor ({facts.Host}); an emulator runs it.",
                (_, null) => $"{taken} is not for this processor ({facts.Host}), and whether there is an emulator is not known.",
                _ => $"{taken} is not for this processor ({facts.Host}), and the engine lists no emulator for it: 'exec format error'.",
            };
        }

        if (verdict == ImageVerdict.Mislabelled)
        {
            foreach (var reason in Mislabelled(facts.Executables, taken))
            {
                yield return reason;
            }
        }
    }

    public static IEnumerable<string> Remedies(ExplainFacts facts, IReadOnlyList<ImagePlatform> available, ImagePlatform? taken, ImageVerdict verdict)
    {
        var better = facts.Host.Choose(available);
        if (verdict is ImageVerdict.Native)
        {
            yield break;
        }

        if (verdict is ImageVerdict.Mislabelled)
        {
            yield return "Check the Dockerfile with DockerfileCheck, mend it, and publish again with DockerBuildxMultiPlatform.";
            yield break;
        }

        if (facts.Local is not null && better is not null)
        {
            yield return $"Pull the right one: 'docker image pull --platform {better} {facts.Image}'; or run it by its digest, '{facts.Image.WithoutTagAndDigest()}@{facts.Registry.Value!.Images.First(image => image.Platform == better).Digest}'.";
        }

        if (verdict is ImageVerdict.NoPlatform && available.FirstOrDefault(platform => facts.Emulated?.Any(platform.CanRunOn) == true) is { } emulated)
        {
            yield return $"An emulator is there: 'docker run --platform {emulated} {facts.Image}' runs it, slower.";
        }

        if (better is null)
        {
            yield return $"Publish the image for {facts.Host.Os}/{facts.Host.Architecture} too: DockerBuildxMultiPlatform with that platform among its platforms.";
        }

        if (verdict is ImageVerdict.NeedsEmulator)
        {
            yield return $"Install an emulator for {taken!.Architecture} on the host: 'docker run --privileged --rm tonistiigi/binfmt --install {taken.Architecture}', or the system's qemu-user-static and binfmt-support.";
        }
    }

    // The bytes tell more than the label, where they were read.
    private static IEnumerable<string> Mislabelled(ExecutableReport? files, ImagePlatform? taken) => files switch
    {
        { IsRight: false } => files.Errors,
        { } =>
        [
            $"By its label, {taken}, it runs here, and so do the files that its entrypoint starts, by their bytes: the command of that container was another one, or its file came from a volume, or the emulator cannot run it.",
        ],
        _ =>
        [
            $"By its label, {taken}, it runs here; that it ended in 'exec format error' means that the program that it starts is no program for {taken}: "
                + "it was built for another platform (a base image or FROM --platform has fixed it), it is a script without '#!' in its first line, or its file is empty or damaged.",
        ],
    };

    private static string List(IReadOnlyList<ImagePlatform> platforms) => platforms.Count > 0 ? string.Join(", ", platforms) : "no platform";
}
