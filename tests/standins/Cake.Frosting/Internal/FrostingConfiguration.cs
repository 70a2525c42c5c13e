using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>Cake's configuration: environment, cake.config, arguments; the last wins.</summary>
internal sealed class FrostingConfiguration : ICakeConfiguration
{
    private readonly ICakeConfiguration configuration;

    public FrostingConfiguration(IFileSystem files, ICakeEnvironment environment, ICakeArguments arguments) =>
        configuration = new CakeConfigurationProvider(files, environment).CreateConfiguration(
            environment.WorkingDirectory,
            arguments.GetArguments().ToDictionary(argument => argument.Key, argument => argument.Value.FirstOrDefault() ?? string.Empty, StringComparer.Ordinal));

    public string GetValue(string key) => configuration.GetValue(key);
}
