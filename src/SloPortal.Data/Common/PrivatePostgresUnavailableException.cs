namespace SloPortal.Data.Common;

/// <summary>The private PostgreSQL cannot run. The message is a sentence that tells the operator what to do.</summary>
public sealed class PrivatePostgresUnavailableException : Exception
{
    public PrivatePostgresUnavailableException()
    {
    }

    public PrivatePostgresUnavailableException(string message)
        : base(message)
    {
    }

    public PrivatePostgresUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
