using System.Runtime.Versioning;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.Testing;

public sealed class FakePlatform : ICakePlatform
{
    public FakePlatform(PlatformFamily family, bool is64Bit = true)
    {
        Family = family;
        Is64Bit = is64Bit;
    }

    public PlatformFamily Family { get; set; }

    public bool Is64Bit { get; set; }
}

public sealed class FakeRuntime : ICakeRuntime
{
    public FrameworkName BuiltFramework { get; set; } = new(".NETCoreApp,Version=v10.0");

    public Version CakeVersion { get; set; } = new(0, 1, 2);

    public bool IsCoreClr { get; set; }

    Core.Polyfill.Runtime ICakeRuntime.Runtime => IsCoreClr ? Core.Polyfill.Runtime.CoreClr : Core.Polyfill.Runtime.Clr;
}

public sealed class FakeEnvironment : ICakeEnvironment
{
    private readonly Dictionary<string, string> environmentVariables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<SpecialPath, DirectoryPath> specialPaths = [];

    public FakeEnvironment(PlatformFamily family, bool is64Bit = true)
    {
        Platform = new FakePlatform(family, is64Bit);
        Runtime = new FakeRuntime();
    }

    public DirectoryPath WorkingDirectory { get; set; }

    public DirectoryPath ApplicationRoot { get; set; }

    public FakePlatform Platform { get; }

    public FakeRuntime Runtime { get; }

    DirectoryPath ICakeEnvironment.UserHomeDirectory => Platform.Family == PlatformFamily.Windows ? "C:/Users/User" : "/home/user";

    ICakePlatform ICakeEnvironment.Platform => Platform;

    ICakeRuntime ICakeEnvironment.Runtime => Runtime;

    public static FakeEnvironment CreateUnixEnvironment(bool is64Bit = true)
        => new(PlatformFamily.Linux, is64Bit) { WorkingDirectory = "/Working", ApplicationRoot = "/Working/bin" };

    public static FakeEnvironment CreateWindowsEnvironment(bool is64Bit = true)
        => new(PlatformFamily.Windows, is64Bit) { WorkingDirectory = "C:/Working", ApplicationRoot = "C:/Working/bin" };

    public DirectoryPath GetSpecialPath(SpecialPath path)
        => specialPaths.TryGetValue(path, out var directory)
            ? directory
            : throw new NotSupportedException($"No special path '{path}' was set.");

    public void SetSpecialPath(SpecialPath kind, DirectoryPath path) => specialPaths[kind] = path;

    public string GetEnvironmentVariable(string variable) => environmentVariables.GetValueOrDefault(variable);

    public IDictionary<string, string> GetEnvironmentVariables()
        => new Dictionary<string, string>(environmentVariables, StringComparer.OrdinalIgnoreCase);

    public void SetEnvironmentVariable(string variable, string value) => environmentVariables[variable] = value;

    public void ChangeOperatingSystemFamily(PlatformFamily family) => Platform.Family = family;
}
