using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform;

/// <summary>The table that a publish ends with.</summary>
internal static class PublishTable
{
    public static string Write(MultiPlatformResult result)
    {
        (string Platform, string Digest, string Size)[] rows =
        [
            ("PLATFORM", "DIGEST", "SIZE"),
            .. result.Images.Select(image => (image.Platform.ToString(), image.Digest, SizeText.Of(image.Size))),
        ];
        var (platforms, digests) = (rows.Max(row => row.Platform.Length), rows.Max(row => row.Digest.Length));
        var text = new StringBuilder();
        foreach (var reference in result.References)
        {
            text.AppendLine().Append("Published ").Append(reference);
        }

        text.AppendLine()
            .Append(CultureInfo.InvariantCulture, $"  index    {result.Digest}").AppendLine()
            .Append(CultureInfo.InvariantCulture, $"  type     {result.MediaType}").AppendLine()
            .Append(CultureInfo.InvariantCulture, $"  strategy {result.Strategy}").AppendLine();
        foreach (var (platform, digest, size) in rows)
        {
            text.AppendLine().Append("  ").Append(platform.PadRight(platforms)).Append("  ").Append(digest.PadRight(digests)).Append("  ").Append(size);
        }

        return text.AppendLine().ToString();
    }
}
