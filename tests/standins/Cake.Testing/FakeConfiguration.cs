using Cake.Core.Configuration;

namespace Cake.Testing;

public sealed class FakeConfiguration : ICakeConfiguration
{
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    public string GetValue(string key) => values.GetValueOrDefault(key);

    public void SetValue(string key, string value) => values[key] = value;
}
