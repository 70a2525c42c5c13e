using Cake.Common.Build.TeamCity;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MultiPlatform;

/// <summary>
/// TeamCity: messages, blocks, parameters of the build, and artifacts. Source:
/// <see href="https://www.jetbrains.com/help/teamcity/service-messages.html"/>.
/// </summary>
internal sealed class CiTeamCity(ICakeEnvironment environment, IFileSystem files) : CiServer
{
    public override IEnumerable<CiAction> Open(string title) => Say(server => server.WriteStartBlock(title));

    public override IEnumerable<CiAction> Close(string title) => Say(server => server.WriteEndBlock(title));

    public override IEnumerable<CiAction> Warning(string text) => Say(server => server.WriteStatus(text, "WARNING"));

    public override IEnumerable<CiAction> Error(string text) => Say(server => server.WriteStatus(text, "ERROR"));

    public override IEnumerable<CiAction> Output(string name, string value) => Say(server => server.SetParameter(name, value));

    public override IEnumerable<CiAction> Keep(FilePath file) => Say(server => server.PublishArtifacts(file.MakeAbsolute(environment).FullPath));

    private IEnumerable<CiAction> Say(Action<TeamCityProvider> say) => CiText.Lines(writer => say(new TeamCityProvider(environment, files, writer)));
}
