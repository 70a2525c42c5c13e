using System.Globalization;
using System.Text;

namespace Cake.MultiPlatform.IntegrationTests.Recording;

/// <summary>What one start of docker received.</summary>
/// <param name="Words">The arguments.</param>
/// <param name="Variable">The value of the environment variable <see cref="RecordingDocker.Variable"/>.</param>
/// <param name="Input">The standard input.</param>
internal sealed record RecordedCall(IReadOnlyList<string> Words, string Variable, string Input);

/// <summary>
/// A docker that does nothing but write down what it receives, byte for byte. It is also a <c>docker buildx</c> that the
/// real docker finds when its configuration folder is <see cref="Config"/>.
/// </summary>
internal sealed class RecordingDocker : IDisposable
{
    /// <summary>The environment variable that is written down; without it the standard input is not read.</summary>
    public const string Variable = "RECORDED";

    // Number of arguments, arguments, variable, input: each is ended by a NUL, which none of them can hold.
    private const string Script =
        """
        #!/bin/sh
        if [ "$1" = docker-cli-plugin-metadata ]; then
            echo '{"SchemaVersion":"0.1.0","Vendor":"tests","Version":"v0.0.0","ShortDescription":"writes down what it receives"}'
            exit
        fi
        {
            printf '%s\0' "$#" "$@" "$RECORDED"
            if [ -n "${RECORDED+set}" ]; then cat; fi
            printf '\0'
        } >>'FOLDER/calls'
        while [ $# -gt 0 ]; do
            if [ "$1" = --iidfile ]; then echo sha256:0000000000000000000000000000000000000000000000000000000000000000 >"$2"; fi
            shift
        done
        """;

    // Bytes that are no UTF-8 are an error, so that equal strings are equal bytes.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly TemporaryFolder folder = new();

    public RecordingDocker()
    {
        Executable = Write("docker");
        Write("config/cli-plugins/docker-buildx");
    }

    /// <summary>The recording docker.</summary>
    public string Executable { get; }

    /// <summary>A configuration folder of the real docker that holds the recording buildx.</summary>
    public string Config => folder.Combine("config");

    /// <summary>What was received since the last time that this was asked.</summary>
    public IReadOnlyList<RecordedCall> Take()
    {
        var fields = Strict.GetString(File.ReadAllBytes(folder.Combine("calls"))).Split('\0');
        File.Delete(folder.Combine("calls"));
        var calls = new List<RecordedCall>();
        for (var i = 0; i < fields.Length - 1;)
        {
            var count = int.Parse(fields[i], CultureInfo.InvariantCulture);
            calls.Add(new RecordedCall(fields[(i + 1)..(i + 1 + count)], fields[i + 1 + count], fields[i + 2 + count]));
            i += count + 3;
        }

        return calls;
    }

    public void Dispose() => folder.Dispose();

    private string Write(string name)
    {
        var path = folder.Write(name, Script.Replace("FOLDER", folder.Path, StringComparison.Ordinal));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
