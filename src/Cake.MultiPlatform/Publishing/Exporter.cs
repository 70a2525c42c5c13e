using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Path = System.IO.Path;

namespace Cake.MultiPlatform;

/// <summary>
/// Builds an image for several platforms without a registry: one build into places beside the asked ones, a look at what was
/// written, and only then the move to where it belongs.
/// </summary>
internal sealed class Exporter(ICakeContext context)
{
    private readonly DockerTool docker = new(context);

    public ExportResult Export(ExportSettings settings)
    {
        var request = ExportRequest.From(settings, context);
        CheckStore(request);

        // Beside the place that it is for: a move within a file system cannot fail half-way.
        var run = $".cake-multiplatform-{Guid.NewGuid():N}";
        var layout = (request.Layout ?? request.Archive ?? Path.Combine(Path.GetTempPath(), "layout")) + run;
        var archive = (request.Archive ?? Path.Combine(Path.GetTempPath(), "archive")) + run + ".tar";
        var folders = request.Folders + run;
        try
        {
            Build(request, layout, folders);
            var image = request.MakesImage ? Check(request, new ImageLayout(layout), archive) : null;
            if (request.Folders is not null)
            {
                CheckFolders(settings.Platforms, folders);
            }

            Load(request, image, archive);
            Move(request, layout, archive, folders);
            return new ExportResult { Image = image, Folders = Folders(request) };
        }
        finally
        {
            File.Delete(archive);
            Remove(layout);
            if (request.Folders is not null)
            {
                Remove(folders);
            }
        }
    }

    /// <summary>The build, with these places as its outputs.</summary>
    internal static BuildxBuildSettings Command(ExportRequest request, string layout, string folders)
    {
        var outputs = new List<BuildOutput>();
        if (request.MakesImage)
        {
            outputs.Add(BuildOutput.OciLayout(layout));
        }

        if (request.Folders is not null)
        {
            // Of one platform docker writes the files themselves.
            outputs.Add(BuildOutput.Local(request.Settings.Platforms.ToList() is [var only] ? Path.Combine(folders, ExportRequest.FolderOf(only)) : folders));
        }

        return request.Settings.Build.With(request.Settings.Platforms, [], outputs);
    }

    private void CheckStore(ExportRequest request)
    {
        if (request.Names.Count == 0)
        {
            return;
        }

        var info = new InfoSettings();
        info.ConnectLike(request.Settings.Build);
        if (docker.Run(info).ImageStore != ImageStore.Containerd)
        {
            throw new CakeException($"{ExportRequest.Action}: '{request.Names[0]}' cannot be loaded with several platforms: the engine's classic image store holds one per name. Switch it to the containerd image store (https://docs.docker.com/engine/storage/containerd/), or set OciArchive or OciLayout instead of Load. Nothing was built.");
        }
    }

    private void Build(ExportRequest request, string layout, string folders)
    {
        var build = Command(request, layout, folders);
        foreach (var place in build.Outputs.Select(output => output.Destination!))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        }

        docker.Run(build);
    }

    private static MultiPlatformImage Check(ExportRequest request, ImageLayout layout, string archive)
    {
        var name = request.Names is [var first, ..] ? first : ImageReference.Parse("export");
        var image = layout.Read(name);
        string[] wrong = [.. ImageContract.Check(new ContractTerms { Platforms = request.Settings.Platforms }, image).Violations.Select(violation => violation.ToString()), .. layout.Missing(image)];
        if (wrong.Length > 0)
        {
            throw new CakeException($"{ExportRequest.Action}: what was built is not what was asked for; nothing was written:{Environment.NewLine}{Lines(wrong)}");
        }

        // BuildKit leaves its folder for unfinished uploads there.
        var ingest = Path.Combine(layout.Folder, "ingest");
        if (Directory.Exists(ingest))
        {
            Directory.Delete(ingest, recursive: true);
        }

        if (request.Archive is not null || request.Names.Count > 0)
        {
            ImageLayoutArchive.Write(layout, archive, request.Names);
        }

        return image;
    }

    private static void CheckFolders(PlatformSet platforms, string folders)
    {
        var found = Directory.GetDirectories(folders).Select(folder => Path.GetFileName(folder)).ToHashSet(StringComparer.Ordinal);
        var wanted = platforms.Select(ExportRequest.FolderOf).ToHashSet(StringComparer.Ordinal);
        string[] wrong =
        [
            .. wanted.Except(found, StringComparer.Ordinal).Select(name => $"The files of {name.Replace('_', '/')} are missing."),
            .. found.Except(wanted, StringComparer.Ordinal).Select(name => $"'{name}' was not asked for."),
        ];
        if (wrong.Length > 0)
        {
            throw new CakeException($"{ExportRequest.Action}: what was built is not what was asked for; nothing was written:{Environment.NewLine}{Lines(wrong)}");
        }
    }

    private void Load(ExportRequest request, MultiPlatformImage? image, string archive)
    {
        if (request.Names.Count == 0)
        {
            return;
        }

        var load = new ImageLoadSettings { Input = archive };
        load.ConnectLike(request.Settings.Build);
        docker.Run(load);
        foreach (var name in request.Names)
        {
            var held = new LocalImages(docker).Inspect(name, request.Settings.Build).Id;
            if (held != image!.Digest)
            {
                throw new CakeException($"{ExportRequest.Action}: the store holds {held} under '{name}' instead of {image.Digest}, which was loaded; something else has given that name away meanwhile.");
            }

            context.Log.Information("{0}", $"Loaded {name} for {request.Settings.Platforms}");
        }
    }

    private void Move(ExportRequest request, string layout, string archive, string folders)
    {
        if (request.Archive is not null)
        {
            File.Move(archive, request.Archive, overwrite: true);
            context.Log.Information("{0}", $"Wrote {request.Archive} for {request.Settings.Platforms}");
        }

        Replace(request.Layout, layout, request);
        Replace(request.Folders, folders, request);
    }

    private void Replace(string? place, string made, ExportRequest request)
    {
        if (place is null)
        {
            return;
        }

        Remove(place);
        Directory.Move(made, place);
        context.Log.Information("{0}", $"Wrote {place} for {request.Settings.Platforms}");
    }

    private static Dictionary<ImagePlatform, DirectoryPath> Folders(ExportRequest request) => request.Folders is { } folders
        ? request.Settings.Platforms.ToDictionary(platform => platform, platform => new DirectoryPath(Path.Combine(folders, ExportRequest.FolderOf(platform))))
        : [];

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Lines(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines.Select(line => $"  - {line}"));
}
