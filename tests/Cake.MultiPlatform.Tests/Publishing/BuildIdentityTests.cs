using Cake.Core;
using Cake.Core.IO;
using Cake.MultiPlatform.Tests.Docker;
using NSubstitute;

namespace Cake.MultiPlatform.Tests.Publishing;

/// <summary>Whatever can change the result changes the identity, and nothing else does.</summary>
[Trait("Capability", "E8")]
public sealed class BuildIdentityTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cake-mp-identity-");
    private readonly ICakeContext context = new FakeDocker().Context;

    public BuildIdentityTests()
    {
        context.FileSystem.Returns(new FileSystem());
        Write("Dockerfile", "FROM scratch\nCOPY . /\n");
        Write("src/a.txt", "a");
        Write(".dockerignore", "**/obj\nnotes\n!notes/kept\n");
    }

    public static TheoryData<string, Action<BuildxBuildSettings>> Means => new()
    {
        { "builder", build => build.Builder = "other" },
        { "cache", build => build.CacheFrom.Add("type=local,src=x") },
        { "no cache", build => build.NoCache = true },
        { "progress", build => build.Progress = "plain" },
        { "secret", build => build.Secrets.Add("id=a,env=B") },
    };

    public static TheoryData<string, Action<BuildxBuildSettings>> Ends => new()
    {
        { "argument", build => build.BuildArgs["A"] = "2" },
        { "argument from the environment", build => build.EnvironmentVariables["FROM_ENVIRONMENT"] = "2" },
        { "label", build => build.Labels["a"] = "b" },
        { "target", build => build.Target = "other" },
        { "annotation", build => build.Annotations.Add("a=b") },
        { "provenance", build => build.Provenance = "mode=max" },
    };

    public static TheoryData<string, string, bool> Files => new()
    {
        { "src/a.txt", "b", true },
        { "src/b.txt", "a", true },
        { "Dockerfile", "FROM scratch\n", true },
        { "src/obj/x", "x", false },
        { "notes/x", "x", false },
        { "notes/kept", "x", true },
    };

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Means))]
    public void Means_do_not_count(string name, Action<BuildxBuildSettings> change) => Assert.True(Before() == After(change), name);

    [Theory]
    [MemberData(nameof(Ends))]
    public void Ends_count(string name, Action<BuildxBuildSettings> change) => Assert.True(Before().Settings != After(change).Settings, name);

    [Theory]
    [MemberData(nameof(Files))]
    public void Files_count_that_are_sent(string name, string content, bool counts)
    {
        var before = Before();
        Write(name, content);

        var after = Before();

        Assert.Equal(before.Settings, after.Settings);
        Assert.NotNull(after.Content);
        Assert.Equal(counts, before.Content != after.Content);
    }

    [Fact]
    public void Journal_in_the_context_does_not_count()
    {
        var before = Before();

        Write("journal.json", "{}");

        Assert.Equal(before, Before());
    }

    [Fact]
    public void Executable_bit_and_links_count()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such bit, and links need rights.");
        var before = Before();
#pragma warning disable CA1416 // It is skipped on Windows.
        File.SetUnixFileMode(PathOf("src/a.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        var executable = Before();
        Assert.NotEqual(before.Content, executable.Content);
        File.CreateSymbolicLink(PathOf("link"), "src");
        var linked = Before();
        Assert.NotEqual(executable.Content, linked.Content);
        File.Delete(PathOf("link"));
        File.CreateSymbolicLink(PathOf("link"), "src/a.txt");
        Assert.NotEqual(linked.Content, Before().Content);
    }

    [Fact]
    public void Base_images_count()
    {
        DockerfileBase Base(int number) => new() { Line = 1, Image = "busybox:1", Digest = Images.Digest(number) };
        Assert.NotEqual(Of(Build(), Base(1)).Content, Of(Build(), Base(2)).Content);
        Assert.Equal(Of(Build(), Base(1)), Of(Build(), Base(1)));
    }

    [Theory]
    [InlineData("https://github.com/acme/shop.git", false)]
    [InlineData("https://github.com/acme/shop.git#main", false)]
    [InlineData("https://github.com/acme/shop.git#0123456789012345678901234567890123456789", true)]
    public void Of_what_lies_elsewhere_only_a_commit_is_known(string place, bool known)
    {
        var build = new BuildxBuildSettings { Context = place };

        Assert.Equal(known, Of(build).Content is not null);
    }

    [Fact]
    public void Place_of_the_context_does_not_count_for_the_settings() =>
        Assert.Equal(SettingsOf(new BuildxBuildSettings { Context = "/home/a" }), SettingsOf(new BuildxBuildSettings { Context = "/home/b", File = "/home/b/Dockerfile" }));

    [Fact]
    public void Profile_counts_though_it_stands_in_the_outputs() =>
        Assert.Equal(3, Enum.GetValues<ConsumerProfile>().Select(profile => BuildIdentity.SettingsOf(Request(Build(), profile), context)).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Context_from_a_standard_input_that_nobody_knows_is_not_known() => Assert.Null(Of(new BuildxBuildSettings { Context = "-" }).Content);

    private static PublishRequest Request(BuildxBuildSettings build, ConsumerProfile profile = ConsumerProfile.Default) =>
        PublishRequest.Unchecked(new MultiPlatformSettings { Build = build, Profile = profile });

    private string SettingsOf(BuildxBuildSettings build) => BuildIdentity.SettingsOf(Request(build), context);

    private BuildIdentity Before() => Of(Build());

    private BuildIdentity After(Action<BuildxBuildSettings> change)
    {
        var build = Build();
        change(build);
        return Of(build);
    }

    private BuildxBuildSettings Build() => new() { Context = folder.FullName, BuildArgs = { ["A"] = "1", ["FROM_ENVIRONMENT"] = null } };

    private BuildIdentity Of(BuildxBuildSettings build, params DockerfileBase[] bases) => BuildIdentity.Of(Request(build), bases, context, PathOf("journal.json"));

    private string PathOf(string name) => System.IO.Path.Combine(folder.FullName, name);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
    }
}
