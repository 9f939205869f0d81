namespace SloPortal.Domain.Access;

/// <summary>Something that a person is told in the portal: what was long at work is done, what waits for them.</summary>
public sealed class Notice
{
    private Notice() { }

    public Notice(Guid id, Guid personId, string text, string address, DateTimeOffset createdAt)
    {
        Id = id;
        PersonId = personId;
        Text = text;
        Address = address;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>One sentence, as it is shown.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The page of the portal that it leads to, from the root: "/exports/3".</summary>
    public string Address { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }

    public void Read(DateTimeOffset now) => ReadAt ??= now;
}
