namespace Cake.MultiPlatform;

/// <summary>
/// Continua CI: messages, groups and variables of the build, in the form of
/// <see href="https://wiki.finalbuilder.com/display/continua/Custom+Log+Messages"/>. That of Cake 7 is another one: a message's <c>text</c>
/// for its <c>value</c>, <c>setParameter</c>, and a quote after each bracket.
/// </summary>
internal sealed class CiContinua : CiServer
{
    public override IEnumerable<CiAction> Open(string title) => Say("startGroup", ("name", title));

    public override IEnumerable<CiAction> Close(string title) => Say("endGroup", ("name", title));

    public override IEnumerable<CiAction> Warning(string text) => Say("message", ("value", text), ("status", "warning"));

    public override IEnumerable<CiAction> Error(string text) => Say("message", ("value", text), ("status", "error"));

    // A variable that the configuration does not have would fail the build.
    public override IEnumerable<CiAction> Output(string name, string value) => Say("setVariable", ("name", name), ("value", value), ("skipIfNotDefined", "true"));

    private static CiLine[] Say(string message, params (string Name, string Value)[] values) =>
        [new CiLine($"@@continua[{message}{string.Concat(values.Select(value => $" {value.Name}='{CiText.ContinuaValue(value.Value)}'"))}]")];
}
