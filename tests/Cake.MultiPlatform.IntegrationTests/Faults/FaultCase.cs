using System.Net;

namespace Cake.MultiPlatform.IntegrationTests.Faults;

/// <summary>What goes wrong.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Fault">What happens to the request; <see langword="null"/> where something else is ended.</param>
/// <param name="Victim">What is ended when the request comes.</param>
public sealed record Mishap(string Name, RegistryFault? Fault, FaultVictim Victim = FaultVictim.None)
{
    /// <summary>All that a registry, or the network before it, can do: one line each.</summary>
    public static IReadOnlyList<Mishap> OfTheRegistry { get; } =
    [
        Answer(HttpStatusCode.Unauthorized),
        Answer(HttpStatusCode.NotFound),
        new("429", RegistryFault.TooManyRequests with { RetryAfter = 1 }),
        Answer(HttpStatusCode.InternalServerError),
        Answer(HttpStatusCode.BadGateway),
        Answer(HttpStatusCode.ServiceUnavailable),
        new("hang up", RegistryFault.Of(RegistryFaultKind.HangUp)),
        new("reset", RegistryFault.Of(RegistryFaultKind.Reset)),
        new("stall", RegistryFault.Of(RegistryFaultKind.Stall)),
        new("cut off", RegistryFault.Of(RegistryFaultKind.CutOff)),
    ];

    public static Mishap ClientKilled { get; } = new("client killed", null, FaultVictim.Client);

    public static Mishap RegistryKilled { get; } = new("registry killed", null, FaultVictim.Registry);

    public static Mishap EngineKilled { get; } = new("engine killed", null, FaultVictim.Engine);

    private static Mishap Answer(HttpStatusCode status) => new($"{(int)status}", new RegistryFault(status));
}

/// <summary>Who is ended with a signal that nobody can heed.</summary>
public enum FaultVictim
{
    None,
    Client,
    Registry,
    Engine,
}

/// <summary>Where it goes wrong.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Step">At which kind of request.</param>
/// <param name="Nth">At the how manieth of them.</param>
/// <param name="AfterTheTag">Whether only what comes after the tag has moved counts.</param>
public sealed record FaultPoint(string Name, RegistryStep Step, int Nth = 1, bool AfterTheTag = false)
{
    /// <summary>The steps of a publish, in their order: one line each.</summary>
    public static IReadOnlyList<FaultPoint> All { get; } =
    [
        new("look at the tag", RegistryStep.ReadTag),
        new("read a config", RegistryStep.ReadBlob),
        new("look for a layer", RegistryStep.LookForBlob, 2),
        new("begin an upload", RegistryStep.BeginUpload, 2),
        new("upload", RegistryStep.Upload, 2),
        new("write an image", RegistryStep.WriteImage, 2),
        new("write the index", RegistryStep.WriteIndex),
        new("read by digest", RegistryStep.ReadDigest, 5),
        new("move the tag", RegistryStep.MoveTag),
        new("read the tag back", RegistryStep.ReadTag, AfterTheTag: true),
        new("read the image back", RegistryStep.ReadDigest, AfterTheTag: true),
    ];

    /// <summary>Docker 28 writes the index only by moving the tag, and so does a manifest list.</summary>
    public bool IsIn(FaultSetup setup) => Step != RegistryStep.WriteIndex || setup.WritesTheIndexFirst;
}

/// <summary>One line of the fault table.</summary>
/// <param name="Setup">How it is published.</param>
/// <param name="Point">Where it goes wrong.</param>
/// <param name="Mishap">What goes wrong.</param>
/// <param name="Lasting">Whether it goes on until docker gives up; else it happens once.</param>
public sealed record FaultCase(FaultSetup Setup, FaultPoint Point, Mishap Mishap, bool Lasting)
{
    /// <summary>Every fault at every step of every setup, once and lasting.</summary>
    public static IReadOnlyList<FaultCase> Every { get; } =
    [
        .. from setup in FaultSetup.All
           from point in FaultPoint.All
           where point.IsIn(setup)
           from mishap in Mishap.OfTheRegistry
           from lasting in (bool[])[false, true]
           select new FaultCase(setup, point, mishap, lasting),
        .. from setup in FaultSetup.All
           from point in FaultPoint.All
           where point.IsIn(setup)
           from mishap in (Mishap[])[Mishap.ClientKilled, Mishap.RegistryKilled]
           select new FaultCase(setup, point, mishap, Lasting: mishap == Mishap.RegistryKilled),
    ];

    /// <summary>A part of them in which every fault meets every step, and every strategy every step and every fault, once and lasting.</summary>
    public static IReadOnlyList<FaultCase> Covering { get; } = Cover();

    public override string ToString() => $"{Setup.Name}: {Mishap.Name}{(Lasting ? " from then on" : string.Empty)} at '{Point.Name}'";

    private static List<FaultCase> Cover()
    {
        var covering = new List<FaultCase>();
        var missing = Every.SelectMany(Pairs).ToHashSet();
        while (missing.Count > 0)
        {
            var best = Every.MaxBy(one => Pairs(one).Count(missing.Contains))!;
            covering.Add(best);
            missing.ExceptWith(Pairs(best));
        }

        return covering;
    }

    private static IEnumerable<(object One, object Other)> Pairs(FaultCase one) =>
        [(one.Point, one.Mishap), (one.Setup, one.Point), (one.Setup, one.Mishap), (one.Point, one.Lasting), (one.Setup, one.Lasting), (one.Mishap, one.Lasting)];
}
