namespace Cake.MultiPlatform.Tests.Publishing;

[Trait("Capability", "E8")]
public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("", "a", false)]
    [InlineData("# a\n\n  ", "a", false)]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("a", "ab", false)]
    [InlineData("/a/", "a", true)]
    [InlineData("./a", "a", true)]
    [InlineData("  a \r", "a", true)]
    [InlineData("*", "a/b", true)]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/README.md", false)]
    [InlineData("**/*.md", "README.md", true)]
    [InlineData("**/*.md", "docs/en/README.md", true)]
    [InlineData("*/obj", "src/obj/x", true)]
    [InlineData("*/obj", "src/app/obj/x", false)]
    [InlineData("**/obj", "src/app/obj/x", true)]
    [InlineData("src/**", "src/app/x", true)]
    [InlineData("src/**/x", "src/x", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("[ab]x", "bx", true)]
    [InlineData("[^ab]x", "bx", false)]
    [InlineData("a.b", "aXb", false)]
    [InlineData("a+(b)", "a+(b)", true)]
    [InlineData("*\n!a", "a", false)]
    [InlineData("*\n!a", "b", true)]
    [InlineData("*\n!a\na/b", "a/b", true)]
    [InlineData("!a\n*", "a", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-en.md", false)]
    public void Last_pattern_that_matches_decides(string text, string path, bool excludes) =>
        Assert.Equal(excludes, DockerIgnore.Parse(text).Excludes(path));

    [Theory]
    [InlineData("*\n!a", true)]
    [InlineData("*", false)]
    public void Exceptions_are_known(string text, bool has) => Assert.Equal(has, DockerIgnore.Parse(text).HasExceptions);
}
