using System.Collections;
using System.Globalization;
using System.Reflection;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.MultiPlatform.Tests.Docker;
using Cake.MultiPlatform.Tests.Publishing;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>Makes the arguments of an alias, with a value of its own, not to be found anywhere else, wherever a secret can stand.</summary>
internal sealed class Canaries
{
    public const string Mark = "CANARY";

    /// <summary>How many secrets stand in the arguments.</summary>
    public int Count { get; private set; }

    /// <summary>The arguments of an alias after the context.</summary>
    public object?[] ArgumentsOf(MethodInfo alias, string docker)
    {
        object?[] arguments = [.. alias.GetParameters().Skip(1).Select(parameter => Sample(parameter.ParameterType, docker))];
        if (alias.Name.StartsWith("Dockerfile", StringComparison.Ordinal) && arguments[0] is BuildxBuildSettings build)
        {
            // What is read on this machine lies on this machine.
            (build.Context, build.File, build.Target, build.StandardInput) = (".", "-", null, $"FROM acme/first:1@sha256:{new string('0', 64)}\nENV SECRET={Next()}\n");
        }

        return arguments;
    }

    private object Sample(Type type, string docker) => type switch
    {
        _ when type == typeof(string) => "first",
        _ when type == typeof(DirectoryPath) => new DirectoryPath("/nonexistent"),
        _ when type == typeof(FilePath) => new FilePath(docker).GetDirectory().CombineWithFilePath("first.tar"),
        _ when type == typeof(ImageReference) => ImageReference.Parse("acme/first:1"),
        _ when type == typeof(ImagePlatform) => ImagePlatform.Parse("linux/s390x"),
        { IsArray: true } => Array(Sample(type.GetElementType()!, docker)),
        _ when type == typeof(MultiPlatformSettings) => new MultiPlatformSettings
        {
            Image = "acme/first",
            Platforms = { "linux/amd64", "linux/s390x" },
            Build = ForPublishing((BuildxBuildSettings)Fill(new BuildxBuildSettings(), docker)),
        },
        _ when type == typeof(ImageVerifySettings) => new ImageVerifySettings
        {
            Image = "acme/first:1",
            Platforms = { "linux/amd64", "linux/s390x" },
            Before = "acme/first:2",
            Connection = ForVerifying((BuildxImagetoolsInspectSettings)Fill(new BuildxImagetoolsInspectSettings(), docker)),
        },
        _ when type == typeof(MultiPlatformPlan) => PlanMaker.For(
            PublishRequest.From((MultiPlatformSettings)Sample(typeof(MultiPlatformSettings), docker), new FakeDocker().Context),
            MultiPlatformStrategy.Buildx,
            new PlanBasis(OwnBuilder: false, PushMovesTagLast: false, FilesWithBuild: false, _ => true),
            "it was asked for."),
        _ when type == typeof(ImageExecutablesSettings) => new ImageExecutablesSettings
        {
            Image = "acme/first:1",
            Connection = ForVerifying((BuildxImagetoolsInspectSettings)Fill(new BuildxImagetoolsInspectSettings(), docker)),
        },
        _ when type == typeof(ByteSize) => new ByteSize(7),
        _ when type == typeof(ImageComparisonSettings) => new ImageComparisonSettings
        {
            Left = "acme/first:1",
            Right = "acme/first:2",
            Files = true,
            Connection = ForVerifying((BuildxImagetoolsInspectSettings)Fill(new BuildxImagetoolsInspectSettings(), docker)),
        },
        _ when type == typeof(ImageBudgetSettings) => new ImageBudgetSettings
        {
            Image = "acme/first:1",
            Limit = "1m",
            Baseline = "acme/first:2",
            Connection = ForVerifying((BuildxImagetoolsInspectSettings)Fill(new BuildxImagetoolsInspectSettings(), docker)),
        },
        _ when type == typeof(BuilderSettings) => new BuilderSettings { Name = "first", Nodes = { ForBuilder((BuildxCreateSettings)Fill(new BuildxCreateSettings(), docker)) } },
        _ when type == typeof(EmulatorSettings) => new EmulatorSettings { Docker = (InfoSettings)Fill(new InfoSettings(), docker) },
        _ when type == typeof(TemporaryRegistrySettings) => new TemporaryRegistrySettings { Docker = (InfoSettings)Fill(new InfoSettings(), docker) },
        _ when type == typeof(PromoteSettings) => new PromoteSettings
        {
            Source = "acme/first:1",
            Targets = { "acme/first:2" },
            Create = (BuildxImagetoolsCreateSettings)Connect(new BuildxImagetoolsCreateSettings(), docker),
        },
        _ when type == typeof(FleetSettings) => new FleetSettings
        {
            Bake = (BuildxBakeSettings)Connect(new BuildxBakeSettings { DockerHost = $"ssh://user:{Next()}@example.com" }, docker),
            Images = { Member("first", docker), Member("second", docker, "first") },
        },
        _ when type == typeof(MergeSettings) => new MergeSettings { Publish = (MultiPlatformSettings)Sample(typeof(MultiPlatformSettings), docker), Results = { Result(docker) } },
        _ when type == typeof(FilePathCollection) => new FilePathCollection([Result(docker)]),
        _ when type == typeof(MatrixSettings) => new MatrixSettings { Platforms = { "linux/amd64" } },
        _ when type == typeof(ExportSettings) => new ExportSettings
        {
            Platforms = { "linux/amd64", "linux/s390x" },
            OciArchive = new FilePath(docker).GetDirectory().CombineWithFilePath("first.tar"),
            Build = ForPublishing((BuildxBuildSettings)Fill(new BuildxBuildSettings(), docker)),
        },
        _ when type == typeof(ReproduceSettings) => new ReproduceSettings
        {
            Platforms = { "linux/amd64", "linux/s390x" },
            SourceDateEpoch = DateTimeOffset.UnixEpoch,
            Build = ForPublishing((BuildxBuildSettings)Fill(new BuildxBuildSettings(), docker)),
        },
        _ when type == typeof(ImageNamesSettings) => new ImageNamesSettings { Source = new SourceFacts { Branch = "main", RemoteUrl = "https://github.com/acme/first" } },
        _ when type == typeof(PublishReportSettings) => new PublishReportSettings { OutputPrefix = "first" },
        _ when type == typeof(MultiPlatformResult) => new MultiPlatformResult { References = ["acme/first:1"], Strategy = MultiPlatformStrategy.Index, Contract = Images.Report(Images.Of("linux/s390x")) },
        _ when type == typeof(Exception) => new Core.CakeException("No."),
        _ => Fill((DockerSettings)Activator.CreateInstance(type)!, docker),
    };

