namespace Cake.MultiPlatform;

/// <summary>The table that the publish of a fleet ends with.</summary>
internal static class FleetTable
{
    public static string Write(IEnumerable<(string Name, MultiPlatformResult Result)> images) => string.Join(Environment.NewLine, TextTable.Lines(
    [
        ["image", "platforms", "digest", "size", "references"],
        .. images.Select(image => new[]
        {
            image.Name,
            string.Join(',', image.Result.Images.Select(child => child.Platform)),
            image.Result.Digest,
            SizeText.Of(image.Result.Images.Aggregate((long?)0, (sum, child) => sum + child.Size)),
            string.Join(", ", image.Result.References),
        }),
    ]));
}
