using Cake.Core;
using Cake.MultiPlatform;

namespace Cake.Frosting.MultiPlatform.Recipe;

/// <summary>
/// What the tasks of this recipe need of a build's context: for a context that has another base class. Where it has none, derive from
/// <see cref="MultiPlatformContext"/>.
/// </summary>
public interface IMultiPlatformContext : ICakeContext
{
    /// <summary>The parameters, what the tasks found and made so far, and their work.</summary>
    MultiPlatformRecipe MultiPlatform { get; }
}
