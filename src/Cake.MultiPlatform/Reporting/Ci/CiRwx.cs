using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// RWX: output values, each a file (<see href="https://www.rwx.com/docs/output-values"/>), and the summary as an artifact
/// (<see href="https://www.rwx.com/docs/artifacts"/>).
/// </summary>
internal sealed class CiRwx(ICakeEnvironment environment) : CiServer
{
    public override IEnumerable<CiAction> Output(string name, string value) => Write("RWX_VALUES", name, value);

    public override IEnumerable<CiAction> Summary(string title, string markdown) => Write("RWX_ARTIFACTS", CiText.FileName(title), markdown);

    private IEnumerable<CiAction> Write(string variable, string name, string text) =>
        environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder ? [new CiFile(new DirectoryPath(folder).CombineWithFilePath(name), text)] : [];
}
