namespace Cake.Frosting;

public sealed class FrostingException : Exception
{
    public FrostingException(string message)
        : base(message)
    {
    }
}
