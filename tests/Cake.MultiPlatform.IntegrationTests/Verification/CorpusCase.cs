namespace Cake.MultiPlatform.IntegrationTests.Verification;

/// <summary>An image that is right, or wrong in one way, and what is to be found of it.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Platform">The platform that it is built and labelled for.</param>
/// <param name="Dockerfile">How it is built; the context has the files of <see cref="ExecutableCorpusTests"/>.</param>
/// <param name="Expected">What is to be found.</param>
/// <param name="Words">Words of what is found, which name the file and what it is; empty where nothing is to be found.</param>
internal sealed record CorpusCase(string Name, ImagePlatform Platform, string Dockerfile, Finding Expected, string Words)
{
    /// <summary>Whether foreign files are to be errors.</summary>
    public bool ForeignIsError { get; init; }
}

/// <summary>What is found of an image.</summary>
internal enum Finding
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>An error.</summary>
    Error,
}
