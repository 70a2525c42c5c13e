using System.Text;

namespace Cake.MultiPlatform;

/// <summary>Takes text apart at its white space; what is quoted stays together, with its quotes.</summary>
internal static class DockerfileWords
{
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var character in text)
        {
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                Finish();
                continue;
            }

            word.Append(character);
            quote = (quote, character) switch
            {
                ('\0', '"' or '\'') => character,
                _ when quote == character => '\0',
                _ => quote,
            };
        }

        Finish();
        return words;

        void Finish()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
