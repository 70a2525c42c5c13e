namespace Cake.MultiPlatform;

/// <summary>Which stages a build needs, and what they begin with. Docker leaves out stages that the target does not need, and so does this.</summary>
internal sealed class DockerfileGraph
{
    private readonly Dockerfile file;
    private readonly List<DockerfileStage> needed = [];

    public DockerfileGraph(DockerfileRequest request)
    {
        file = request.File;
        Target = request.Target is { } name ? file.Find(name, file.Stages.Count) : file.Stages is [.., var last] ? last : null;
        if (Target is not null)
        {
            Need(Target);
        }

        needed.Sort((left, right) => left.Index.CompareTo(right.Index));
    }

    /// <summary>The stage that becomes the image; <see langword="null"/> where there is none.</summary>
    public DockerfileStage? Target { get; }

    /// <summary>The stages that the target needs, itself included, in the order of the file.</summary>
    public IReadOnlyList<DockerfileStage> Needed => needed;

    /// <summary>The stage that this one begins with; <see langword="null"/> where it begins with an image.</summary>
    public DockerfileStage? Parent(DockerfileStage stage) => file.Find(stage.Base, stage.Index);

    /// <summary>The stages that a stage is built upon, the lowest first, itself last.</summary>
    public IReadOnlyList<DockerfileStage> Chain(DockerfileStage stage)
    {
        var chain = new List<DockerfileStage> { stage };
        while (Parent(chain[0]) is { } parent)
        {
            chain.Insert(0, parent);
        }

        return chain;
    }

    /// <summary>What the instructions of a stage take from elsewhere: stages and images, by <c>COPY --from</c> and <c>RUN --mount</c>.</summary>
    public static IEnumerable<(DockerfileInstruction Instruction, string From)> Sources(DockerfileStage stage)
    {
        foreach (var instruction in stage.Instructions)
        {
            var names = instruction.Keyword switch
            {
                "COPY" or "ADD" => instruction.Flag("--from"),
                "RUN" => instruction.Flag("--mount")
                    .SelectMany(mount => mount.Split(','))
                    .Where(part => part.StartsWith("from=", StringComparison.OrdinalIgnoreCase))
                    .Select(part => part["from=".Length..]),
                _ => [],
            };
            foreach (var name in names)
            {
                yield return (instruction, name);
            }
        }
    }

    // Each stage refers to earlier ones only, so this ends; a stack of its own, because a file may have any number of stages.
    private void Need(DockerfileStage target)
    {
        var open = new Stack<DockerfileStage>([target]);
        while (open.TryPop(out var stage))
        {
            if (needed.Contains(stage))
            {
                continue;
            }

            needed.Add(stage);
            foreach (var name in Sources(stage).Select(source => source.From).Prepend(stage.Base))
            {
                if (file.Find(name, stage.Index) is { } other)
                {
                    open.Push(other);
                }
            }
        }
    }
}
