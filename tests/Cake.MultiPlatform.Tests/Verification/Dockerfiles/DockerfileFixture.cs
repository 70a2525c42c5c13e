namespace Cake.MultiPlatform.Tests.Verification.Dockerfiles;

/// <summary>Dockerfiles to check, and what registries say of their base images.</summary>
internal static class DockerfileFixture
{
    public static DockerfileRequest Request(Dockerfile file, PlatformSet platforms, params (string Name, string Value)[] buildArgs) => new(
        "Dockerfile",
        file,
        platforms,
        null,
        buildArgs.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal),
        new Dictionary<string, BuildContext>(StringComparer.Ordinal));

    public static DockerfileRequest Request(string text, PlatformSet platforms, params (string Name, string Value)[] buildArgs) =>
        Request(DockerfileParser.Parse(text), platforms, buildArgs);

    /// <summary>What the registry holds under a name.</summary>
    public static BaseAnswer Holds(params string[] platforms) => new(new Attempt<MultiPlatformImage>(Publishing.Images.Of(platforms), null), null);

    /// <summary>A registry that does not have it.</summary>
    public static BaseAnswer Lacks(string words = "ERROR: docker.io/library/a:latest: not found", ImagePlatform? local = null) => new(
        new Attempt<MultiPlatformImage>(null, DockerException.From(new BuildxImagetoolsInspectSettings { Image = "a" }.ToArguments(), new DockerOutput(1, [], [words], new Dictionary<string, string>(StringComparer.Ordinal)))),
        local);
}
