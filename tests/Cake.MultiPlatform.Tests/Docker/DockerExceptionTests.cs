namespace Cake.MultiPlatform.Tests.Docker;

public sealed class DockerExceptionTests
{
    [Fact]
    public void The_message_has_command_exit_code_last_words_and_remedy()
    {
        var failure = Failed(17, ["one", string.Empty, "denied: requested access to the resource is denied"]);
        Assert.Equal(
            """
            Docker failed with exit code 17: docker push 'a b'
              one
              denied: requested access to the resource is denied
            What helps: Check that the account may push to this repository, that the repository exists, and that its name is spelled right.
            """,
            failure.Message,
            ignoreLineEndingDifferences: true);
        Assert.Equal(17, failure.ExitCode);
        Assert.Equal("docker push 'a b'", failure.CommandLine);
        Assert.Equal(DockerFailureKind.Denied, failure.Kind);
    }

    [Fact]
    public void The_message_of_an_unknown_failure_ends_with_dockers_words()
        => Assert.EndsWith("  what?", Failed(1, ["what?"]).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_a_long_output_the_last_lines_are_kept()
        => Assert.Equal(
            Enumerable.Range(81, 20).Select(number => $"line {number}"),
            Failed(1, [.. Enumerable.Range(1, 100).Select(number => $"line {number}")]).ErrorTail);

    [Fact]
    public void Where_docker_wrote_no_error_its_output_tells()
        => Assert.Equal(["on standard output"], Failed(1, ["  "], "on standard output").ErrorTail);

    [Fact]
    public void Help_of_another_program_is_kept()
        => Assert.Equal(["Usage: npm <command>", "last"], Failed(1, ["Usage: npm <command>", "last"]).ErrorTail);

    private static DockerException Failed(int exitCode, string[] errors, params string[] output)
    {
        var arguments = new DockerArguments();
        arguments.Positional("push");
        arguments.Positional("a b");
        return DockerException.From(arguments, new DockerOutput(exitCode, output, errors, new Dictionary<string, string>(StringComparer.Ordinal)));
    }
}
