using Cake.Common.Build.TravisCI;
using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Travis CI: folds of the log, each under a name of its own. It has no outputs and no summary.</summary>
internal sealed class CiTravis(ICakeEnvironment environment) : CiServer
{
    public override IEnumerable<CiAction> Open(string title) => Say(server => server.WriteStartFold(Name(title))).Concat(base.Open(title));

    public override IEnumerable<CiAction> Close(string title) => Say(server => server.WriteEndFold(Name(title)));

    private static string Name(string title) => PlatformNames.Lower(NameText.Tag(title));

    private IEnumerable<CiAction> Say(Action<TravisCIProvider> say) => CiText.Lines(writer => say(new TravisCIProvider(environment, writer)));
}
