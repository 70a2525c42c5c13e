using Cake.Core;
using Cake.MultiPlatform.Tests.CrossCutting;
using Cake.MultiPlatform.Tests.Docker;
using Cake.Testing;

namespace Cake.MultiPlatform.Tests.Publishing.Fleet;

[Trait("Capability", "E11")]
public sealed class FleetRequestTests
{
    private readonly ICakeContext context = new FakeDocker().Context;

    public static TheoryData<string> BuildProperties =>
        [.. CommandSettings.Properties(typeof(BuildxBuildSettings)).Concat(typeof(Core.Tooling.ToolSettings).GetProperties()).Select(property => property.Name)];

    public static TheoryData<string> BakeProperties => [.. CommandSettings.Properties(typeof(BuildxBakeSettings)).Select(property => property.Name)];

    [Fact]
    public void Images_come_after_those_that_they_build_on()
    {
        var request = FleetRequest.From(Fleets.Of(("web", ["runtime", "tools"]), ("tools", ["base"]), ("other", []), ("base", []), ("runtime", ["base"])), context);
        Assert.Equal(["other", "base", "tools", "runtime", "web"], request.Members.Select(member => member.Name));
    }

    [Fact]
    public void No_images_are_refused() => Assert.StartsWith(
        "DockerBuildxMultiPlatformFleet: Images is empty; add at least one, e.g. Images = { new FleetImage { Name = \"shop\"",
        Assert.Throws<CakeException>(() => FleetRequest.From(new FleetSettings(), context)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void All_problems_are_said_at_once()
    {
        var settings = Fleets.Of(("base", []), ("web", ["bsae"]), ("a.b", []), ("default", []));
        settings.Images[0].Publish.Image = null;
        settings.Images[1].Publish.Platforms.Add("linux/arm/v7");
        settings.Images[1].Publish.Build.Context = "./nowhere";
        settings.Bake.Push = true;
        Refused(
            settings,
            "Bake sets Push, which DockerBuildxMultiPlatformFleet decides by itself; leave it out, or use DockerBuildxBake.",
            "the name 'a.b' is none of a bake target: letters, digits, '_' and '-', e.g. 'shop'.",
            "the name 'default' is bake's for all images together; take another one, e.g. 'shop'.",
            "'base': Image is missing; set the repository to publish to, e.g. Image = \"ghcr.io/acme/shop\".",
            "'web': Build.Context './nowhere' is not a folder (looked for /Working/nowhere); set the folder that the Dockerfile copies from, e.g. Context = \"./src/Shop\".",
            "'web' builds on 'bsae', which is no image of this fleet; its images are base, web, a.b, default.");
    }

    [Fact]
    public void A_name_is_one_images()
        => Refused(Fleets.Of(("web", []), ("web", [])), "the name 'web' is that of 2 images; each needs one of its own.", "'acme/web:1' is to be the name of 'web' and of 'web'; give each image a repository or tags of its own.");

    [Fact]
    public void A_reference_is_one_images()
    {
        var settings = Fleets.Of(("base", []), ("web", []));
        settings.Images[1].Publish.Mirrors.Add("acme/base");
        Refused(settings, "'acme/base:1' is to be the name of 'base' and of 'web'; give each image a repository or tags of its own.");
        settings.Images[1].Publish.Image = "acme/web:2";
        Assert.Equal(2, FleetRequest.From(settings, context).Members.Count);
    }

    [Fact]
    public void Images_that_need_each_other_are_refused()
    {
        Refused(
            Fleets.Of(("a", ["b"]), ("b", ["c"]), ("c", ["a"]), ("behind", ["a"]), ("fine", [])),
            "'a' builds on 'b' builds on 'c' builds on 'a': none of them can be built first; leave one out of BuildsOn.");
        Refused(
            Fleets.Of(("a", ["a"]), ("b", ["c"]), ("c", ["b"])),
            "'a' builds on 'a': none of them can be built first; leave one out of BuildsOn.",
            "'b' builds on 'c' builds on 'b': none of them can be built first; leave one out of BuildsOn.");
    }

    [Fact]
    [Trait("Trap", "T22")]
    public void A_base_has_the_platforms_of_those_on_it()
    {
        var settings = Fleets.Of(("base", []), ("web", ["base"]));
        settings.Images[1].Publish.Platforms.Add("linux/arm/v7");
        settings.Images[1].Publish.Platforms.Add("linux/s390x");
        Refused(settings, "'web' is for linux/arm/v7, linux/s390x and builds on 'base', which is not; add the platform to 'base', or leave it out of 'web'.");
        settings.Images[0].Publish.Platforms.Add("linux/arm/v7");
        settings.Images[0].Publish.Platforms.Add("linux/s390x");
        settings.Images[0].Publish.Platforms.Add("linux/386");
        Assert.Equal(2, FleetRequest.From(settings, context).Members.Count);
    }

    [Fact]
    public void A_base_has_one_name()
    {
        var settings = Fleets.Of(("base", []), ("web", ["base"]));
        settings.Images[1].Publish.Build.BuildContexts["acme/base:1"] = "target:base";
        Refused(settings, "'web' has 2 names for 'base' (acme/base:1, base), which older buildx mixes up; use one in its Dockerfile.");
        settings.Images[1].BuildsOn.Clear();
        Assert.Equal([("acme/base:1", "base")], FleetRequest.From(settings, context).Members[1].Bases);
        settings.Images[1].Publish.Build.BuildContexts["base"] = "./src";
        settings.Images[1].BuildsOn.Add("base");
        Refused(settings, "'web': it builds on 'base', and Build.BuildContexts has a context of that name; leave one of the two out.");
    }

    [Fact]
    public void The_settings_of_an_image_are_left_as_they_are()
    {
        var settings = Fleets.Of(("base", []), ("web", ["base"]));
        settings.Bake.Builder = "mine";
        settings.Bake.DockerHost = "ssh://build1";
        var member = FleetRequest.From(settings, context).Members[1];
        Assert.Equal(("mine", "ssh://build1"), (member.Request.Build.Builder, member.Request.Goal.Connection.DockerHost));
        Assert.Empty(settings.Images[1].Publish.Build.BuildContexts);
        Assert.Null(settings.Images[1].Publish.Build.Builder);
    }

    [Theory]
    [InlineData(MultiPlatformStrategy.Index)]
    [InlineData(MultiPlatformStrategy.Manifest)]
    public void A_strategy_that_builds_apart_is_refused(MultiPlatformStrategy strategy)
    {
        var settings = Fleets.Of(("web", []));
        settings.Images[0].Publish.Strategy = strategy;
        Refused(settings, $"'web': Strategy is {strategy}, and one docker buildx bake builds all platforms of an image at once; leave it out, or publish the image by itself with DockerBuildxMultiPlatform.");
    }

    [Fact]
    public void A_journal_is_refused()
    {
        var settings = Fleets.Of(("web", []));
        settings.Images[0].Publish.Journal = "j.json";
        Refused(settings, "'web': Journal is set, and a fleet keeps none: what an earlier run built comes from the builder's cache. Leave it out.");
    }

    [Fact]
    public void No_secret_stands_in_a_definition()
    {
        var settings = Fleets.Of(("web", []));
        settings.Images[0].Publish.Build.CacheTo.Add("type=s3,bucket=b,secret_access_key=hidden-key");
        settings.Images[0].Publish.Build.Context = "https://user:hidden-word@example.com/shop.git";
        var message = Refused(
            settings,
            "'web': Build.CacheTo has a key or token in 'type=s3,bucket=b,secret_access_key=***', and no secret stands in a definition; leave it to docker's environment, e.g. Bake.EnvironmentVariables[\"AWS_SECRET_ACCESS_KEY\"].",
            "'web': Build has a password in the address 'https://user:***@example.com/shop.git', and no secret stands in a definition; leave it out, and give it to docker as the secret GIT_AUTH_TOKEN, e.g. Secrets = { \"id=GIT_AUTH_TOKEN,env=GIT_TOKEN\" }.");
        Assert.DoesNotContain("hidden", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-", null)]
    [InlineData(".", "-")]
    [InlineData(".", "https://example.com/Dockerfile")]
    public void What_comes_on_standard_input_is_refused(string folder, string? file)
    {
        var settings = Fleets.Of(("web", []));
        (settings.Images[0].Publish.Build.Context, settings.Images[0].Publish.Build.File) = (folder, file);
        Refused(settings, "'web': Build takes context or Dockerfile from standard input (StandardInput, '-'), where docker buildx bake gets the definition, or the Dockerfile alone from another machine; set Build.File to a file, e.g. File = \"./src/Shop/Dockerfile\".");
    }

    // No property of a build is silently without effect: it is in the definition, or refused.
    [Theory]
    [MemberData(nameof(BuildProperties))]
    public void Every_property_of_a_build_is_in_the_definition_or_refused(string name)
    {
        context.FileSystem.GetDirectory("/Working/sample").Create();
        ((FakeFileSystem)context.FileSystem).CreateFile("/Working/sample/Dockerfile");
        var (plain, changed) = (Fleets.Of(("web", [])), Fleets.Of(("web", [])));
        var build = changed.Images[0].Publish.Build;
        var property = typeof(BuildxBuildSettings).GetProperty(name)!;
        CommandSettings.Change(property, build);
        if (name == nameof(BuildxBuildSettings.File))
        {
            build.File = "sample/Dockerfile";
        }

        try
        {
            Assert.NotEqual(Fleets.Definition(plain, context), Fleets.Definition(changed, context));
        }
        catch (CakeException refused)
        {
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(BakeProperties))]
    public void Every_property_of_a_bake_is_on_its_command_line_or_refused(string name)
    {
        var (plain, changed) = (Fleets.Of(("web", [])), Fleets.Of(("web", [])));
        var property = typeof(BuildxBakeSettings).GetProperty(name)!;
        CommandSettings.Change(property, changed.Bake);
        if (name is nameof(DockerSettings.Retries) or nameof(DockerSettings.RetryDeadline))
        {
            Assert.Equal(property.GetValue(changed.Bake), property.GetValue(FleetRequest.From(changed, context).Members[0].Request.Goal.Connection));
            return;
        }

        try
        {
            Assert.NotEqual($"{Fleets.Plan(plain, context).Bake.ToArguments()}", $"{Fleets.Plan(changed, context).Bake.ToArguments()}");
        }
        catch (CakeException refused)
        {
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }
    }

    private string Refused(FleetSettings settings, params string[] problems)
    {
        var message = Assert.Throws<CakeException>(() => FleetRequest.From(settings, context)).Message;
        Assert.Equal(
            string.Join(Environment.NewLine, problems.Select(problem => $"  - {problem}").Prepend("DockerBuildxMultiPlatformFleet: the fleet cannot be published as it is, nothing was started:")),
            message);
        return message;
    }
}
