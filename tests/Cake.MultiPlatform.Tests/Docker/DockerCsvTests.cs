using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Cake.MultiPlatform.Tests.Docker;

[Trait("Trap", "T24")]
public sealed class DockerCsvTests
{
    private static readonly Gen<string> Field = Gen.OneOf(
        Gen.Elements(string.Empty, " ", "a", "a,b", "\"", "\"a\"", "a\"b", " a", "\ta", "a\nb", "a ", "#", "=", "é", "a\\b"),
        Gen.Elements('"', ',', ' ', '\n', 'a', '=', '\t').ArrayOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get.Replace("\r", string.Empty, StringComparison.Ordinal)));

    [Theory]
    [InlineData("type=image", "type=image")]
    [InlineData("name=a,b", "\"name=a,b\"")]
    [InlineData("id=\"x\"", "\"id=\"\"x\"\"\"")]
    [InlineData(" x", "\" x\"")]
    [InlineData("x ", "x ")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("", "")]
    public void A_field_is_quoted_where_Go_needs_it(string field, string expected) => Assert.Equal(expected, DockerCsv.Quote(field));

    [Fact]
    public void Every_list_of_fields_is_read_back_as_it_was()
        => Prop.ForAll(Field.Two().NonEmptyListOf().ToArbitrary(), pairs =>
        {
            var line = DockerCsv.Join(pairs.Select(pair => $"{pair.Item1}={pair.Item2}"));
            return DockerCsv.Split(line).SequenceEqual(ReadLikeGo(line), StringComparer.Ordinal) && ReadLikeGo(line).SequenceEqual(pairs.Select(pair => $"{pair.Item1}={pair.Item2}"), StringComparer.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    // encoding/csv: a field that begins with a quote ends with the next single one; a quote elsewhere is an error.
    private static List<string> ReadLikeGo(string line)
    {
        var (fields, i) = (new List<string>(), 0);
        while (true)
        {
            var field = new StringBuilder();
            if (i < line.Length && line[i] == '"')
            {
                for (i++; line[i] != '"' || (i + 1 < line.Length && line[i + 1] == '"'); i++)
                {
                    field.Append(line[i]);
                    i += line[i] == '"' ? 1 : 0;
                }

                i++;
            }
            else
            {
                for (; i < line.Length && line[i] != ','; i++)
                {
                    Assert.False(line[i] is '"' or '\n', $"Go refuses {line}");
                    field.Append(line[i]);
                }
            }

            fields.Add(field.ToString());
            if (i == line.Length)
            {
                return fields;
            }

            Assert.Equal(',', line[i++]);
        }
    }
}
