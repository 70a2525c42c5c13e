namespace Cake.MultiPlatform;

/// <summary>Names for what belongs to one platform, e.g. <c>1.4.0-linux-arm64</c>.</summary>
internal static class PlatformSuffix
{
    // 128 is the longest tag that the grammar allows; the suffix tells the tags apart.
    private const int LongestTag = 128;

    /// <summary>The platform in letters that stand in a tag and in a file name, e.g. <c>linux-arm-v7</c>.</summary>
    public static string Of(ImagePlatform platform) => string.Join('-', platform.ToString().Split('/', '(', ')', '+'));

    /// <summary>The reference with the platform at the end of its tag.</summary>
    public static ImageReference Add(ImageReference reference, ImagePlatform platform) => Add(reference, Of(platform));

    /// <summary>The reference with a word at the end of its tag, which is cut where it would be too long.</summary>
    public static ImageReference Add(ImageReference reference, string word)
    {
        var (tag, suffix) = (reference.Tag ?? "latest", $"-{word}");
        return reference.WithoutTagAndDigest().WithTag(string.Concat(tag.AsSpan(0, Math.Min(tag.Length, LongestTag - suffix.Length)), suffix));
    }
}
