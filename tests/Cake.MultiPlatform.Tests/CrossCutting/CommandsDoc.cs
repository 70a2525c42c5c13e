using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cake.Core.Annotations;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>Writes COMMANDS.md from the code and its documentation.</summary>
internal static partial class CommandsDoc
{
    private static readonly MethodInfo[] Aliases =
    [
        .. typeof(DockerSettings).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(CakeMethodAliasAttribute))).OrderBy(Signature, StringComparer.Ordinal),
    ];

    public static string Write()
    {
        var names = CommandSettings.All.Select(type => Alias(type).Name).ToHashSet(StringComparer.Ordinal);
        string[] lines =
        [
            "# Docker's commands, typed",
            string.Empty,
            "Every command is an alias of the same name that takes a settings object; some have short forms. Made from the code by",
            "`CommandsDocTests`, which says how to update this file.",
            string.Empty,
            "| command | alias | settings | returns |",
            "|---|---|---|---|",
            .. CommandSettings.All.Select(type => $"| [`docker {Command(type)}`](#{Anchor(type)}) | `{Alias(type).Name}` | `{type.Name}` | {Returned(Alias(type))} |"),
            string.Empty,
            "Aliases that run several commands:",
            string.Empty,
            "| alias | returns | |",
            "|---|---|---|",
            .. Aliases.Where(alias => !names.Contains(alias.Name)).Select(alias => $"| `{Signature(alias)}` | {Returned(alias)} | {Cell(Summary(XmlDocs.Of(alias)).Text)} |"),
            string.Empty,
            "## Every command",
            string.Empty,
            "Docker's own options, before the command; and Cake's tool settings (`ToolPath`, `WorkingDirectory`, `EnvironmentVariables`, `ToolTimeout`, …).",
            .. Properties("docker", CommandSettings.Properties(typeof(VersionSettings)).Where(IsDockersOwn)),
            .. CommandSettings.All.SelectMany(Section),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static IEnumerable<string> Section(Type type) =>
    [
        string.Empty,
        $"## docker {Command(type)}",
        string.Empty,
        Summary(XmlDocs.Of(type)).Text,
        string.Empty,
        $"{string.Join(", ", Aliases.Where(alias => alias.Name == Alias(type).Name).Select(alias => $"`{Signature(alias)}`"))} returns {Returned(Alias(type))}",
        .. Properties(Command(type), CommandSettings.Properties(type).Where(property => !IsDockersOwn(property))),
    ];

    private static IEnumerable<string> Properties(string command, IEnumerable<PropertyInfo> properties)
    {
        var rows = properties.Select(Row).Order(StringComparer.Ordinal).ToList();
        var leftOut = LeftOutFlag.All.Where(left => left.Command == command).Select(left => $"- `{left.Flag}`: {left.Reason}").ToList();
        return
        [
            .. rows.Count == 0 ? [] : (string[])[string.Empty, "| flag | property | type | |", "|---|---|---|---|"],
            .. rows,
            .. leftOut.Count == 0 ? [] : (string[])[string.Empty, "Left out:", string.Empty],
            .. leftOut,
        ];
    }

    private static string Row(PropertyInfo property)
    {
        var (flag, text) = Summary(XmlDocs.Of(property));
        return $"| {flag} | `{property.Name}` | `{TypeNames.Of(property)}` | {Cell(text)} |";
    }

    private static bool IsDockersOwn(PropertyInfo property) => property.DeclaringType == typeof(DockerSettings);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Command(Type type) => ((DockerSettings)Activator.CreateInstance(type)!).Command;

    private static string Anchor(Type type) => $"docker-{Command(type).Replace(' ', '-')}";

    // Other aliases may take the settings of a command, too; the command's own has its name.
    private static MethodInfo Alias(Type type) => Aliases.Single(alias =>
        alias.GetParameters() is [_, var only] && only.ParameterType == type
        && string.Equals(alias.Name, $"Docker{Command(type).Replace(" ", string.Empty, StringComparison.Ordinal)}", StringComparison.OrdinalIgnoreCase));

    private static string Returned(MethodInfo alias) => alias.ReturnType == typeof(void) ? "–" : $"`{TypeNames.Of(alias.ReturnParameter)}`";

    private static string Signature(MethodInfo alias) =>
        $"{alias.Name}({string.Join(", ", alias.GetParameters().Skip(1).Select(parameter => $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty)}{TypeNames.Of(parameter)} {parameter.Name}"))})";

    // The flags that a summary begins with, and the rest of it.
    private static (string Flag, string Text) Summary(XElement docs)
    {
        var text = Space().Replace(string.Concat(docs.Element("summary")!.Nodes().Select(Markdown)), " ").Trim();
        var match = Flags().Match(text);
        return match.Success ? (match.Groups["flags"].Value, text[match.Length..]) : (string.Empty, text);
    }

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "typeparamref" or "paramref" } see =>
            (string?)see.Attribute("href") is { } link ? $"<{link}>" : $"`{see.FirstAttribute!.Value.Split('.')[^1]}`",
        XElement other => string.Concat(other.Nodes().Select(Markdown)),
        _ => string.Empty,
    };

    [GeneratedRegex("^(?<flags>`--[^`]+`( and `--[^`]+`)*): ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Flags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
