using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text.Json;

namespace Cake.MultiPlatform.Benchmarks.Commands;

/// <summary>Whether the programs in a tar of docker's are for the right processor, as a person's script would find out: by the number in their headers.</summary>
internal static class RawFiles
{
    private const int HeaderLength = 20;

    private static readonly Dictionary<string, ushort> Machines = new(StringComparer.Ordinal) { ["linux/amd64"] = 62, ["linux/arm64"] = 183 };

    /// <summary>The tar of a build, with a folder for each platform.</summary>
    public static void CheckBuilt(string tar, IReadOnlyList<string> platforms)
    {
        using var stream = File.OpenRead(tar);
        var found = Programs(stream).Select(program => (Folder: program.Name.Split('/')[0], program.Machine)).ToLookup(program => program.Folder, program => program.Machine, StringComparer.Ordinal);
        foreach (var platform in platforms)
        {
            Demand(platform, found[platform.Replace('/', '_')]);
        }
    }

    /// <summary>The archive of images, each for its platform, with the layers as tars in it.</summary>
    public static void CheckSaved(string archive, IReadOnlyList<string> images, IReadOnlyList<string> platforms)
    {
        var (layers, programs) = (new Dictionary<string, string[]>(StringComparer.Ordinal), new Dictionary<string, ushort[]>(StringComparer.Ordinal));
        using var reader = new TarReader(File.OpenRead(archive));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name == "manifest.json")
            {
                using var document = JsonDocument.Parse(entry.DataStream!);
                foreach (var image in document.RootElement.EnumerateArray())
                {
                    layers[image.GetProperty("RepoTags")[0].GetString()!] = [.. image.GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!)];
                }
            }
            else if (entry.Name.EndsWith("layer.tar", StringComparison.Ordinal) && entry.DataStream is { } layer)
            {
                programs[entry.Name] = [.. Programs(layer).Select(program => program.Machine)];
            }
        }

        foreach (var (image, platform) in images.Zip(platforms))
        {
            Demand(platform, layers[image].SelectMany(layer => programs.GetValueOrDefault(layer, [])));
        }
    }

    private static void Demand(string platform, IEnumerable<ushort> machines)
    {
        var found = machines.Distinct().ToArray();
        RawDocker.Demand(found.Length == 1 && found[0] == Machines[platform], $"the programs for {platform} are for the processors {string.Join(',', found)}");
    }

    private static IEnumerable<(string Name, ushort Machine)> Programs(Stream tar)
    {
        using var reader = new TarReader(tar, leaveOpen: true);
        var header = new byte[HeaderLength];
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content && content.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) == HeaderLength && header.AsSpan().StartsWith("\u007fELF"u8))
            {
                yield return (entry.Name, BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18)));
            }
        }
    }
}
