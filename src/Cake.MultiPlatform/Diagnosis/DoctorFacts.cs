using Cake.Core;

namespace Cake.MultiPlatform;

/// <summary>What was found out about a machine: docker's answers, and what the machine itself says.</summary>
internal sealed record DoctorFacts
{
    /// <summary>Why docker could not be asked at all; the rest is empty then.</summary>
    public string? NoClient { get; init; }

    /// <summary>What the preflight of a publish asks.</summary>
    public PreflightFacts? Publishing { get; init; }

    /// <summary>All builders; none where docker could not list them.</summary>
    public IReadOnlyList<Builder> Builders { get; init; } = [];

    /// <summary>Why docker could not list them.</summary>
    public string? NoBuilders { get; init; }

    /// <summary>The room for the engine's data, where that is known.</summary>
    public DiskSpace? Disk { get; init; }

    /// <summary>The registries that docker has a login for.</summary>
    public DockerLogins Logins { get; init; } = new();

    /// <summary>Why docker's configuration cannot be read.</summary>
    public string? NoLogins { get; init; }

    /// <summary>Asks docker, all questions at once, and looks around on this machine.</summary>
    public static DoctorFacts Ask(PublishRequest request, DockerTool docker, ICakeContext context)
    {
        var ls = request.Goal.Connected(new BuildxLsSettings());
        var list = SideBySide.Start(() => List(docker, ls));
        PreflightFacts publishing;
        try
        {
            publishing = Preflight.Ask(request.Goal, docker);
        }
        catch (CakeException e)
        {
            // Docker is not there, or prints nothing that could be read.
            return new DoctorFacts { NoClient = e.Message };
        }
        finally
        {
            list.GetAwaiter().GetResult();
        }

        var (builders, noBuilders) = list.Result;
        var facts = new DoctorFacts
        {
            Publishing = publishing,
            Builders = builders,
            NoBuilders = noBuilders,
            Disk = DiskSpace.Of(publishing.Engine),
        };
        return request.Goal.Targets.Count == 0 ? facts : WithLogins(facts, request, context);
    }

    private static DoctorFacts WithLogins(DoctorFacts facts, PublishRequest request, ICakeContext context)
    {
        try
        {
            return facts with { Logins = DockerLogins.Read(request.Goal.Connection, context) };
        }
        catch (CakeException e)
        {
            return facts with { NoLogins = e.Message };
        }
    }

    private static (IReadOnlyList<Builder> Builders, string? Failure) List(DockerTool docker, BuildxLsSettings ls)
    {
        try
        {
            return (docker.Run(ls), null);
        }
        catch (DockerException failure)
        {
            return ([], failure.ErrorTail.Count > 0 ? failure.ErrorTail[^1] : failure.Message);
        }
        catch (CakeException e)
        {
            return ([], e.Message);
        }
    }
}
