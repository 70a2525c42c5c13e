namespace Cake.MultiPlatform;

/// <summary>What stands in a tar before the bytes of a file.</summary>
/// <param name="Path">Its path as it is written.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Target">Where a link points; otherwise empty.</param>
internal readonly record struct TarItem(string Path, FileKind Kind, int Mode, long Size, string Target);
