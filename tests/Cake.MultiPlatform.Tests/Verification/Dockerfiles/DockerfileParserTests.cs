using FsCheck;
using FsCheck.Fluent;

namespace Cake.MultiPlatform.Tests.Verification.Dockerfiles;

[Trait("Capability", "F7")]
public sealed class DockerfileParserTests
{
    private static readonly Gen<string> Piece = Gen.Elements(
        "FROM", "from", " ", " ", "\n", "\n", "\r\n", "\\\n", "`\n", "#", "# escape=`\n", "# syntax=x\n", "ARG", "RUN", "COPY", "ENV", "--platform=", "--from=",
        "--mount=", "$", "${", "}", ":-", ":+", "%%*", "##", "/a/b", "'", "\"", "<<EOF", "<<-EOF", "EOF", "AS", "x", "0", "9", "busybox", "amd64", "dotnet publish",
        "https://e/amd64.tgz", "\0", "\uFEFF", "é", "\t", "\\", "`", "=", "@", ":", "$TARGETARCH", "${BUILDPLATFORM}", "scratch", "-r linux-x64");

    [Theory]
    [InlineData("FROM a", "0 - a -")]
    [InlineData("from a as B", "0 B a -")]
    [InlineData("\uFEFFFROM a", "0 - a -")]
    [InlineData("  FROM \t a   AS\tb  ", "0 b a -")]
    [InlineData("FROM a\r\nFROM b\r\n", "0 - a -|1 - b -")]
    [InlineData("FROM --platform=$BUILDPLATFORM a AS b", "0 b a $BUILDPLATFORM")]
    [InlineData("FROM --platform=\"linux/amd64\" a", "0 - a linux/amd64")]
    [InlineData("FROM \\\n  --platform=linux/amd64 \\\n  a \\\n  AS b", "0 b a linux/amd64")]
    [InlineData("FROM \\   \n a", "0 - a -")]
    [InlineData("FROM \\\n# a comment in between\n\n a", "0 - a -")]
    [InlineData("# escape=`\nFROM `\n a", "0 - a -")]
    [InlineData("#escape = `\nFROM `\n a", "0 - a -")]
    [InlineData("# syntax=docker/dockerfile:1\n# escape=`\nFROM `\n a", "0 - a -")]
    [InlineData("# a comment\n# escape=`\nFROM a`\n", "0 - a` -")]
    [InlineData("\n# escape=`\nFROM a`\n", "0 - a` -")]
    [InlineData("FROM a\nRUN echo FROM b\n", "0 - a -")]
    [InlineData("FROM a\nRUN echo \\\nFROM b\n", "0 - a -")]
    [InlineData("FROM a\nRUN <<EOF\nFROM b\nEOF\nFROM c", "0 - a -|1 - c -")]
    [InlineData("FROM a\nRUN <<-\"EOF\" cat\n\tFROM b\n\tEOF\nFROM c", "0 - a -|1 - c -")]
    [InlineData("FROM a\nCOPY <<A <<B /x/\nFROM b\nA\nFROM b2\nB\nFROM c", "0 - a -|1 - c -")]
    [InlineData("FROM a\nRUN cat <<< x\nFROM c", "0 - a -|1 - c -")]
    [InlineData("FROM a\nRUN echo $((1<<2))\nFROM c", "0 - a -|1 - c -")]
    [InlineData("FROM a\nRUN python3 - <<EOF && echo done\nFROM b\nEOF\nFROM c", "0 - a -|1 - c -")]
    [InlineData("FROM a\nRUN <<EOF\nnever ended\nFROM b\n", "0 - a -")]
    [InlineData("FROM a\nRUN echo x\\\\\nFROM b", "0 - a -|1 - b -")]
    [InlineData("FROM a\nLABEL x=<<EOF\nFROM b", "0 - a -|1 - b -")]
    [InlineData("FROM", "0 -  -")]
    [InlineData("", "")]
    [InlineData("\n\n# nothing\n", "")]
    [InlineData("ARG A=1\nFROM a", "0 - a -")]
    public void Stages_are_read(string text, string stages) => Assert.Equal(
        stages,
        string.Join('|', DockerfileParser.Parse(text).Stages.Select(stage => $"{stage.Index} {stage.Name ?? "-"} {stage.Base} {stage.Platform ?? "-"}")));

