using Cake.Core;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Cake.MultiPlatform.Tests.Docker;

public sealed class DockerArgumentsTests
{
    private readonly DockerArguments arguments = new();

    [Fact]
    public void Positional_arguments_keep_their_order()
    {
        arguments.Positional("b");
        arguments.Positional(["a", "c"]);
        Written("b", "a", "c");
    }

    [Theory]
    [InlineData(true, new[] { "--pull" })]
    [InlineData(false, new[] { "--pull=false" })]
    [InlineData(null, new string[0])]
    public void A_switch_with_three_states_is_turned_off_by_an_equals_sign(bool? value, string[] expected)
    {
        arguments.Flag("--pull", value);
        Written(expected);
    }

    [Theory]
    [InlineData(true, new[] { "--push" })]
    [InlineData(false, new string[0])]
    public void A_plain_switch_is_present_or_not(bool value, string[] expected)
    {
        arguments.Flag("--push", value);
        Written(expected);
    }

    [Theory]
    [InlineData("a b", new[] { "--target", "a b" })]
    [InlineData("", new[] { "--target", "" })]
    [InlineData(null, new string[0])]
    public void A_value_stands_in_a_word_of_its_own(string? value, string[] expected)
    {
        arguments.Value("--target", value);
        Written(expected);
    }

    [Theory]
    [InlineData(90_000, "90000ms")]
    [InlineData(0, "0ms")]
    [InlineData(0.25, "0.25ms")]
    public void A_duration_is_written_as_Go_reads_it(double milliseconds, string expected)
    {
        arguments.Value("--timeout", TimeSpan.FromMilliseconds(milliseconds));
        Written("--timeout", expected);
    }

    [Fact]
    public void A_number_has_no_culture()
    {
        arguments.Value("--size", -1234567L);
        arguments.Value("--other", (long?)null);
        arguments.Value("--time", (TimeSpan?)null);
        Written("--size", "-1234567");
    }

    [Fact]
    [Trait("Trap", "T25")]
    public void Each_leaves_commas_alone()
    {
        arguments.Each("--build-arg", ["A=1,2", "B=\"x\""]);
        Written("--build-arg", "A=1,2", "--build-arg", "B=\"x\"");
    }

    [Fact]
    [Trait("Trap", "T25")]
    public void Csv_quotes_values_that_docker_would_split()
    {
        arguments.Csv("--add-host", ["a:1", "b,c:2", "d\"e:3"]);
        Written("--add-host", "a:1", "--add-host", "\"b,c:2\"", "--add-host", "\"d\"\"e:3\"");
    }

    [Fact]
    public void List_is_one_value_and_nothing_where_it_is_empty()
    {
        arguments.List("--platform", ["linux/amd64", "linux/arm64"]);
        arguments.List("--other", []);
        Written("--platform", "linux/amd64,linux/arm64");
    }

    [Fact]
    public void Pairs_without_a_value_leave_it_to_the_environment()
    {
        arguments.Pairs("--build-arg", new Dictionary<string, string?> { ["A"] = "1=2", ["B"] = null, ["C"] = string.Empty });
        Written("--build-arg", "A=1=2", "--build-arg", "B", "--build-arg", "C=");
    }

    [Fact]
    public void Output_keeps_the_file_that_the_user_chose()
    {
        arguments.Output("--metadata-file", "out/meta.json");
        Written("--metadata-file", "out/meta.json");
        Assert.Equal(new DockerArguments.OutputFile("out/meta.json", IsTemporary: false), arguments.OutputFiles["--metadata-file"]);
        Assert.Equal("docker --metadata-file out/meta.json", arguments.ToString());
    }

    [Fact]
    public void Output_makes_up_a_file_of_its_own_and_does_not_show_it()
    {
        arguments.Output("--metadata-file", null);
        var file = arguments.OutputFiles["--metadata-file"];
        Assert.True(file.IsTemporary);
        Assert.True(Path.IsPathFullyQualified(file.Path));
        Written("--metadata-file", file.Path);
        Assert.Equal("docker --metadata-file <temporary file>", arguments.ToString());
    }

    [Fact]
    public void Two_commands_have_different_temporary_files()
    {
        var other = new DockerArguments();
        arguments.Output("--iidfile", null);
        other.Output("--iidfile", null);
        Assert.NotEqual(arguments.OutputFiles["--iidfile"].Path, other.OutputFiles["--iidfile"].Path);
    }

    [Fact]
    [Trait("Trap", "T33")]
    public void Cake_escapes_what_it_quotes_so_that_nothing_here_has_to()
    {
        var builder = new ProcessArgumentBuilder();
        builder.AppendQuoted("a\"b c\\");
        Assert.Equal("""
            "a\"b c\\"
            """, builder.Render());
    }

    [Fact]
    public void Dockers_own_options_stand_before_the_command()
    {
        var settings = new ImageTagSettings
        {
            Source = "a",
            Target = "b/c:1",
            DockerConfig = "/conf",
            DockerContext = "far",
            DockerHost = "ssh://build1",
            DockerDebug = true,
            LogLevel = "warn",
            Tls = false,
            TlsVerify = true,
            TlsCaCertificate = "/ca.pem",
            TlsCertificate = "/cert.pem",
            TlsKey = "/key.pem",
        };
        Assert.Equal(
            "docker --config /conf --context far --host ssh://build1 --debug --log-level warn --tls=false --tlsverify "
            + "--tlscacert /ca.pem --tlscert /cert.pem --tlskey /key.pem image tag a b/c:1",
            settings.ToArguments().ToString());
    }

    private void Written(params string[] expected) => Assert.Equal(expected, arguments.ToList());
}
