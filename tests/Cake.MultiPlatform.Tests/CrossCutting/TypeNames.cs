using System.Reflection;

namespace Cake.MultiPlatform.Tests.CrossCutting;

/// <summary>The names of types as C# has them.</summary>
internal static class TypeNames
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(PropertyInfo property) => Of(Nullability.Create(property));

    public static string Of(ParameterInfo parameter) => Of(Nullability.Create(parameter));

    public static string Of(FieldInfo field) => Of(Nullability.Create(field));

    public static string Of(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        var name = type.IsArray
            ? $"{Of(info.ElementType!)}[]"
            : type.IsGenericType ? $"{Plain(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Of))}>" : Of(type);
        return !type.IsValueType && info.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }

    public static string Of(Type type) =>
        type.IsArray ? Of(type.GetElementType()!) + "[]" : type.IsGenericType ? $"{Plain(type)}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : Plain(type);

    private static string Plain(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ when type == typeof(void) => "void",
        _ when type == typeof(object) => "object",
        _ => type.Name.Split('`')[0],
    };
}
