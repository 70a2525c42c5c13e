using System.Collections;
using System.Reflection;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>The settings classes of docker's commands and a value for each of their properties: what the guards of both test projects go through.</summary>
internal static class CommandSettings
{
    // A value of each type of property, other than any default.
    private static readonly Dictionary<Type, object> Samples = new()
    {
        [typeof(string)] = "sample",
        [typeof(bool)] = true,
        [typeof(TimeSpan)] = TimeSpan.FromSeconds(7),
        [typeof(int)] = 7,
        [typeof(long)] = 7L,
        [typeof(ByteSize)] = new ByteSize(7),
        [typeof(BakeList)] = BakeList.Variables,
        [typeof(BakeOverride)] = new BakeOverride("*", "platform", "linux/s390x"),
        [typeof(BuildAnnotation)] = new BuildAnnotation("sample", "value"),
        [typeof(BuildAttestation)] = BuildAttestation.Parse("type=sbom"),
        [typeof(BuildCache)] = BuildCache.Parse("type=inline"),
        [typeof(BuildContext)] = BuildContext.Parse("./sample"),
        [typeof(BuilderDriver)] = new RemoteDriver { ServerName = "sample" },
        [typeof(BuildOutput)] = BuildOutput.Parse("type=image"),
        [typeof(BuildPolicy)] = BuildPolicy.Parse("strict=true"),
        [typeof(BuildResource)] = BuildResource.Memory("7m"),
        [typeof(BuildSecret)] = BuildSecret.FromEnvironment("SAMPLE"),
        [typeof(BuildSsh)] = BuildSsh.Parse("sample"),
        [typeof(ContextEndpoint)] = ContextEndpoint.Parse("host=ssh://sample"),
        [typeof(DockerFilter)] = DockerFilter.Parse("until=7h"),
        [typeof(HostEntry)] = HostEntry.Parse("sample:10.0.0.7"),
        [typeof(Ulimit)] = Ulimit.Parse("nofile=7"),
        [typeof(FilePath)] = new FilePath("/sample/file"),
        [typeof(DirectoryPath)] = new DirectoryPath("/sample"),
        [typeof(ImagePlatform)] = ImagePlatform.Parse("linux/s390x"),
        [typeof(ImageReference)] = ImageReference.Parse("acme/sample:1"),
        [typeof(Func<int, bool>)] = (Func<int, bool>)(_ => true),
        [typeof(Action<IProcess>)] = (Action<IProcess>)(_ => { }),
        [typeof(Action<ProcessSettings>)] = (Action<ProcessSettings>)(_ => { }),
        [typeof(Func<ProcessArgumentBuilder, ProcessArgumentBuilder>)] = (Func<ProcessArgumentBuilder, ProcessArgumentBuilder>)(builder => builder),
    };

    // What a command cannot do without.
    private static readonly Dictionary<Type, Action<DockerSettings>> Required = new()
    {
        [typeof(BuildxUseSettings)] = settings => ((BuildxUseSettings)settings).Name = "first",
        [typeof(BuildxImagetoolsCreateSettings)] = settings => ((BuildxImagetoolsCreateSettings)settings).Tags.Add("acme/first:1"),
        [typeof(BuildxImagetoolsInspectSettings)] = settings => ((BuildxImagetoolsInspectSettings)settings).Image = "acme/first:1",
        [typeof(BuildxHistoryExportSettings)] = settings => ((BuildxHistoryExportSettings)settings).Output = "first",
        [typeof(BuildxHistoryRmSettings)] = settings => ((BuildxHistoryRmSettings)settings).Refs.Add("first"),
        [typeof(ContextCreateSettings)] = settings => ((ContextCreateSettings)settings).Name = "first",
        [typeof(ContextRmSettings)] = settings => ((ContextRmSettings)settings).Names.Add("first"),
        [typeof(LoginSettings)] = settings => (((LoginSettings)settings).Username, ((LoginSettings)settings).Password) = ("first", "a password"),
        [typeof(ImageHistorySettings)] = settings => ((ImageHistorySettings)settings).Image = "first",
        [typeof(ImageLoadSettings)] = settings => ((ImageLoadSettings)settings).Input = "first.tar",
        [typeof(ImageRmSettings)] = settings => ((ImageRmSettings)settings).Images.Add("first"),
        [typeof(ImageInspectSettings)] = settings => ((ImageInspectSettings)settings).Images.Add("first"),
        [typeof(ImagePullSettings)] = settings => ((ImagePullSettings)settings).Image = "acme/first:1",
        [typeof(ImagePushSettings)] = settings => ((ImagePushSettings)settings).Image = "acme/first:1",
        [typeof(ImageSaveSettings)] = settings =>
        {
            ((ImageSaveSettings)settings).Images.Add("first");
            ((ImageSaveSettings)settings).Output = "first.tar";
        },
        [typeof(ImageTagSettings)] = settings => (((ImageTagSettings)settings).Source, ((ImageTagSettings)settings).Target) = ("first", "acme/first:1"),
        [typeof(ManifestAnnotateSettings)] = settings =>
            (((ManifestAnnotateSettings)settings).ManifestList, ((ManifestAnnotateSettings)settings).Manifest) = ("acme/first:1", "acme/first:2"),
        [typeof(ManifestCreateSettings)] = settings =>
        {
            ((ManifestCreateSettings)settings).ManifestList = "acme/first:1";
            ((ManifestCreateSettings)settings).Manifests.Add("acme/first:2");
        },
        [typeof(ManifestInspectSettings)] = settings => ((ManifestInspectSettings)settings).Manifest = "acme/first:1",
        [typeof(ManifestPushSettings)] = settings => ((ManifestPushSettings)settings).ManifestList = "acme/first:1",
        [typeof(ManifestRmSettings)] = settings => ((ManifestRmSettings)settings).ManifestLists.Add("acme/first:1"),
    };

    /// <summary>The settings classes, one for each command.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(DockerSettings).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(DockerSettings)) && !type.IsAbstract)
            .OrderBy(type => ((DockerSettings)Activator.CreateInstance(type)!).Command, StringComparer.Ordinal),
    ];

    /// <summary>The properties that are docker's, not those of every tool of Cake.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !property.DeclaringType!.IsAssignableFrom(typeof(ToolSettings)));

    /// <summary>Whether there is something that the command cannot do without.</summary>
    public static bool HasRequired(Type type) => Required.ContainsKey(type);

    /// <summary>Settings with what the command cannot do without, and no more.</summary>
    public static DockerSettings Valid(Type type)
    {
        var settings = (DockerSettings)Activator.CreateInstance(type)!;
        Required.GetValueOrDefault(type)?.Invoke(settings);
        return settings;
    }

    /// <summary>Sets a property, or adds to it where it is a collection.</summary>
    public static void Change(PropertyInfo property, DockerSettings settings)
    {
        switch (property.GetValue(settings))
        {
            case PlatformSet platforms:
                platforms.Add(platforms.Count == 0 ? "linux/s390x" : "linux/riscv64");
                break;
            case IList<string> texts:
                texts.Add("sample");
                break;
            case IList<ImageReference> references:
                references.Add("acme/sample:1");
                break;
            case IList values:
                values.Add(Samples[property.PropertyType.GetGenericArguments()[0]]);
                break;
            case IDictionary<string, BuildContext> contexts:
                contexts.Add($"SAMPLE{contexts.Count}", "./sample");
                break;
            case IDictionary<string, string> pairs:
                pairs.Add($"SAMPLE{pairs.Count}", "value");
                break;
            default:
                property.SetValue(settings, Samples[Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType]);
                break;
        }
    }
}
