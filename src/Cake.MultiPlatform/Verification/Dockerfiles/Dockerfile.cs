using System.Globalization;

namespace Cake.MultiPlatform;

/// <summary>A Dockerfile as it was read: what stands before the first stage, and the stages.</summary>
/// <param name="Arguments">The <c>ARG</c> instructions before the first <c>FROM</c>.</param>
/// <param name="Stages">The stages, in their order.</param>
/// <param name="Escape">The character that continues a line and takes away a character's meaning: <c>\</c>, or <c>`</c> where a directive says so.</param>
internal sealed record Dockerfile(IReadOnlyList<DockerfileInstruction> Arguments, IReadOnlyList<DockerfileStage> Stages, char Escape)
{
    /// <summary>The stage of this name or number that stands before the given one; <see langword="null"/> where there is none.</summary>
    public DockerfileStage? Find(string name, int before)
    {
        for (var index = before - 1; index >= 0; index--)
        {
            if (string.Equals(Stages[index].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return Stages[index];
            }
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < before ? Stages[number] : null;
    }
}

/// <summary>A stage: a <c>FROM</c> and what follows it.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Name">Its name; <see langword="null"/> where it has none.</param>
/// <param name="Base">The image or stage that it begins with, variables not yet filled in.</param>
/// <param name="Platform">What <c>--platform</c> says, variables not yet filled in; <see langword="null"/> where it is not there.</param>
/// <param name="From">The instruction.</param>
/// <param name="Instructions">What follows it.</param>
internal sealed record DockerfileStage(
    int Index,
    string? Name,
    string Base,
    string? Platform,
    DockerfileInstruction From,
    IReadOnlyList<DockerfileInstruction> Instructions);

/// <summary>An instruction.</summary>
/// <param name="Keyword">What it is, in upper case, e.g. <c>FROM</c>.</param>
/// <param name="Value">What follows the keyword, as one line; the text of here-documents is not part of it.</param>
/// <param name="Lines">Its lines as they stand in the file, comments left out, here-documents included.</param>
internal sealed record DockerfileInstruction(string Keyword, string Value, IReadOnlyList<DockerfileLine> Lines)
{
    /// <summary>The number of its first line, from 1.</summary>
    public int Line => Lines[0].Number;

    /// <summary>The words of the value; quotes are kept.</summary>
    public IReadOnlyList<string> Words => DockerfileWords.Split(Value);

    /// <summary>The values of a flag, e.g. <c>--from</c>, before the first word that is no flag.</summary>
    public IEnumerable<string> Flag(string name) =>
        Words.TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal))
            .Where(word => word.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase))
            .Select(word => word[(name.Length + 1)..].Trim('"', '\''));
}

/// <summary>A line of a Dockerfile.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text, without the line's end.</param>
internal sealed record DockerfileLine(int Number, string Text);
