using System.Globalization;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// GitLab CI: sections of the log (<see href="https://docs.gitlab.com/ci/jobs/job_logs/"/>), and a dotenv file that the job names as its report
/// (<see href="https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv"/>).
/// </summary>
internal sealed class CiGitLab(TimeProvider time) : CiServer
{
    public override FilePath DefaultOutputsFile(PublishReportSettings settings) => $"{PlatformNames.Lower(settings.OutputPrefix)}.env";

    public override IEnumerable<CiAction> Open(string title) => [new CiLine($"{Mark("start", title)}{CiText.OneLine(title)}")];

    public override IEnumerable<CiAction> Close(string title) => [new CiLine(Mark("end", title))];

    public override IEnumerable<CiAction> Matrix(MultiPlatformMatrix matrix, DirectoryPath folder) => [new CiFile(folder.CombineWithFilePath("matrix.yml"), matrix.ToGitLab())];

    private string Mark(string what, string title) => string.Create(
        CultureInfo.InvariantCulture,
        $"\e[0Ksection_{what}:{time.GetUtcNow().ToUnixTimeSeconds()}:{PlatformNames.Lower(NameText.Tag(title))}\r\e[0K");
}
