namespace Cake.MultiPlatform.Tests.Progress;

/// <summary>Reports of docker's are read, in the form of every version, and all that is none passes through.</summary>
[Trait("Capability", "G5")]
public sealed class ProgressReaderTests
{
    private readonly ProgressReader reader = new();

    [Theory]
    [InlineData("buildx-0.13.1/rawjson-ok.txt", 0)]
    [InlineData("buildx-0.13.1/rawjson-fail.txt", 8)]
    [InlineData("buildx-0.29.1/rawjson-ok.txt", 0)]
    [InlineData("buildx-0.29.1/rawjson-fail.txt", 8)]
    [InlineData("docker-20.10.24/rawjson-push.txt", 0)]
    [InlineData("docker-20.10.24/rawjson-fail.txt", 1)]
    public void What_docker_wrote_is_read_and_its_words_are_left(string captured, int words)
    {
        var read = Captured.Lines(captured).Select(reader.Read).ToArray();

        Assert.Equal(words, read.Sum(line => line.Text.Count(text => text.Length > 0)));
        Assert.Equal(Captured.Text(captured).Split("\"vertexes\"").Length - 1, read.Count(line => line.Message?.Vertexes is not null));
        Assert.Equal(Captured.Text(captured).Split("\"logs\"").Length - 1, read.Count(line => line.Message?.Logs is not null));
        Assert.Empty(reader.Rest());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ERROR: failed to solve: no")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{}")]
    [InlineData("{\"other\":1}")]
    [InlineData("{\"vertexes\":1}")]
    [InlineData("{\"vertexes\":[{\"digest\":\"a\",\"started\":\"yesterday\"}]}")]
    [InlineData("{\"vertexes\":[{\"digest\":")]
    [InlineData("{\n  \"vertexes\": [")]
    [InlineData("{\nERROR: failed")]
    [InlineData("{\n  \"a\": 1\n}")]
    [InlineData("{\n{\n  no\n}")]
    [InlineData("null")]
    public void What_is_no_report_passes_through_as_it_is(string text)
    {
        var lines = text.Split('\n');
        var read = lines.Select(reader.Read).ToArray();

        Assert.All(read, line => Assert.Null(line.Message));
        Assert.Equal(lines, read.SelectMany(line => line.Text).Concat(reader.Rest()));
    }

    [Fact]
    public void Fields_that_are_new_or_missing_are_no_reason_to_fail()
    {
        var (message, text) = reader.Read("""{"vertexes":[{"digest":"sha256:a","progressGroup":{"id":"g"},"name":null},null],"statuses":null,"more":[1]}""");

        Assert.Empty(text);
        Assert.Equal("sha256:a", message!.Vertexes![0].Digest);
        Assert.Null(message.Statuses);
    }

    [Fact]
    public void A_report_follows_one_that_broke_off()
    {
        var read = ((string[])["{", "  \"vertexes\": [", "{", "  \"vertexes\": []", "}"]).Select(reader.Read).ToArray();

        Assert.Equal(["{", "  \"vertexes\": ["], read.SelectMany(line => line.Text));
        Assert.NotNull(read[^1].Message);
    }
}
