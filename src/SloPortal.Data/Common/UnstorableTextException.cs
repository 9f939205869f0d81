namespace SloPortal.Data.Common;

/// <summary>A text holds a character that PostgreSQL cannot store.</summary>
public sealed class UnstorableTextException : Exception
{
    public UnstorableTextException()
        : base("The text contains NUL.")
    {
    }

    public UnstorableTextException(string message)
        : base(message)
    {
    }

    public UnstorableTextException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
