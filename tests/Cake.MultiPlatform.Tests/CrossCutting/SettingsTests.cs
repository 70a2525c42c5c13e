using System.Collections;
using System.Reflection;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>Guards every settings class: no property without effect, no collection that is null.</summary>
public sealed class SettingsTests
{
    // Properties that are not on the command line, each with the reason.
    private static readonly Dictionary<string, string> NotOnTheCommandLine = new(StringComparer.Ordinal)
    {
        [nameof(LoginSettings.Password)] = "Goes to the process: LoginTests.The_password_reaches_docker_by_its_input_only.",
        [nameof(DockerSettings.StandardInput)] = "Goes to the process: RealProcessTests.Standard_input_reaches_docker.",
    };

    // A value of each type of property, other than any default.
    private static readonly Dictionary<Type, object> Samples = new()
    {
        [typeof(string)] = "sample",
        [typeof(bool)] = true,
        [typeof(TimeSpan)] = TimeSpan.FromSeconds(7),
        [typeof(long)] = 7L,
        [typeof(ByteSize)] = new ByteSize(7),
        [typeof(BakeList)] = BakeList.Variables,
        [typeof(BakeOverride)] = new BakeOverride("*", "platform", "linux/s390x"),
        [typeof(BuildAnnotation)] = new BuildAnnotation("sample", "value"),
        [typeof(BuildAttestation)] = BuildAttestation.Parse("type=sbom"),
        [typeof(BuildCache)] = BuildCache.Parse("type=inline"),
        [typeof(BuildContext)] = BuildContext.Parse("./sample"),
        [typeof(BuilderDriver)] = BuilderDriver.Parse("remote"),
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

    public static TheoryData<Type> Commands =>
        [.. typeof(DockerSettings).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(DockerSettings)) && !type.IsAbstract)];

    public static TheoryData<Type, string> Properties
    {
        get
        {
            var data = new TheoryData<Type, string>();
            foreach (var type in Commands.Select(row => row.Data))
            {
                foreach (var property in OwnProperties(type))
                {
                    data.Add(type, property.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_property_changes_the_command_line(Type type, string name)
    {
        var (plain, changed) = (Valid(type), Valid(type));
        var property = type.GetProperty(name)!;
        Change(property, changed);
        Assert.Equal(NotOnTheCommandLine.ContainsKey(name), plain.ToArguments().ToString() == changed.ToArguments().ToString());
        changed.Validate();
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void No_collection_is_null_and_every_one_begins_empty(Type type, string name)
    {
        var property = type.GetProperty(name)!;
        var value = property.GetValue(Activator.CreateInstance(type));
        if (property.PropertyType != typeof(string) && !property.PropertyType.IsSubclassOf(typeof(DockerFields)) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
        {
            Assert.Empty(Assert.IsAssignableFrom<IEnumerable>(value));
            Assert.False(property.SetMethod?.IsPublic ?? false, $"{type.Name}.{name} can be set, and so to null.");
        }
        else
        {
            Assert.True(property.SetMethod?.IsPublic ?? false, $"{type.Name}.{name} cannot be set.");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_required_is_asked_for_by_name_and_with_an_example(Type type)
    {
        var empty = (DockerSettings)Activator.CreateInstance(type)!;
        if (!Required.ContainsKey(type))
        {
            empty.Validate();
            Assert.StartsWith($"docker {empty.Command}", empty.ToArguments().ToString(), StringComparison.Ordinal);
            return;
        }

        var error = Assert.Throws<Core.CakeException>(empty.Validate);
        Assert.StartsWith($"docker {empty.Command}: ", error.Message, StringComparison.Ordinal);
        Assert.Matches("is missing; (set it|add at least one), e.g. '[^']+'\\.$", error.Message);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_docs_of_every_property_that_is_a_flag_begin_with_the_flag(Type type)
    {
        foreach (var property in OwnProperties(type).Where(property => !NotOnTheCommandLine.ContainsKey(property.Name)))
        {
            var settings = Valid(type);
            Change(property, settings);
            var added = settings.ToArguments().ToList().Except(Valid(type).ToArguments().ToList(), StringComparer.Ordinal).Where(word => word.StartsWith("--", StringComparison.Ordinal)).ToList();
            if (added.Count == 0)
            {
                continue;
            }

            var summary = XmlDocs.Of(property).Element("summary")!.Value.Trim();
            Assert.Contains(added, flag => summary.StartsWith(flag.Split('=')[0], StringComparison.Ordinal) || summary.StartsWith("--buildkitd-config", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Connecting_like_another_command_copies_all_but_what_belongs_to_that_command()
    {
        string[] notCopied =
        [
            nameof(DockerSettings.StandardInput),         // It is the other command's.
            nameof(ToolSettings.ArgumentCustomization),   // The same.
            nameof(ToolSettings.HandleExitCode),          // The same.
            nameof(ToolSettings.PostAction),              // The same.
            nameof(ToolSettings.SetupProcessSettings),    // The same.
            nameof(ToolSettings.NoWorkingDirectory),      // Files are looked for where Cake says.
        ];
        foreach (var property in typeof(DockerSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (from, to) = (new VersionSettings(), new VersionSettings());
            var before = property.GetValue(to);
            Change(property, from);
            to.ConnectLike(from);
            Assert.Equal(notCopied.Contains(property.Name, StringComparer.Ordinal) ? before : property.GetValue(from), property.GetValue(to));
        }
    }

    private static IEnumerable<PropertyInfo> OwnProperties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !property.DeclaringType!.IsAssignableFrom(typeof(ToolSettings)));

    private static DockerSettings Valid(Type type)
    {
        var settings = (DockerSettings)Activator.CreateInstance(type)!;
        Required.GetValueOrDefault(type)?.Invoke(settings);
        return settings;
    }

    private static void Change(PropertyInfo property, DockerSettings settings)
    {
        switch (property.GetValue(settings))
        {
            case PlatformSet platforms:
                platforms.Add("linux/s390x");
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
                contexts.Add("SAMPLE", "./sample");
                break;
            case IDictionary<string, string> pairs:
                pairs.Add("SAMPLE", "value");
                break;
            default:
                property.SetValue(settings, Samples[Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType]);
                break;
        }
    }
}
