namespace Cake.MultiPlatform.IntegrationTests.Failures;

/// <summary>
/// Every kind of failure is provoked on real engines; the cases of the test classes in this folder are the table of kind,
/// how, and engine.
/// </summary>
public sealed class FailureCatalogueTests
{
    [Fact]
    public void Every_kind_is_provoked_for_real()
    {
        Provocation[] all =
        [
            .. EngineFailureTests.Provocations,
            .. BuildFailureTests.Provocations,
            .. ManifestFailureTests.Provocations,
            .. RegistryFailureTests.Provocations,
            .. RegistryDoorFailureTests.Provocations,
        ];

        Assert.Equal([DockerFailureKind.Unknown], Enum.GetValues<DockerFailureKind>().Except(all.Select(provocation => provocation.Kind)));
    }
}