    [Fact]
    public void Instructions_keep_the_numbers_of_their_lines()
    {
        var file = DockerfileParser.Parse("# syntax=x\nARG A=1\n\nFROM a\n# why\nRUN one \\\n  # between\n  two\nCOPY <<EOF /x\nthree\nEOF\nENV a=b\n");
        Assert.Equal([2], file.Arguments.Select(argument => argument.Line));
        Assert.Equal(
            ["FROM 4", "RUN 6,8", "COPY 9,10,11", "ENV 12"],
            file.Stages[0].Instructions.Prepend(file.Stages[0].From).Select(instruction => $"{instruction.Keyword} {string.Join(',', instruction.Lines.Select(line => line.Number))}"));
        Assert.Equal("one   two", file.Stages[0].Instructions[0].Value);
    }

    [Theory]
    [InlineData("$A", "one")]
    [InlineData("${A}", "one")]
    [InlineData("$A$B-$C", "one-")]
    [InlineData("x${A}y", "xoney")]
    [InlineData("$Ay", "")]
    [InlineData("${A:-d}", "one")]
    [InlineData("${B:-d}", "d")]
    [InlineData("${C:-d}", "d")]
    [InlineData("${B-d}", "")]
    [InlineData("${C-d}", "d")]
    [InlineData("${A:+d}", "d")]
    [InlineData("${B:+d}", "")]
    [InlineData("${B+d}", "d")]
    [InlineData("${C+d}", "")]
    [InlineData("${C:-${A}}", "one")]
    [InlineData("${C:-${B:-${A}x}y}", "onexy")]
    [InlineData("${C:-a b}", "a b")]
    [InlineData("${A:?must}", "one")]
    [InlineData("${C:?must}", "")]
    [InlineData("${P#*/}", "b/c.tar.gz")]
    [InlineData("${P##*/}", "c.tar.gz")]
    [InlineData("${P%.*}", "a/b/c.tar")]
    [InlineData("${P%%.*}", "a/b/c")]
    [InlineData("${P/b/x}", "a/x/c.tar.gz")]
    [InlineData("${P//a/x}", "x/b/c.txr.gz")]
    [InlineData("${P/b}", "a//c.tar.gz")]
    [InlineData("${P%nothing}", "a/b/c.tar.gz")]
    [InlineData("\\$A", "$A")]
    [InlineData("'$A'", "$A")]
    [InlineData("\"$A\"", "one")]
    [InlineData("\"\\$A\\\"\"", "$A\"")]
    [InlineData("\"a\\b\"", "a\\b")]
    [InlineData("a\"b\"'c'", "abc")]
    [InlineData("$", "$")]
    [InlineData("${", "")]
    [InlineData("${A", "one")]
    [InlineData("${A:", "one")]
    [InlineData("${A:-", "one")]
    [InlineData("'never ended $A", "never ended $A")]
    public void Variables_are_filled_in(string text, string expanded)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "one", ["B"] = string.Empty, ["P"] = "a/b/c.tar.gz" };
        Assert.Equal(expanded, DockerfileVariables.Expand(text, variables.GetValueOrDefault, '\\'));
    }

    [Fact]
    public void Deep_nesting_ends()
    {
        var text = string.Concat(Enumerable.Repeat("${C:-", 100_000));
        Assert.Empty(DockerfileVariables.Expand(text, _ => null, '\\'));
    }

    [Theory]
    [InlineData("RUN curl -o /x https://e/$V/x-${ARCH}.tgz", "RUN curl -o /x https://e/1.2/x-${ARCH}.tgz")]
    [InlineData("RUN echo ${V:-9} $((1+1)) $(date) ${V%.*}", "RUN echo 1.2 $((1+1)) $(date) ${V%.*}")]
    public void Known_variables_of_a_command_are_filled_in_and_all_else_is_left(string text, string expanded)
        => Assert.Equal(expanded, DockerfileVariables.ExpandKnown(text, name => name == "V" ? "1.2" : null));

    [Fact]
    public void Any_text_is_read_and_checked()
        => Prop.ForAll(Gen.OneOf(Piece.ArrayOf().Select(string.Concat), Piece.ArrayOf().Select(pieces => $"FROM x\n{string.Concat(pieces)}"), ArbMap.Default.GeneratorFor<string>()).ToArbitrary(), text =>
        {
            var file = DockerfileParser.Parse(text ?? string.Empty);
            var request = DockerfileFixture.Request(file, ["linux/amd64", "linux/arm/v7"]);
            var uses = DockerfileBases.Of(request, ImagePlatform.LinuxAmd64);
            var findings = DockerfileRules.Check(request, [ImagePlatform.LinuxAmd64]);
            var lines = (text ?? string.Empty).Split('\n').Length;
            return uses.All(use => use.Line.Number >= 1 && use.Line.Number <= lines) && findings.All(finding => finding.Line >= 1 && finding.Line <= lines);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
