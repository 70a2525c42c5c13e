namespace Cake.MultiPlatform;

/// <summary>Reads an image from its registry and holds it against what was asked for.</summary>
internal sealed class ImageVerifier(DockerTool docker)
{
    public ContractReport Verify(ImageVerifySettings settings)
    {
        settings.Validate();
        var images = new RemoteImages(docker);
        var before = SideBySide.Start(() => Before(settings));
        var image = images.Read(settings.Image!, settings.Connection, attestations: settings.Attestations.Count > 0);
        var (held, reason) = before.GetAwaiter().GetResult();
        var terms = new ContractTerms
        {
            Platforms = settings.Platforms,
            Labels = settings.Labels,
            Annotations = settings.Annotations,
            Attestations = [.. settings.Attestations],
            MediaTypes = settings.MediaTypes,
            Before = held is null ? null : [held],
            BeforeReason = reason,
        };
        var report = ImageContract.Check(terms, image);
        if (settings.Executables is null)
        {
            return report;
        }

        // What cannot be pulled has no files to read, and docker would fail instead of saying so.
        return report[ContractPoint.Manifests].State == ContractState.Violated
            ? ImageContract.Check(terms with { ExecutablesReason = "not all of the image can be read" }, image)
            : ImageContract.Check(terms with { Executables = [.. new ImageExecutables(docker).OfRegistry(image, settings.Executables, settings.Connection).SelectMany(found => found.Violations)] }, image);
    }

    private (MultiPlatformImage? Held, string Reason) Before(ImageVerifySettings settings)
    {
        if (settings.Before is not { } before)
        {
            return (null, "no image to compare with was named");
        }

        try
        {
            return (docker.Run(RemoteImages.Inspection(before, settings.Connection)), string.Empty);
        }
        catch (DockerException e) when (e.Kind == DockerFailureKind.ManifestUnknown)
        {
            return (null, $"'{before}' does not exist");
        }
    }
}
