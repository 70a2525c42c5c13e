namespace Cake.MultiPlatform;

/// <summary>What variables of a Dockerfile are worth when it is built for one platform on another.</summary>
internal sealed class DockerfileScope
{
    private readonly Dictionary<string, string> automatic;
    private readonly Dictionary<string, string> global;
    private readonly DockerfileRequest request;

    public DockerfileScope(DockerfileRequest request, ImagePlatform target, ImagePlatform build)
    {
        (this.request, Target) = (request, target);
        automatic = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, platform) in (ReadOnlySpan<(string, ImagePlatform)>)[("TARGET", target), ("BUILD", build)])
        {
            automatic[$"{name}PLATFORM"] = platform.ToString();
            automatic[$"{name}OS"] = platform.Os;
            automatic[$"{name}ARCH"] = platform.Architecture;
            automatic[$"{name}VARIANT"] = platform.Variant;
        }

        foreach (var name in automatic.Keys.Where(request.BuildArgs.ContainsKey).ToArray())
        {
            automatic[name] = request.BuildArgs[name];
        }

        global = new Dictionary<string, string>(automatic, StringComparer.Ordinal);
        foreach (var argument in request.File.Arguments)
        {
            Declare(argument, global, name => null);
        }
    }

    /// <summary>The platform that is built for.</summary>
    public ImagePlatform Target { get; }

    /// <summary>Fills in what a <c>FROM</c> says.</summary>
    public string Expand(string text) => DockerfileVariables.Expand(text, global.GetValueOrDefault, request.File.Escape);

    /// <summary>The variables that a stage sets by <c>ARG</c> and <c>ENV</c>, those left out that differ by platform of themselves.</summary>
    public IReadOnlyDictionary<string, string> VariablesOf(IEnumerable<DockerfileStage> chain)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var instruction in chain.SelectMany(stage => stage.Instructions))
        {
            if (instruction.Keyword == "ARG")
            {
                Declare(instruction, variables, name => automatic.ContainsKey(name) ? null : global.GetValueOrDefault(name));
            }
            else if (instruction.Keyword == "ENV")
            {
                foreach (var word in instruction.Words.Where(word => word.Contains('=', StringComparison.Ordinal)))
                {
                    var (name, value) = Pair(word);
                    variables[name] = DockerfileVariables.Expand(value!, Known(variables), request.File.Escape);
                }
            }
            else
            {
                // Nothing else sets a variable.
            }
        }

        return variables;
    }

    // A build argument wins over the default, and the default over what the name is worth outside of the stage.
    private void Declare(DockerfileInstruction argument, Dictionary<string, string> variables, Func<string, string?> outside)
    {
        foreach (var word in argument.Words)
        {
            var (name, value) = Pair(word);
            var own = request.BuildArgs.TryGetValue(name, out var given)
                ? given
                : value is null ? outside(name) : DockerfileVariables.Expand(value, Known(variables), request.File.Escape);
            if (own is not null)
            {
                variables[name] = own;
            }
        }
    }

    // What depends on the platform keeps its name, so that it can be seen that it does.
    private Func<string, string?> Known(Dictionary<string, string> variables) =>
        name => variables.TryGetValue(name, out var value) ? value : automatic.ContainsKey(name) ? $"${name}" : null;

    private static (string Name, string? Value) Pair(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }
}
