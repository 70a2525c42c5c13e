using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>What scripts can use is a list that is reviewed: a change of it shows up as a change of PublicApi.txt.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "CAKE_MULTIPLATFORM_UPDATE_PUBLIC_API";

    [Fact]
    public void The_public_surface_is_the_reviewed_one()
    {
        var actual = Listing();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Path.Combine(ThisFolder(), "PublicApi.txt"), actual);
            return;
        }

        using var reader = new StreamReader(typeof(PublicApiTests).Assembly.GetManifestResourceStream("PublicApi.txt")!);
        var reviewed = reader.ReadToEnd().ReplaceLineEndings("\n");
        string[] changes =
        [
            .. Lines(reviewed).Except(Lines(actual), StringComparer.Ordinal).Select(line => "- " + line),
            .. Lines(actual).Except(Lines(reviewed), StringComparer.Ordinal).Select(line => "+ " + line),
        ];
        Assert.True(
            reviewed == actual,
            $"The public surface differs from CrossCutting/PublicApi.txt. If that is meant, run this test with {UpdateVariable}=1, which rewrites the file, and commit it:\n{string.Join('\n', changes)}");
    }

    private static string[] Lines(string listing)
    {
        // A member is told by its type, too.
        var type = string.Empty;
        return [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith(' ') ? $"{type}: {line.Trim()}" : type = line)];
    }

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static string Listing()
    {
        var text = new StringBuilder();
        foreach (var type in typeof(DockerSettings).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(TypeNames.Of(type)).Append(Bases(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return string.Empty;
        }

        var bases = type.GetInterfaces().Where(face => face.IsVisible).Except(type.BaseType?.GetInterfaces() ?? []).Select(TypeNames.Of).Order(StringComparer.Ordinal)
            .Prepend(type.BaseType is { } parent && parent != typeof(object) ? TypeNames.Of(parent) : string.Empty).Where(name => name.Length > 0).ToArray();
        return bases.Length == 0 ? string.Empty : " : " + string.Join(", ", bases);
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name), provider: null)}");
        }

        return
        [
            .. type.GetConstructors(Declared).Select(constructor => $"new({Parameters(constructor)})"),
            .. type.GetFields(Declared).Select(field => $"field {TypeNames.Of(field)} {field.Name}"),
            .. type.GetProperties(Declared).Where(property => property.GetMethod?.IsPublic ?? false).Select(Property),
            .. type.GetMethods(Declared).Where(method => IsWritten(method)).Select(method => $"{(method.IsStatic ? "static " : string.Empty)}{TypeNames.Of(method.ReturnParameter)} {method.Name}({Parameters(method)})"),
        ];
    }

    private static bool IsWritten(MethodInfo method) =>
        !method.IsDefined(typeof(CompilerGeneratedAttribute)) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static string Property(PropertyInfo property)
    {
        var set = property.SetMethod is { IsPublic: true } setter
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : string.Empty;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(parameter => TypeNames.Of(parameter.ParameterType)))}]" : string.Empty;
        return $"{(property.GetMethod!.IsStatic ? "static " : string.Empty)}{required}{TypeNames.Of(property)} {property.Name}{index} {{ get;{set} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : parameter.IsOut ? "out " : string.Empty)
        + $"{TypeNames.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : string.Empty)}"));
}
