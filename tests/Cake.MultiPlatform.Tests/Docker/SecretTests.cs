using Cake.Core;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>What is secret reaches docker and nobody else.</summary>
[Trait("Capability", "B8")]
public sealed class SecretTests
{
    [Theory]
    [InlineData("type=s3,secret_access_key=hunter22,region=here", "type=s3,secret_access_key=***,region=here")]
    [InlineData("type=s3,access_key_id=hunter22,session_token=hunter33", "type=s3,access_key_id=***,session_token=***")]
    [InlineData("type=gha,TOKEN=hunter22,ghtoken=hunter33,scope=token", "type=gha,TOKEN=***,ghtoken=***,scope=token")]
    [InlineData("type=s3,\"secret_access_key=hunter,\"\"22\"", "type=s3,secret_access_key=***")]
    [InlineData("type=registry,ref=acme/shop:cache", "type=registry,ref=acme/shop:cache")]
    public void A_cache_shows_its_secrets_to_docker_only(string value, string shown)
    {
        var settings = new BuildxBuildSettings { CacheTo = { value } };
        Assert.Equal(shown, settings.CacheTo[0].ToString());
        Assert.Contains(value, settings.ToArguments().ToList());
        Assert.DoesNotContain("hunter", settings.ToArguments().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", settings.ToArguments().ToProcessArguments().RenderSafe(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drivers_variables_are_shown_to_docker_only()
    {
        var settings = new BuildxCreateSettings { Driver = new ContainerDriver { Image = "buildkit" }.WithEnvironment("KEY", "hunter22") };
        Assert.Equal("image=buildkit,env.KEY=***", settings.Driver.ToString());
        Assert.Contains("image=buildkit,env.KEY=hunter22", settings.ToArguments().ToList());
        Assert.Contains("env.KEY=***", settings.ToArguments().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_override_shows_the_secrets_of_its_cache_to_docker_only()
    {
        var settings = new BuildxBakeSettings { Set = { "*.cache-from=type=s3,secret_access_key=hunter22", "*.platform=linux/arm64" } };
        Assert.Equal("*.cache-from=type=s3,secret_access_key=***", settings.Set[0].ToString());
        Assert.Contains("*.cache-from=type=s3,secret_access_key=hunter22", settings.ToArguments().ToList());
        Assert.DoesNotContain("hunter", settings.ToArguments().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:hunter22@example.com/acme.git", "https://user:***@example.com/acme.git")]
    [InlineData("https://hunter22@example.com/acme.git", "https://***@example.com/acme.git")]
    [InlineData("ssh://user@example.com", "ssh://user@example.com")]
    [InlineData("git@example.com:acme/shop.git", "git@example.com:acme/shop.git")]
    [InlineData("docker-image://acme/shop@sha256:abc", "docker-image://acme/shop@sha256:abc")]
    public void Passwords_in_addresses_are_hidden(string address, string shown)
    {
        var arguments = new BuildxBuildSettings { Context = address }.ToArguments();
        Assert.Equal(address, arguments.ToList()[^1]);
        Assert.EndsWith($" {shown}", arguments.ToString().Replace("'", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type=s3,secret_access_key=hunter22,=x")]
    [InlineData("type=s3,\"secret_access_key=hunter22")]
    [InlineData("type=s3,\"secret_access_key=hunter22\"x")]
    [InlineData("type=s3,secret_access_key=hunt\"er22")]
    public void A_cache_that_is_refused_is_not_repeated(string value)
        => Assert.DoesNotContain("hunt", Assert.Throws<CakeException>(() => BuildCache.Parse(value)).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("id=x,=hunter22")]
    [InlineData("hunter22")]
    [InlineData("id=x,value=hunter22")]
    [InlineData("id=x,\"hunter22")]
    public void A_build_secret_that_is_refused_is_not_repeated(string value)
        => Assert.DoesNotContain("hunter", Assert.Throws<CakeException>(() => BuildSecret.Parse(value)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void What_a_step_prints_of_a_build_secret_is_hidden()
    {
        var build = new BuildxBuildSettings { Secrets = { "id=x,env=X" }, EnvironmentVariables = { ["X"] = "hunter22" } };
        Assert.Equal("#5 0.243 the password is ***", build.ToArguments().Mask.Hide("#5 0.243 the password is hunter22"));
        Assert.DoesNotContain("hunter", build.ToArguments().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_read_from_what_docker_really_said()
    {
        var docker = new FakeDocker().Answers("context create", "pass");
        Assert.Equal("pass", docker.Context.DockerContextCreate(new ContextCreateSettings { Name = "x", EnvironmentVariables = { ["MY_PASSWORD"] = "pass" } }));
    }

    [Fact]
    public void A_dockerfile_on_standard_input_stays_visible()
    {
        var build = new BuildxBuildSettings { File = "-", StandardInput = "FROM scratch\nCOPY a b\n" };
        Assert.Equal("#1 COPY a b", build.ToArguments().Mask.Hide("#1 COPY a b"));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with space")]
    [InlineData("a\"b c\\")]
    [InlineData("trailing\\")]
    [InlineData("")]
    public void A_hidden_argument_is_quoted_as_a_shown_one(string value)
    {
        var (shown, hidden) = (new DockerArguments(), new DockerArguments());
        shown.Positional("long enough " + value);
        hidden.Positional("long enough " + value);
        hidden.Secret("long enough " + value);
        Assert.Equal(shown.ToProcessArguments().Render(), hidden.ToProcessArguments().Render());
        Assert.Equal("[REDACTED]", hidden.ToProcessArguments().RenderSafe().Trim('"'));
    }
}
