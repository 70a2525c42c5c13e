using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// Bitrise: environment variables for later steps (<see href="https://github.com/bitrise-io/envman"/>), and the summary as a file that the
/// step Deploy to Bitrise.io uploads.
/// </summary>
internal sealed class CiBitrise(ICakeEnvironment environment) : CiServer
{
    public override IEnumerable<CiAction> Output(string name, string value) => [new CiProgram("envman", ["add", "--key", CiText.Variable(name), "--value", value])];

    public override IEnumerable<CiAction> Summary(string title, string markdown) => environment.GetEnvironmentVariable("BITRISE_DEPLOY_DIR") is { Length: > 0 } folder
        ? [new CiFile(new DirectoryPath(folder).CombineWithFilePath(CiText.FileName(title)), markdown)]
        : [];
}