    // An image of a fleet; what all share, and what may not stand in a definition, is refused.
    private FleetImage Member(string name, string docker, params string[] buildsOn)
    {
        var image = new FleetImage
        {
            Name = name,
            Publish =
            {
                Image = $"acme/{name}:1",
                Platforms = { "linux/amd64", "linux/s390x" },
                Build = { Context = "https://example.com/first.git", BuildArgs = { ["HTTP_PROXY"] = $"http://user:{Next()}@proxy" }, Secrets = { BuildSecret.FromFile("first", docker) } },
            },
        };
        foreach (var other in buildsOn)
        {
            image.BuildsOn.Add(other);
        }

        return image;
    }

    // What is said once for the builder is refused in a node.
    private static BuildxCreateSettings ForBuilder(BuildxCreateSettings node)
    {
        (node.Name, node.Node) = (null, null);
        return node;
    }

    // Publishing refuses what it decides itself.
    private static BuildxBuildSettings ForPublishing(BuildxBuildSettings build)
    {
        build.Tags.Clear();
        build.Outputs.Clear();
        build.Print = null;
        return build;
    }

    // What to look at is said once.
    private static BuildxImagetoolsInspectSettings ForVerifying(BuildxImagetoolsInspectSettings connection)
    {
        connection.Image = null;
        return connection;
    }

