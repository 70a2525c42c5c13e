namespace Cake.MultiPlatform;

/// <summary>
/// AppVeyor: messages of the build and environment variables, through its own program. Source:
/// <see href="https://www.appveyor.com/docs/build-worker-api/"/>.
/// </summary>
internal sealed class CiAppVeyor : CiServer
{
    // Windows takes no longer command line than 32767 characters.
    private const int LongestDetails = 16_000;

    public override IEnumerable<CiAction> Warning(string text) => Message(text, "Warning");

    public override IEnumerable<CiAction> Error(string text) => Message(text, "Error");

    public override IEnumerable<CiAction> Output(string name, string value) => [new CiProgram("appveyor", ["SetVariable", "-Name", CiText.Variable(name), "-Value", value])];

    public override IEnumerable<CiAction> Summary(string title, string markdown) =>
        [new CiProgram("appveyor", ["AddMessage", title, "-Category", "Information", "-Details", Cut(markdown)])];

    // The first line is shown, the rest on request.
    private static CiProgram[] Message(string text, string category) => text.ReplaceLineEndings("\n").Split('\n', 2) switch
    {
        [var first, var rest] => [new CiProgram("appveyor", ["AddMessage", first, "-Category", category, "-Details", Cut(rest)])],
        _ => [new CiProgram("appveyor", ["AddMessage", text, "-Category", category])],
    };

    private static string Cut(string text) => text.Length <= LongestDetails ? text : $"{text[..LongestDetails]}…";
}
