using Cake.Core;

namespace Cake.MultiPlatform.Tests.Registry;

public sealed class LoginTests
{
    [Theory]
    [Trait("Capability", "B4")]
    [InlineData("docker-20.10.24")]
    [InlineData("docker-26.1.5")]
    [InlineData("docker-28.5.2")]
    public void A_login_tells_the_status_and_where_the_password_went(string docker)
    {
        var output = Captured.Output($"{docker}/login.txt") with { ErrorLines = Captured.Lines($"{docker}/login-error.txt") };
        Assert.Equal(new LoginResult("Login Succeeded", IsStoredUnencrypted: true), new LoginSettings().Read(output));
        Assert.False(new LoginSettings().Read(Captured.Output($"{docker}/login.txt")).IsStoredUnencrypted);
        Assert.Equal("127.0.0.1:5000", new LogoutSettings().Read(Captured.Output($"{docker}/logout.txt")));
    }

    [Fact]
    [Trait("Capability", "B1")]
    public void The_password_reaches_docker_by_its_input_only()
    {
        var settings = new LoginSettings { Server = "ghcr.io", Username = "acme", Password = "geheim" };
        settings.Validate();
        Assert.Equal(["login", "--username", "acme", "--password-stdin", "ghcr.io"], settings.ToArguments().ToList());
        Assert.Equal("geheim", settings.InputText);
        Assert.DoesNotContain("geheim", settings.ToArguments().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme", null, "docker login: the password is missing; set it, e.g. 'EnvironmentVariable(\"REGISTRY_TOKEN\")'.")]
    [InlineData("acme", "", "docker login: the password is missing; set it, e.g. 'EnvironmentVariable(\"REGISTRY_TOKEN\")'.")]
    [InlineData(null, "geheim", "docker login: the user's name is missing; set it, e.g. 'acme'.")]
    public void Name_and_password_are_needed(string? username, string? password, string message) =>
        Assert.Equal(message, Assert.Throws<CakeException>(new LoginSettings { Username = username, Password = password }.Validate).Message);
}
