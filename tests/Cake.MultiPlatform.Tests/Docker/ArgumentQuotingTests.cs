using System.Text;
using Cake.Core.IO;
using Cake.Testing;
using FsCheck;
using FsCheck.Fluent;
using Path = System.IO.Path;

namespace Cake.MultiPlatform.Tests.Docker;

/// <summary>What docker receives is what was written, whatever is in it.</summary>
[Trait("Trap", "T33")]
public sealed class ArgumentQuotingTests
{
    private static readonly string[] Awkward =
    [
        string.Empty, " ", "  ", "\t", "\n", "a b", "\"", "\"\"", "\\", "\\\\", "\\\"", "a\"b c\\", "a b\\", "C:\\Program Files\\x\\", "'", "a'b", "''",
        "$HOME", "`id`", "$(id)", "a;b", "a&b", "a|b", "<x>", "*", "?", "~", "#", "!", "{a,b}", "[a]", "-", "--", "é", "日本", "\u00a0", "a\u2003b",
        "{{json .}}", "type=image,\"name=a,b\"", "%PATH%", "^", "\r\n", "\v", "\f", "trailing ", " leading", "=", "a=b",
    ];

    // Characters that mean something to a shell, to .NET's argument parser, or to neither.
    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Elements(Awkward),
        Gen.Elements('"', '\\', ' ', '\t', '\'', 'a', '\n', '$', '`', ',', '\u00a0', 'é').ArrayOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => new string([.. text.Get.Where(c => c != '\0' && !char.IsSurrogate(c))])));

    private static readonly Gen<string[]> Values = Value.ArrayOf();

    [Fact]
    public void Every_value_arrives_unchanged_by_the_rules_of_NET()
        => Prop.ForAll(Values.ToArbitrary(), values => ParseLikeNet(Written(values).ToProcessArguments().Render()).SequenceEqual(Words(values), StringComparer.Ordinal))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Every_value_arrives_unchanged_in_a_real_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a POSIX shell.");
        string[] values = [.. Awkward, .. Values.Sample(30, 40).SelectMany(sample => sample)];
        using var folder = new TemporaryFolder();
        var program = folder.Script("docker", "printf '%s\\0' \"$@\" > \"$0.received\"");
        var environment = new Core.CakeEnvironment(new Core.CakePlatform(), new Core.CakeRuntime());
        var runner = new ProcessRunner(new FileSystem(), environment, new FakeLog(), NoTools(), new FakeConfiguration());

        using (var process = runner.Start(program, new ProcessSettings { Arguments = Written(values).ToProcessArguments() }))
        {
            process.WaitForExit();
            Assert.Equal(0, process.GetExitCode());
        }

        Assert.Equal(Words(values), Received(program + ".received"));
    }

    [Fact]
    public void The_shown_command_line_means_the_same_to_a_POSIX_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts a POSIX shell.");
        using var folder = new TemporaryFolder();
        var received = Path.Combine(folder.Path, "received");
        string[] values = [.. Awkward, .. Values.Sample(30, 40).SelectMany(sample => sample)];
        var script = folder.Script("run", $$"""docker() { printf '%s\0' "$@" > '{{received}}'; }{{'\n'}}{{Written(values)}}""");

        using var process = System.Diagnostics.Process.Start(script);
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Words(values), Received(received));
    }

    [Theory]
    [InlineData("ghcr.io/acme/shop:1.4.0@sha256:ab", "ghcr.io/acme/shop:1.4.0@sha256:ab")]
    [InlineData("linux/amd64,linux/arm64", "linux/amd64,linux/arm64")]
    [InlineData("A=1", "A=1")]
    [InlineData("{{json .}}", "'{{json .}}'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    public void The_shown_command_line_has_quotes_only_where_a_shell_needs_them(string value, string shown)
        => Assert.Equal("docker --value " + shown, Written([value]).ToString());

    [Theory]
    [InlineData("docker image rm a -", "a", "-")]
    [InlineData("docker image rm -- --force", "--force")]
    [InlineData("docker image rm a -- -f --force", "a", "-f", "--force")]
    public void A_positional_argument_that_looks_like_a_flag_stands_behind_two_dashes(string expected, params string[] images)
    {
        var settings = new ImageRmSettings();
        Array.ForEach(images, settings.Images.Add);
        Assert.Equal(expected, settings.ToArguments().ToString());
    }

    private static DockerArguments Written(string[] values)
    {
        var arguments = new DockerArguments();
        arguments.Each("--value", values);
        return arguments;
    }

    private static IEnumerable<string> Words(string[] values) => values.SelectMany(value => (string[])["--value", value]);

    private static Core.Tooling.IToolLocator NoTools() => NSubstitute.Substitute.For<Core.Tooling.IToolLocator>();

    private static string[] Received(string file) => File.ReadAllText(file) is { Length: > 0 } text ? text[..^1].Split('\0') : [];

    // ParseArgumentsIntoList of dotnet/runtime's Process.Unix.cs, which follows CommandLineToArgvW of Windows.
    private static List<string> ParseLikeNet(string line)
    {
        var values = new List<string>();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is ' ' or '\t')
            {
                continue;
            }

            values.Add(Next(line, ref i));
        }

        return values;
    }

    private static string Next(string line, ref int i)
    {
        var (value, inQuotes) = (new StringBuilder(), false);
        for (; i < line.Length && (inQuotes || line[i] is not (' ' or '\t')); i++)
        {
            var backslashes = line.AsSpan(i).IndexOfAnyExcept('\\') is var end and >= 0 ? end : line.Length - i;
            i += backslashes;
            var beforeQuote = i < line.Length && line[i] == '"';
            value.Append('\\', beforeQuote ? backslashes / 2 : backslashes);
            if (beforeQuote && backslashes % 2 == 1)
            {
                value.Append('"');
            }
            else if (beforeQuote && inQuotes && i + 1 < line.Length && line[i + 1] == '"')
            {
                value.Append('"');
                i++;
            }
            else if (beforeQuote)
            {
                inQuotes = !inQuotes;
            }
            else if (backslashes > 0)
            {
                i--;
            }
            else
            {
                value.Append(line[i]);
            }
        }

        return value.ToString();
    }
}
