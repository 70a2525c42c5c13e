using Cake.Core;

namespace Cake.MultiPlatform.Tests.Recipes;

public sealed class MultiPlatformParametersTests
{
    [Fact]
    [Trait("Capability", "G3")]
    public void Without_anything_the_defaults_are_taken()
    {
        var parameters = Read();
        Assert.Null(parameters.Images.Image);
        Assert.Null(parameters.Names);
        Assert.Empty(parameters.Images.Tags);
        Assert.Equal(PlatformSet.Parse("linux/amd64,linux/arm64"), parameters.Images.Platforms);
        Assert.Equal(MultiPlatformStrategy.Auto, parameters.Images.Strategy);
        Assert.Equal(ConsumerProfile.Default, parameters.Images.Profile);
        Assert.Equal(new MultiPlatformSettings().MaxParallelBuilds, parameters.Images.MaxParallelBuilds);
        Assert.Equal(new BuildxBuildSettings().Context, parameters.Images.Build.Context);
        Assert.False(parameters.PlanOnly || parameters.DryRun || parameters.Images.AllowPlatformRemoval || parameters.Images.AllowTagOverwrite);
    }

    [Fact]
    [Trait("Capability", "G3")]
    public void Every_parameter_can_be_an_argument()
    {
        var parameters = Read(
            [
                "image=ghcr.io/acme/shop", "image-tag=1.4.0, latest", "image-tag=1", "platforms=linux/arm/v7,linux/s390x", "strategy=index", "profile=no-attestations",
                "mirror=registry.acme.example/shop", "mirror=other.acme.example/shop", "max-parallel-builds=2", "allow-platform-removal", "allow-tag-overwrite=true",
                "context=./src/Shop", "dockerfile=./Shop.Dockerfile", "builder=mybuilder", "build-arg=A=1,2=3", "build-arg=B",
                "plan=plan.json", "from-plan=kept.json", "doctor-json=doctor.json", "archive=out/shop.tar", "promote-to=ghcr.io/acme/shop:stable,other.acme.example/shop",
                "promote-from=ghcr.io/acme/shop:1.3.0", "compare-with=ghcr.io/acme/shop:1.2.0", "target=PublishImages, VerifyImages", "target=PromoteImages",
                "journal=journal.json", "platform=linux/s390x", "result=out/s390x.json", "results=in/a.json,more/*.json", "revision=abc", "allow-missing-platforms",
                "allow-duplicate-results", "allow-foreign-results=false",
                "names", "image-version=1.5.0", "output-prefix=shop", "outputs-file=out/shop.env", "summary-file=out/shop.md",
            ]);
        var images = parameters.Images;
        Assert.Equal("ghcr.io/acme/shop", images.Image);
        Assert.Equal(["1.4.0", "latest", "1"], images.Tags);
        Assert.Equal(PlatformSet.Parse("linux/arm/v7,linux/s390x"), images.Platforms);
        Assert.Equal((MultiPlatformStrategy.Index, ConsumerProfile.NoAttestations, 2), (images.Strategy, images.Profile, images.MaxParallelBuilds));
        Assert.Equal(["registry.acme.example/shop", "other.acme.example/shop"], images.Mirrors.Select(mirror => mirror.ToString()));
        Assert.True(images.AllowPlatformRemoval && images.AllowTagOverwrite && parameters.PlanOnly);
        Assert.Equal(("./src/Shop", "./Shop.Dockerfile", "mybuilder"), (images.Build.Context, images.Build.File, images.Build.Builder));
        Assert.Equal(new Dictionary<string, string?> { ["A"] = "1,2=3", ["B"] = null }, images.Build.BuildArgs);
        Assert.Equal(
            ("plan.json", "kept.json", "doctor.json", "out/shop.tar"),
            (parameters.PlanFile!.FullPath, parameters.FromPlan!.FullPath, parameters.DoctorFile!.FullPath, parameters.Archive.FullPath));
        Assert.Equal(["ghcr.io/acme/shop:stable", "other.acme.example/shop"], parameters.PromoteTo.Select(name => name.ToString()));
        Assert.Equal(("ghcr.io/acme/shop:1.3.0", "ghcr.io/acme/shop:1.2.0"), ($"{parameters.PromoteFrom}", $"{parameters.CompareWith}"));
        Assert.Equal(["PublishImages", "VerifyImages", "PromoteImages"], parameters.Targets);
        Assert.Equal(("journal.json", "out/s390x.json", "abc"), (images.Journal!.FullPath, parameters.Result!.FullPath, parameters.Revision));
        Assert.Equal(
            ("1.5.0", "shop", "out/shop.env", "out/shop.md"),
            (parameters.Names!.Version, parameters.Report.OutputPrefix, parameters.Report.OutputsFile!.FullPath, parameters.Report.SummaryFile!.FullPath));
        Assert.Equal(["linux/s390x"], parameters.PlatformsHere.Select(platform => platform.ToString()));
        Assert.Equal(["in/a.json", "more/*.json"], parameters.Results);
        Assert.Equal((true, true, false), (parameters.AllowMissingPlatforms, parameters.AllowDuplicateResults, parameters.AllowForeignResults));
    }

