namespace Cake.MultiPlatform;

/// <summary>What the recipes' tasks found and made so far in this run; <see langword="null"/> or empty where the task has not run.</summary>
public sealed class MultiPlatformState
{
    internal MultiPlatformState()
    {
    }

    /// <summary>What git and the build server said that the image is called, where they were asked.</summary>
    public ImageNames? Names { get; internal set; }

    /// <summary>What Plan, or PublishImages with <c>--plan</c>, made.</summary>
    public MultiPlatformPlan? Plan { get; internal set; }

    /// <summary>What Doctor found.</summary>
    public DoctorReport? Doctor { get; internal set; }

    /// <summary>What Matrix told the CI.</summary>
    public MultiPlatformMatrix? Matrix { get; internal set; }

    /// <summary>What BuildPlatform built.</summary>
    public MultiPlatformBuild? PlatformsBuilt { get; internal set; }

    /// <summary>What BuildImages built.</summary>
    public ExportResult? Built { get; internal set; }

    /// <summary>What PublishImages or MergeImages published.</summary>
    public MultiPlatformResult? Published { get; internal set; }

    /// <summary>What VerifyImages found, one report for each name.</summary>
    public IReadOnlyList<ContractReport> Verified { get; internal set; } = [];

    /// <summary>What PromoteImages promoted.</summary>
    public PromoteResult? Promoted { get; internal set; }

    /// <summary>What CompareImages found.</summary>
    public ImageComparison? Comparison { get; internal set; }

    /// <summary>What CleanUpImages removed.</summary>
    public CleanUpResult? CleanedUp { get; internal set; }
}
