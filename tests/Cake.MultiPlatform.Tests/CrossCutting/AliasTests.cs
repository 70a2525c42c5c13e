using System.Reflection;
using System.Runtime.CompilerServices;
using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform.Tests.CrossCutting;

public sealed class AliasTests
{
    // The aliases of Cake.Docker that a script may load beside ours (design.md, section 7).
    private static readonly (string Name, Type[] Parameters)[] CakeDocker =
    [
        ("DockerManifestCreate", [typeof(string), typeof(string), typeof(string[])]),
        ("DockerManifestAnnotate", [typeof(string), typeof(string)]),
        ("DockerManifestPush", [typeof(string)]),
        ("DockerManifestInspect", [typeof(string)]),
        ("DockerPush", [typeof(string)]),
        ("DockerPull", [typeof(string)]),
        ("DockerTag", [typeof(string), typeof(string)]),
        ("DockerLogin", [typeof(string), typeof(string), typeof(string)]),
        ("DockerLogout", [typeof(string)]),
    ];

    private static readonly MethodInfo[] All =
        [.. typeof(DockerSettings).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(CakeMethodAliasAttribute)))];

    public static TheoryData<string> Names => [.. All.Select(Name)];

    [Fact]
    public void All_commands_have_aliases()
    {
        string[] commands =
        [
            "DockerBuildxBake", "DockerBuildxDu", "DockerBuildxHistoryExport", "DockerBuildxHistoryInspect", "DockerBuildxHistoryLogs",
            "DockerBuildxHistoryLs", "DockerBuildxHistoryRm", "DockerBuildxPrune", "DockerBuildxStop", "DockerContextCreate", "DockerContextLs",
            "DockerContextRm", "DockerImageHistory", "DockerImageLoad", "DockerImageLs", "DockerImagePrune", "DockerImageRm", "DockerImageSave",
            "DockerLogin", "DockerLogout", "DockerImageVerify", "DockerRemoteImage", "DockerLocalImage", "DockerImageCompare", "DockerImageBudget",
            "DockerBuildxBuild", "DockerBuildxCreate", "DockerBuildxImagetoolsCreate", "DockerBuildxImagetoolsInspect", "DockerBuildxInspect",
            "DockerBuildxLs", "DockerBuildxMultiPlatform", "DockerBuildxMultiPlatformCleanUp", "DockerBuildxMultiPlatformExport", "DockerBuildxMultiPlatformFleet", "DockerBuildxMultiPlatformFleetPlan",
            "DockerBuildxMultiPlatformPromote", "DockerBuildxMultiPlatformReproduce", "DockerBuildxSourceDateEpoch", "DockerBuildxRm", "DockerBuildxUse", "DockerBuildxVersion", "DockerImageBuild",
            "DockerImageInspect", "DockerImagePlatform", "DockerImagePlatforms", "DockerImagePull", "DockerImagePush", "DockerImageTag", "DockerInfo",
            "DockerManifestAnnotate", "DockerManifestCreate", "DockerManifestInspect", "DockerManifestPush", "DockerManifestRm", "DockerVersion",
            "DockerImageNames", "DockerBuildxMultiPlatformReport", "DockerLogGroup",
        ];
        Assert.Subset(All.Select(method => method.Name).ToHashSet(StringComparer.Ordinal), commands.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_alias_is_documented(string name)
    {
        var method = Find(name);
        var docs = XmlDocs.Of(method);
        Assert.NotEmpty(docs.Element("summary")!.Value.Trim());
        Assert.Equal(method.GetParameters().Select(parameter => parameter.Name!), docs.Elements("param").Select(parameter => parameter.Attribute("name")!.Value));
        Assert.All(docs.Elements("param"), parameter => Assert.NotEmpty(parameter.Value.Trim()));
        Assert.Equal(method.ReturnType == typeof(void), docs.Element("returns") is not { Value.Length: > 0 });
        Assert.Contains(method.Name + "(", docs.Element("example")!.Element("code")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_alias_is_an_extension_of_the_context_in_a_category(string name)
    {
        var method = Find(name);
        Assert.True(method.IsDefined(typeof(ExtensionAttribute)));
        Assert.Equal(typeof(ICakeContext), method.GetParameters()[0].ParameterType);
        Assert.NotEmpty(method.GetCustomAttribute<CakeAliasCategoryAttribute>()!.Name);
        Assert.NotEmpty(method.DeclaringType!.GetCustomAttribute<CakeAliasCategoryAttribute>()!.Name);
        Assert.True(method.DeclaringType is { IsAbstract: true, IsSealed: true, IsPublic: true });
        Assert.NotEmpty(XmlDocs.Of(method.DeclaringType!).Element("summary")!.Value.Trim());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_alias_has_the_name_and_types_of_one_of_Cake_Docker(string name)
    {
        var method = Find(name);
        var types = method.GetParameters().Skip(1).Select(parameter => parameter.ParameterType).ToArray();
        Assert.DoesNotContain(CakeDocker, taken => taken.Name == method.Name && taken.Parameters.SequenceEqual(types));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_alias_refuses_a_null_context(string name)
    {
        var method = Find(name);
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0) : null).ToArray();
        var error = Assert.Throws<TargetInvocationException>(() => method.Invoke(null, arguments));
        Assert.IsAssignableFrom<ArgumentNullException>(error.InnerException);
    }

    [Fact]
    public void Every_settings_class_of_a_command_is_taken_by_an_alias()
    {
        var taken = All.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType).ToHashSet();
        var commands = typeof(DockerSettings).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(DockerSettings)) && !type.IsAbstract);
        Assert.Subset(taken, commands.ToHashSet());
    }

    [Fact]
    public void No_public_type_has_the_name_of_one_of_Cake_Docker()
        => Assert.Equal(
            ["DockerSettings", "DockerSettings`1"],
            typeof(DockerSettings).Assembly.GetExportedTypes().Select(type => type.Name)
                .Where(name => name.StartsWith("Docker", StringComparison.Ordinal) && name.Split('`')[0].EndsWith("Settings", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void All_public_types_are_in_the_one_namespace_that_Cake_imports()
        => Assert.All(typeof(DockerSettings).Assembly.GetExportedTypes(), type => Assert.Equal("Cake.MultiPlatform", type.Namespace));

    [Fact]
    [Trait("Trap", "T37")]
    public void The_addin_depends_on_nothing_that_a_script_would_have_to_load()
        => Assert.All(
            typeof(DockerSettings).Assembly.GetReferencedAssemblies(),
            reference => Assert.True(
                reference.Name is "Cake.Core" or "Cake.Common" or "Microsoft.Win32.Primitives" || reference.Name!.StartsWith("System.", StringComparison.Ordinal), $"The addin needs {reference.Name}."));

    private static string Name(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Skip(1).Select(parameter => parameter.ParameterType.Name))})";

    private static MethodInfo Find(string name) => Assert.Single(All, method => Name(method) == name);
}
