using System.Reflection;
using System.Xml.Linq;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>The XML documentation that stands beside the addin's assembly.</summary>
internal static class XmlDocs
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Cake.MultiPlatform.xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public static XElement Of(MethodInfo method) =>
        Find($"M:{method.DeclaringType!.FullName}.{method.Name}({string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName))})");

    public static XElement Of(PropertyInfo property)
    {
        var type = property.DeclaringType!.IsGenericType ? property.DeclaringType.GetGenericTypeDefinition() : property.DeclaringType;
        return Find($"P:{type.FullName}.{property.Name}");
    }

    public static XElement Of(Type type) => Find($"T:{type.FullName}");

    public static XElement Of(Enum value) => Find($"F:{value.GetType().FullName}.{value}");

    private static XElement Find(string id) =>
        Members.TryGetValue(id, out var member) ? member : throw new InvalidOperationException($"'{id}' has no documentation.");
}
