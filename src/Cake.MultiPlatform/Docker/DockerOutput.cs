namespace Cake.MultiPlatform;

/// <summary>What a finished docker command left behind.</summary>
/// <param name="ExitCode">Docker's exit code.</param>
/// <param name="Lines">Standard output, line by line. A line reader is not exact about line ends: never hash this.</param>
/// <param name="ErrorLines">Standard error, line by line.</param>
/// <param name="Files">The contents of the files that docker was asked to write, by flag.</param>
internal sealed record DockerOutput(
    int ExitCode,
    IReadOnlyList<string> Lines,
    IReadOnlyList<string> ErrorLines,
    IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Standard output as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>The same without secrets.</summary>
    public DockerOutput Hide(SecretMask mask) => new(
        ExitCode,
        [.. Lines.Select(mask.Hide)],
        [.. ErrorLines.Select(mask.Hide)],
        Files.ToDictionary(file => file.Key, file => mask.Hide(file.Value), StringComparer.Ordinal));
}
