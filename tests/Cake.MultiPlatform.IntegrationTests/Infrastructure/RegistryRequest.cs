namespace Cake.MultiPlatform.IntegrationTests;

/// <summary>What docker asks of a registry, by what it is about.</summary>
public enum RegistryStep
{
    /// <summary>Something else, e.g. whether there is a registry.</summary>
    Other,

    /// <summary>A layer or config is looked for.</summary>
    LookForBlob,

    /// <summary>A layer or config is read.</summary>
    ReadBlob,

    /// <summary>The upload of a layer or config begins.</summary>
    BeginUpload,

    /// <summary>The upload of a layer or config is gone on with, or ended.</summary>
    Upload,

    /// <summary>The manifest or index that a tag points at is looked for or read.</summary>
    ReadTag,

    /// <summary>A manifest or index is looked for or read by its digest.</summary>
    ReadDigest,

    /// <summary>The manifest of one image is written, whatever under.</summary>
    WriteImage,

    /// <summary>An index is written by its digest, or under a tag that nobody pulls.</summary>
    WriteIndex,

    /// <summary>The tag that is published moves.</summary>
    MoveTag,
}

/// <summary>A request to a registry.</summary>
public sealed record RegistryRequest(string Method, string Path, string ContentType)
{
    /// <summary>The tag or digest in a path to a manifest; else empty.</summary>
    public string Reference => Path.Contains("/manifests/", StringComparison.Ordinal) ? Path[(Path.LastIndexOf('/') + 1)..] : string.Empty;

    /// <summary>What it is about, where this tag is what is published.</summary>
    public RegistryStep StepFor(string tag)
    {
        if (Reference.Length > 0)
        {
            return Method switch
            {
                "PUT" when Reference == tag => RegistryStep.MoveTag,
                "PUT" when ContentType.Contains("index", StringComparison.Ordinal) || ContentType.Contains("list", StringComparison.Ordinal) => RegistryStep.WriteIndex,
                "PUT" => RegistryStep.WriteImage,
                _ => Reference.StartsWith("sha256:", StringComparison.Ordinal) ? RegistryStep.ReadDigest : RegistryStep.ReadTag,
            };
        }

        if (!Path.Contains("/blobs/", StringComparison.Ordinal))
        {
            return RegistryStep.Other;
        }

        return Method switch
        {
            "HEAD" => RegistryStep.LookForBlob,
            "GET" => RegistryStep.ReadBlob,
            "POST" => RegistryStep.BeginUpload,
            _ => RegistryStep.Upload,
        };
    }

    internal static RegistryRequest Parse(HttpHead head)
    {
        var words = head.FirstLine.Split(' ');
        return new RegistryRequest(words[0], words[1].Split('?')[0], head.Header("Content-Type") ?? string.Empty);
    }
}
