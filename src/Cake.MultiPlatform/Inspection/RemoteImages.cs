namespace Cake.MultiPlatform;

/// <summary>What a registry holds.</summary>
internal sealed class RemoteImages(DockerTool docker)
{
    /// <summary>The command that reads an image with the configs of all its platforms.</summary>
    public static BuildxImagetoolsInspectSettings Inspection(ImageReference image, BuildxBuildSettings connection)
    {
        var inspect = new BuildxImagetoolsInspectSettings { Image = image, Builder = connection.Builder };
        inspect.ConnectLike(connection);
        return inspect;
    }

    /// <summary>Reads an image with the configs and manifests of all its platforms; the manifests side by side.</summary>
    public MultiPlatformImage Read(ImageReference reference, BuildxBuildSettings connection)
    {
        var image = docker.Run(Inspection(reference, connection));
        var manifests = docker.RunAll(image.Images.Select(child =>
        {
            var raw = new BuildxImagetoolsRawSettings
            {
                Image = reference.WithoutTagAndDigest().WithDigest(child.Digest),
                Builder = connection.Builder,
            };
            raw.ConnectLike(connection);
            return raw;
        }));
        return image with { Images = [.. image.Images.Zip(manifests, (child, manifest) => child with { Manifest = manifest })] };
    }
}

/// <summary><c>docker buildx imagetools inspect --raw</c>: the manifest of one platform's image as the registry holds it.</summary>
internal sealed class BuildxImagetoolsRawSettings : BuildxSettings<OciManifest>
{
    /// <summary>The image, required.</summary>
    public ImageReference? Image { get; set; }

    internal override string Command => "buildx imagetools inspect";

    internal override bool MayBeRepeated => true;

    internal override void WriteTo(DockerArguments arguments)
    {
        base.WriteTo(arguments);
        arguments.Flag("--raw", true);
        arguments.Positional(Image!.ToString());
    }

    internal override OciManifest Read(DockerOutput output) =>
        OciJson.Parse(output.Text, OciJson.Default.OciManifest, $"the manifest of '{Image}'");
}
