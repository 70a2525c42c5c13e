using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// Bitbucket Pipelines: variables for later steps, which the step names as its <c>output-variables</c>. Source:
/// <see href="https://support.atlassian.com/bitbucket-cloud/docs/variable-sharing/"/>.
/// </summary>
internal sealed class CiBitbucket(ICakeEnvironment environment) : CiServer
{
    public override IEnumerable<CiAction> Output(string name, string value) => environment.GetEnvironmentVariable("BITBUCKET_PIPELINES_VARIABLES_PATH") is { Length: > 0 } path
        ? [new CiAppend(path, $"{CiText.Variable(name)}={CiText.OneLine(value)}\n")]
        : [];
}
