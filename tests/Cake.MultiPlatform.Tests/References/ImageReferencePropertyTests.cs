using System.Text.RegularExpressions;
using Cake.Core;
using FsCheck;
using FsCheck.Fluent;

namespace Cake.MultiPlatform.Tests.References;

[Trait("Capability", "C5")]
public sealed partial class ImageReferencePropertyTests
{
    private static readonly string Hex64 = new('f', 64);

    // Pieces that references are made of, right and wrong, so that random text often comes close to one.
    private static readonly Gen<string> Piece = Gen.Elements(
        "a", "b1", "A", "localhost", "docker.io", "index.docker.io", "library", "a.b", "127.0.0.1", "[::1]", "[", "]", "5000",
        "/", "/", "/", ":", ":", "@", "@sha256:", "sha256:", Hex64, "_", "__", "-", ".", " ", "\n", "é", "ϒ", "://",
        "http://", "%", "\0");

    private static readonly Gen<string> NearlyValid =
        from registry in Gen.Elements(string.Empty, "docker.io/", "index.docker.io/", "a.b:5000/", "[::1]/", "A/", "a_b.c/", ":1/")
        from path in Gen.Elements("a", "library/a", "a/b.c", "a__b-c", "a___b", "A", "-a", "localhost", "[::1]", Hex64).NonEmptyListOf()
        from tag in Gen.Elements(string.Empty, string.Empty, ":1", ":_X-.", ":-1", ":", ":1:2")
        from digest in Gen.Elements(string.Empty, string.Empty, "@sha256:" + Hex64, "@sha256:" + Hex64 + "0", "@")
        select registry + string.Join('/', path.Take(3)) + tag + digest;

    private static readonly Gen<string> Garbage = Gen.OneOf(
        Piece.ArrayOf().Select(string.Concat),
        Gen.Choose(1, 6).SelectMany(count => Piece.ArrayOf(count)).Select(string.Concat),
        NearlyValid,
        ArbMap.Default.GeneratorFor<string>());

    private static readonly Gen<ImageReference> Valid =
        from registry in Gen.Elements(string.Empty, "docker.io/", "index.docker.io/", "localhost/", "h:5000/", "a.b/", "[::1]:5/", "ABC/")
        from path in Gen.Elements("a", "library/a", "a/b", "localhost/b", "a.b/c", "library/a/b", "a--b__c-d_e", Hex64).NonEmptyListOf()
        from tag in Gen.Elements(string.Empty, ":latest", ":1.2", ":_X-.")
        from digest in Gen.Elements(string.Empty, "@sha256:" + Hex64)
        where registry.Length > 0 || tag.Length > 0 || digest.Length > 0 || path.Count > 1
        select ImageReference.Parse(registry + string.Join('/', path.Take(3)) + tag + digest);

    [Fact]
    public void Text_is_either_a_reference_or_refused_with_the_documented_exception()
        => Prop.ForAll(Garbage.ToArbitrary(), text =>
        {
            if (ImageReference.TryParse(text, out var reference, out var error))
            {
                return error is null && ImageReference.Parse(text) == reference && IsStable(reference);
            }

            var exception = Assert.Throws<CakeException>(() => ImageReference.Parse(text));
            return reference is null && exception.Message.EndsWith(error, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_reference_survives_being_written_and_read()
        => Prop.ForAll(Valid.ToArbitrary(), IsStable).QuickCheckThrowOnFailure();

    [Fact]
    public void Parts_are_independent()
        => Prop.ForAll(Valid.ToArbitrary(), reference =>
        {
            var changed = reference.WithTag("other").WithDigest("sha256:" + new string('0', 64));
            return IsStable(changed)
                && changed.Name == reference.Name
                && changed.WithoutTagAndDigest() == reference.WithoutTagAndDigest()
                && reference.WithDefaultTag() == reference.WithDefaultTag().WithDefaultTag();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Agrees_with_the_grammar_written_as_one_expression()
        => Prop.ForAll(Garbage.ToArbitrary(), text =>
        {
            var actual = ImageReference.TryParse(text, out var reference) ? reference.FullName : null;
            return actual == ByExpression(text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Theory]
    [InlineData("http://")]
    [InlineData("/")]
    [InlineData("A")]
    [InlineData("ϒ")]
    [InlineData(" ")]
    [InlineData(":")]
    [InlineData(":@")]
    [InlineData("a/")]
    [InlineData("a__")]
    public void Long_garbage_is_refused_as_well(string piece)
        => Assert.False(ImageReference.TryParse(string.Concat(Enumerable.Repeat(piece, 20_000)), out _));

    private static bool IsStable(ImageReference reference)
        => ImageReference.Parse(reference.ToString()) == reference && ImageReference.Parse(reference.FullName) == reference;

    /// <summary>The reference in full, by an implementation that has nothing in common with the product's.</summary>
    private static string? ByExpression(string? text)
    {
        if (text is null || Identifier().IsMatch(text))
        {
            return null;
        }

        var named = WithRegistry().IsMatch(text) ? text : "docker.io/" + text;
        named = LegacyHub().Replace(named, "docker.io/");
        named = OfficialOnHub().Replace(named, "docker.io/library/");
        var match = Whole().Match(named);
        return match.Success && match.Groups["path"].Length <= 255 ? named : null;
    }

    [GeneratedRegex(
        """
        \A (?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?
        / (?<path>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)
        (?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?
        (?:@(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}))? \z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[a-f0-9]{64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A(localhost|[^/]*[.:A-Z][^/]*)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithRegistry();

    [GeneratedRegex(@"\Aindex\.docker\.io/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LegacyHub();

    [GeneratedRegex(@"\Adocker\.io/(?=[^/]*\z)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfficialOnHub();
}