    // What other machines built, with something to move tags onto.
    private static FilePath Result(string docker)
    {
        var file = new FilePath(docker).GetDirectory().CombineWithFilePath("result.json");
        System.IO.File.WriteAllText(file.FullPath, new MultiPlatformBuild
        {
            Repositories = ["acme/first"],
            Builds = [.. new ImagePlatform[] { "linux/amd64", "linux/s390x" }.Select(platform => new PlatformBuild { Platform = platform, Digest = $"sha256:{new string('1', 64)}", Finished = DateTimeOffset.UnixEpoch })],
        }.ToJson());
        return file;
    }

    private static Array Array(object item)
    {
        var array = System.Array.CreateInstance(item.GetType(), 1);
        array.SetValue(item, 0);
        return array;
    }

    private DockerSettings Fill(DockerSettings settings, string docker)
    {
        foreach (var property in settings.GetType().GetProperties().Where(property => !property.DeclaringType!.IsAssignableFrom(typeof(ToolSettings))))
        {
            FillIn(property, settings);
        }

        return Connect(settings, docker);
    }

    private DockerSettings Connect(DockerSettings settings, string docker)
    {
        settings.ToolPath = docker;
        settings.EnvironmentVariables["AWS_SECRET_ACCESS_KEY"] = Next();
        settings.EnvironmentVariables["REGISTRY_TOKEN"] = Next();
        return settings;
    }

    private void FillIn(PropertyInfo property, DockerSettings settings)
    {
        switch (property.GetValue(settings))
        {
            case IList<BuildCache> caches:
                caches.Add($"type=s3,region=here,bucket=b,access_key_id={Next()},secret_access_key={Next()},session_token={Next()}");
                caches.Add($"type=azblob,name=b,secret_access_key={Next()}");
                caches.Add($"type=gha,scope=s,token={Next()},ghtoken={Next()},\"TOKEN={Next()},with a comma\"");
                break;
            case IList<BuildSecret> secrets:
                secrets.Add(BuildSecret.FromEnvironment("first", "FIRST"));
                settings.EnvironmentVariables["FIRST"] = Next();
                break;
            case IList<BakeOverride> overrides:
                overrides.Add($"*.cache-to=type=s3,region=here,secret_access_key={Next()}");
                overrides.Add($"first.context=https://user:{Next()}@example.com/first.git");
                break;
            case IDictionary<string, BuildContext> contexts:
                contexts.Add("first", $"https://{Next()}@example.com/first.git");
                break;
            case IList<string> texts:
                texts.Add(property.Name == "Targets" ? $"https://user:{Next()}@example.com/first.git" : "first");
                break;
            case IList<ImageReference> references:
                references.Add("acme/first:2");
                break;
            case IList:
            case IDictionary:
                break;
            case null or "" or "." when property is { CanWrite: true }:
                SetValue(property, settings);
                break;
            default:
                break;
        }
    }

    private void SetValue(PropertyInfo property, DockerSettings settings)
    {
        object? value = property switch
        {
            { Name: nameof(LoginSettings.Password) or nameof(DockerSettings.StandardInput) } => Next(),
            { Name: nameof(BuildxBuildSettings.Context) } => $"https://user:{Next()}@example.com/first.git",
            { Name: nameof(DockerSettings.DockerHost) or nameof(BuildxCreateSettings.Endpoint) } => $"ssh://user:{Next()}@example.com",
            { Name: nameof(BuildxBuildSettings.Call) } => null,
            { PropertyType: var type } when type == typeof(BuilderDriver) => new ContainerDriver { Image = "first" }.WithEnvironment("FIRST", Next()),
            { PropertyType: var type } when type == typeof(ContextEndpoint) => ContextEndpoint.Parse($"host=ssh://user:{Next()}@example.com"),
            { PropertyType: var type } when type == typeof(string) => "first",
            { PropertyType: var type } when type == typeof(ImageReference) => ImageReference.Parse("acme/first:1"),
            { Name: "Output" or "Input" } => new FilePath("/nonexistent/first.tar"),
            _ => null,
        };
        if (value is not null)
        {
            property.SetValue(settings, value);
        }
    }

    private string Next() => $"{Mark}-{(++Count).ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}";
}