    [Theory]
    [InlineData("a", "e", "c", "a")]
    [InlineData(null, "e", "c", "e")]
    [InlineData(null, null, "c", "c")]
    [InlineData(null, "", "c", "c")]
    [Trait("Capability", "G3")]
    public void An_argument_wins_over_the_environment_and_that_over_the_configuration(string? argument, string? variable, string? setting, string expected)
    {
        var parameters = MultiPlatformParameters.Read(
            name => name == "image-tag" && argument is not null ? [argument] : [],
            name => name == "CAKE_IMAGES_IMAGE_TAG" ? variable : null,
            key => key == "Images_image_tag" ? setting : null);
        Assert.Equal([expected], parameters.Images.Tags);
    }

    [Theory]
    [InlineData("platforms=linux/amd46", "--platforms:", "linux/amd64")]
    [InlineData("strategy=fast", "--strategy: 'fast' is none of auto, buildx, manifest, index", "--strategy=index")]
    [InlineData("profile=", "--profile has no value", "leave it out")]
    [InlineData("image=Shop:a:b", "--image:", "Shop:a:b")]
    [InlineData("image-tag=a,,b", "--image-tag has no value", "leave it out")]
    [InlineData("max-parallel-builds=many", "--max-parallel-builds: 'many' is not a whole number", "--max-parallel-builds=4")]
    [InlineData("allow-tag-overwrite=perhaps", "--allow-tag-overwrite: 'perhaps' is neither true nor false", "--allow-tag-overwrite=true")]
    [InlineData("builder=a;builder=b", "--builder is there 2 times (a, b)", "leave all but one out")]
    [Trait("Capability", "G7")]
    public void A_wrong_value_is_refused_with_its_place_the_rule_and_what_helps(string arguments, string what, string help)
    {
        var error = Assert.Throws<CakeException>(() => Read(arguments.Split(';')));
        Assert.StartsWith(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(help, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "G7")]
    public void A_wrong_value_of_environment_or_configuration_says_where_it_stands()
    {
        var variable = Assert.Throws<CakeException>(() => MultiPlatformParameters.Read(_ => [], name => name == "CAKE_IMAGES_STRATEGY" ? "fast" : null, _ => null));
        Assert.StartsWith("CAKE_IMAGES_STRATEGY: 'fast'", variable.Message, StringComparison.Ordinal);
        var setting = Assert.Throws<CakeException>(() => MultiPlatformParameters.Read(_ => [], _ => null, key => key == "Images_max_parallel_builds" ? "x" : null));
        Assert.StartsWith("max_parallel_builds in [Images] of cake.config: 'x'", setting.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Capability", "G9")]
    public void The_guide_lists_every_parameter()
    {
        List<string> asked = [];
        MultiPlatformParameters.Read(
            name =>
            {
                asked.Add(name);
                return [];
            },
            _ => null,
            _ => null);
        var guide = typeof(MultiPlatformParametersTests).Assembly.GetManifestResourceStream("recipes.md")!;
        using var reader = new StreamReader(guide);
        var text = reader.ReadToEnd();
        Assert.All(asked.Distinct(StringComparer.Ordinal), name => Assert.Contains($"`--{name}", text, StringComparison.Ordinal));
    }

    private static MultiPlatformParameters Read(params IReadOnlyList<string> arguments)
    {
        var values = arguments.Select(argument => argument.Split('=', 2)).ToLookup(pair => pair[0], pair => pair.ElementAtOrDefault(1), StringComparer.Ordinal);
        return MultiPlatformParameters.Read(name => [.. values[name]], _ => null, _ => null);
    }
}
