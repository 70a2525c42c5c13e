using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>Checks of settings that need no docker: the error names the command, the role of the value, and shows a right one.</summary>
internal static class Require
{
    public static void Text(string? value, string command, string role, string example)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new CakeException($"docker {command}: {role} is missing; set it, e.g. '{example}'.");
        }
    }

    public static void Some<T>(IReadOnlyCollection<T> values, string command, string role, string example)
    {
        if (values.Count == 0)
        {
            throw new CakeException($"docker {command}: {role} is missing; add at least one, e.g. '{example}'.");
        }
    }

    public static T Value<T>(T? value, string command, string role, string example)
        where T : class =>
        value ?? throw new CakeException($"docker {command}: {role} is missing; set it, e.g. '{example}'.");
}
