using Cake.Common.Build.MyGet;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// MyGet Build Services: messages and parameters. Source:
/// <see href="https://docs.myget.org/docs/reference/build-services"/>.
/// </summary>
internal sealed class CiMyGet(ICakeEnvironment environment) : CiServer
{
    public override IEnumerable<CiAction> Warning(string text) => Say(server => server.WriteStatus(text, MyGetBuildStatus.Warning));

    public override IEnumerable<CiAction> Error(string text) => Say(server => server.WriteStatus(text, MyGetBuildStatus.Error));

    public override IEnumerable<CiAction> Output(string name, string value) => Say(server => server.SetParameter(name, value));

    private IEnumerable<CiAction> Say(Action<MyGetProvider> say) => CiText.Lines(writer => say(new MyGetProvider(environment, writer)));
}
