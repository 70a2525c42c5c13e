using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>
/// A value of <c>--policy</c>: rules that the sources of a build must pass, e.g. <c>filename=policy.rego,strict=true</c>. Source:
/// <see href="https://docs.docker.com/build/policies/"/>.
/// </summary>
public sealed class BuildPolicy : DockerFields
{
    private const string Example = "filename=policy.rego,strict=true";

    /// <summary><c>filename</c>: the file of the policy.</summary>
    public string? FileName { get => this["filename"]; set => this["filename"] = value; }

    /// <summary><c>reset</c>: policies that were found by themselves do not count.</summary>
    public bool? Reset { get => Boolean("reset"); set => Boolean("reset", value); }

    /// <summary><c>disabled</c>: no policy counts.</summary>
    public bool? Disabled { get => Boolean("disabled"); set => Boolean("disabled", value); }

    /// <summary><c>strict</c>: a builder that knows no policies fails the build.</summary>
    public bool? Strict { get => Boolean("strict"); set => Boolean("strict", value); }

    /// <summary><c>log-level</c>: how much is told of the evaluation.</summary>
    public string? LogLevel { get => this["log-level"]; set => this["log-level"] = value; }

    /// <summary>Reads a value of <c>--policy</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <exception cref="CakeException">It is not one.</exception>
    public static implicit operator BuildPolicy(string value) => Parse(value);

    /// <summary>Reads a value of <c>--policy</c>.</summary>
    /// <param name="value">The value as docker takes it.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="CakeException">It is not one; the message says what is wrong.</exception>
    public static BuildPolicy Parse(string value)
    {
        var policy = new BuildPolicy();
        policy.Add(value, "build policy", Example);
        return policy;
    }
}
