using System.Text;
using Cake.Core;
using FsCheck;
using FsCheck.Fluent;

namespace Cake.MultiPlatform.Tests.Platforms;

[Trait("Capability", "C1")]
public sealed class PlatformPropertyTests
{
    // Pieces that platforms are made of, right and wrong, so that random text often comes close to one.
    private static readonly Gen<string> Piece = Gen.Elements(
        "linux", "windows", "macos", "amd64", "x86_64", "arm64", "arm", "armhf", "armv8", "i386", "v7", "v8", "8", "v9.1", "v2",
        "/", "/", "/", "(", ")", "+", "%", "%41", "10.0.20348", ",", ".", "-", "_", "é", "unknown", "all", "local", "linux-x64", "linus",
        "\0", "ϒ", "~");

    private static readonly Gen<string> NearlyValid =
        from os in Gen.Elements("linux", "Linux", "windows", "macos", "windows(10.0.20348)", "linux(+b+a)", "linus", "windows(")
        from architecture in Gen.Elements("amd64", "x86_64", "arm64", "aarch64", "arm", "armhf", "armv8", "i386", "riscv64", "amd46")
        from variant in Gen.Elements(string.Empty, string.Empty, "/v7", "/v8", "/8", "/v9.0", "/v9.1", "/V3", "/rva23u64", "/", "/x/y")
        select $"{os}/{architecture}{variant}";

    private static readonly Gen<string> Garbage = Gen.OneOf(
        Piece.ArrayOf().Select(string.Concat),
        NearlyValid,
        NearlyValid.ArrayOf().Select(texts => string.Join(',', texts)),
        ArbMap.Default.GeneratorFor<string>());

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Elements("linux", "Windows", "macOS", "amd64", "aarch64", "arm", "armel", "386", string.Empty),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));

    private static readonly Gen<string> Variant = Gen.Elements(
        string.Empty, "v1", "v2", "v6", "v7", "v8", "v8.1", "v9", "9", "v9.0", "8", "V7");

    private static readonly Gen<ImagePlatform> FromDocument =
        from os in Word
        from architecture in Word
        from variant in Variant
        from version in Gen.OneOf(Gen.Elements(string.Empty, "10.0.17763.1", "10.0.17763.01", "10.0.20348"), Word)
        from features in Word.ArrayOf()
        select ImagePlatform.ParseDocument(os, architecture, variant, version, features);

    private static readonly Gen<ImagePlatform> Valid =
        from os in Gen.Elements("linux", "windows", "darwin", "freebsd")
        from architecture in Gen.Elements("amd64/v2", "amd64", "arm64", "arm64/v9.1", "arm/v5", "arm", "386", "s390x", "riscv64/rva22u64")
        from version in Word
        from features in Word.ArrayOf()
        let parts = architecture.Split('/')
        select ImagePlatform.ParseDocument(os, parts[0], parts.ElementAtOrDefault(1), version, features);

    [Fact]
    public void Text_is_either_a_platform_or_refused_with_the_documented_exception()
        => Prop.ForAll(Garbage.ToArbitrary(), text =>
        {
            if (ImagePlatform.TryParse(text, out var platform, out var error))
            {
                return error is null && ImagePlatform.Parse(text) == platform && ImagePlatform.Parse(platform.ToString()) == platform;
            }

            var exception = Assert.Throws<CakeException>(() => ImagePlatform.Parse(text));
            return platform is null && exception.Message.EndsWith(error, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_is_either_read_or_refused_with_the_documented_exception()
        => Prop.ForAll(Garbage.ToArbitrary(), text =>
        {
            try
            {
                var set = PlatformSet.Parse(text);
                return set.Distinct().SequenceEqual(set) && PlatformSet.Parse(set.ToString()).SequenceEqual(set);
            }
            catch (CakeException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_platform_that_can_be_written_survives_being_written_and_read()
        => Prop.ForAll(Valid.ToArbitrary(), platform => HasLoneSurrogate(platform) || ImagePlatform.Parse(platform.ToString()) == platform)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Normalising_twice_is_normalising_once()
        => Prop.ForAll(FromDocument.ToArbitrary(), platform => platform == ImagePlatform.ParseDocument(
                platform.Os, platform.Architecture, platform.Variant, platform.OsVersion, platform.OsFeatures))
            .QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Capability", "C2")]
    public void The_order_is_total_and_agrees_with_equality()
        => Prop.ForAll(FromDocument.Three().ToArbitrary(), three =>
        {
            var (a, b, c) = three;
            var isAntisymmetric = Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a));
            var isTransitive = !(a.CompareTo(b) <= 0 && b.CompareTo(c) <= 0) || a.CompareTo(c) <= 0;
            var agrees = (a.CompareTo(b) == 0) == (a == b) && (a != b || a.GetHashCode() == b.GetHashCode());
            return isAntisymmetric && isTransitive && agrees && a.CompareTo(a) == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Capability", "C2")]
    public void Every_image_platform_runs_on_its_like_and_whatever_is_chosen_runs()
        => Prop.ForAll(Valid.ToArbitrary(), Valid.ArrayOf().ToArbitrary(), (host, available) =>
        {
            var chosen = host.Choose(available);
            return host.CanRunOn(host) && (chosen is null ? !available.Any(each => each.CanRunOn(host)) : chosen.CanRunOn(host));
        }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Capability", "C4")]
    public void A_set_holds_each_platform_once_in_the_order_of_addition()
        => Prop.ForAll(Valid.ArrayOf().ToArbitrary(), platforms => new PlatformSet(platforms).SequenceEqual(platforms.Distinct()))
            .QuickCheckThrowOnFailure();

    // Half a surrogate pair is no text that could be percent-encoded; .NET replaces it.
    private static bool HasLoneSurrogate(ImagePlatform platform)
        => platform.OsFeatures.Append(platform.OsVersion).Any(text => text.EnumerateRunes().Contains(Rune.ReplacementChar));
}
