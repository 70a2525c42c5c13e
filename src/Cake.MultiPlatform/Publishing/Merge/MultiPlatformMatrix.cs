using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cake.MultiPlatform;

/// <summary>What <c>DockerBuildxMultiPlatformMatrix</c> spreads over machines.</summary>
public sealed class MatrixSettings
{
    /// <summary>The platforms, one or more.</summary>
    public PlatformSet Platforms { get; } = [];

    /// <summary>
    /// The machine for a platform, in the words of the CI: a label of GitHub's <c>runs-on</c>, an image of Azure's <c>vmImage</c>, a tag of
    /// GitLab's runners. Default one that runs the platform by itself where the CI offers it to everybody, and else its Linux machine for
    /// amd64, which emulates.
    /// </summary>
    public IDictionary<ImagePlatform, string> Runners { get; } = new Dictionary<ImagePlatform, string>();
}

/// <summary>A job for each platform, as the matrix of a CI.</summary>
public sealed class MultiPlatformMatrix
{
    private readonly IReadOnlyDictionary<ImagePlatform, string> runners;

    internal MultiPlatformMatrix(IEnumerable<ImagePlatform> platforms, IReadOnlyDictionary<ImagePlatform, string> runners)
    {
        Platforms = [.. platforms];
        this.runners = runners;
    }

    /// <summary>The platforms, a job each.</summary>
    public IReadOnlyList<ImagePlatform> Platforms { get; }

    /// <summary>A name of a platform that can stand in names of files and artifacts.</summary>
    /// <param name="platform">The platform.</param>
    /// <returns>E.g. <c>linux-arm-v7</c>.</returns>
    public static string NameOf(ImagePlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return string.Join('-', platform.ToString().Split('/', '(', ')', '+', ',')).TrimEnd('-');
    }

    /// <summary>
    /// For GitHub Actions: an output that a later job takes as <c>strategy: matrix: ${{ fromJSON(needs.plan.outputs.matrix) }}</c>, with
    /// <c>matrix.platform</c>, <c>matrix.name</c> and <c>matrix.runner</c>. Source:
    /// <see href="https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations"/>.
    /// </summary>
    /// <returns>JSON, one line.</returns>
    public string ToGitHubActions() => Json(writer =>
    {
        writer.WriteStartArray("include");
        foreach (var platform in Platforms)
        {
            writer.WriteStartObject();
            Write(writer, platform, platform.Os == "windows" ? "windows-2022" : platform.Architecture == "arm64" ? "ubuntu-24.04-arm" : "ubuntu-24.04");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>
    /// For Azure Pipelines: an output variable that a later job takes as <c>strategy: matrix: $[ dependencies.plan.outputs['matrix.matrix'] ]</c>,
    /// with the variables <c>platform</c>, <c>name</c> and <c>runner</c> (for <c>vmImage</c>). Source:
    /// <see href="https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/jobs-job-strategy"/>.
    /// </summary>
    /// <returns>JSON, one line.</returns>
    public string ToAzurePipelines() => Json(writer =>
    {
        foreach (var platform in Platforms)
        {
            // A leg's name has no hyphens.
            writer.WriteStartObject(NameOf(platform).Replace('-', '_').Replace('.', '_'));
            Write(writer, platform, platform.Os == "windows" ? "windows-2022" : "ubuntu-24.04");
            writer.WriteEndObject();
        }
    });

    /// <summary>
    /// For GitLab: a file that a child pipeline includes beside one that says what the job <c>build-platform</c> does, with the variables
    /// <c>PLATFORM</c>, <c>NAME</c> and <c>RUNNER</c>. Source:
    /// <see href="https://docs.gitlab.com/ci/pipelines/downstream_pipelines/#dynamic-child-pipelines"/>.
    /// </summary>
    /// <returns>YAML.</returns>
    public string ToGitLab()
    {
        var yaml = new StringBuilder("build-platform:\n  parallel:\n    matrix:\n");
        foreach (var platform in Platforms)
        {
            var runner = RunnerOf(platform, platform.Os == "windows" ? "saas-windows-medium-amd64" : platform.Architecture == "arm64" ? "saas-linux-small-arm64" : "saas-linux-small-amd64");
            yaml.Append("      - PLATFORM: ").Append(Quoted(platform.ToString())).Append('\n')
                .Append("        NAME: ").Append(Quoted(NameOf(platform))).Append('\n')
                .Append("        RUNNER: ").Append(Quoted(runner)).Append('\n');
        }

        return yaml.Append("  tags:\n    - $RUNNER\n").ToString();
    }

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(Utf8JsonWriter writer, ImagePlatform platform, string runner)
    {
        writer.WriteString("platform", platform.ToString());
        writer.WriteString("name", NameOf(platform));
        writer.WriteString("runner", RunnerOf(platform, runner));
    }

    private string RunnerOf(ImagePlatform platform, string usual) => runners.GetValueOrDefault(platform, usual);
}
