using System.Reflection;
using Cake.MultiPlatform.Tests.CrossCutting;

namespace Cake.MultiPlatform.IntegrationTests.Ledger;

/// <summary>How a flag stands on the command line.</summary>
public enum FlagForm
{
    /// <summary>Alone.</summary>
    Switch,

    /// <summary>With one value; several are joined to one.</summary>
    Value,

    /// <summary>Once for each value.</summary>
    Repeated,
}

/// <summary>A flag that a settings class was seen to write.</summary>
/// <param name="Name">The flag, e.g. <c>--tag</c>.</param>
/// <param name="Property">The property that was set; <see langword="null"/> where the flag is always written.</param>
/// <param name="Form">How it stands there.</param>
/// <param name="Words">What setting the property added to the command line.</param>
internal sealed record WrittenFlag(string Name, PropertyInfo? Property, FlagForm Form, IReadOnlyList<string> Words)
{
    /// <summary>Sets every property of a settings class in turn and looks what that adds to the command line.</summary>
    public static IReadOnlyList<WrittenFlag> Of(Type settings)
    {
        var always = WordsOf(CommandSettings.Valid(settings)).Where(IsFlag).Select(name => new WrittenFlag(NameOf(name), Property: null, FlagForm.Value, []));
        return [.. always, .. CommandSettings.Properties(settings).SelectMany(property => Of(settings, property))];
    }

    private static IEnumerable<WrittenFlag> Of(Type settings, PropertyInfo property)
    {
        var once = Added(settings, property, times: 1);
        var isCollection = !(property.SetMethod?.IsPublic ?? false);
        var flags = once.Where(IsFlag).Select(NameOf).ToList();
        foreach (var flag in flags)
        {
            var isRepeated = isCollection && Added(settings, property, times: 2).Count(word => word == flag) == 2;
            yield return new WrittenFlag(flag, property, once.Count == flags.Count ? FlagForm.Switch : isRepeated ? FlagForm.Repeated : FlagForm.Value, once);
        }
    }

    private static List<string> Added(Type settings, PropertyInfo property, int times)
    {
        var changed = CommandSettings.Valid(settings);
        for (var i = 0; i < times; i++)
        {
            CommandSettings.Change(property, changed);
        }

        var added = WordsOf(changed);
        WordsOf(CommandSettings.Valid(settings)).ForEach(word => added.Remove(word));
        return added;
    }

    // Temporary files have another name each time.
    private static List<string> WordsOf(DockerSettings settings)
    {
        var arguments = settings.ToArguments();
        var temporary = arguments.OutputFiles.Values.Where(file => file.IsTemporary).Select(file => file.Path);
        return [.. arguments.ToList().Where(word => !temporary.Contains(word, StringComparer.Ordinal))];
    }

    private static bool IsFlag(string word) => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2;

    private static string NameOf(string word) => word.Split('=')[0];
}
