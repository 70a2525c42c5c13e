using Cake.Core;

namespace Cake.Frosting;

public interface IFrostingContext : ICakeContext;

public class FrostingContext : CakeContextAdapter, IFrostingContext
{
    public FrostingContext(ICakeContext context)
        : base(context)
    {
    }
}
