namespace SloPortal.Domain.Incidents.Escalation;

public enum PageMessageState
{
    Waiting,
    Sent,
    /// <summary>Given up after the last try; the reason stands beside it.</summary>
    Failed,
    /// <summary>The page was acknowledged, or had ended, before it was due.</summary>
    Cancelled,
}

/// <summary>
/// One message of a page to one person by one way. Unique by page, call, person and way, and claimed before it is sent, so that several portals
/// send it once.
/// </summary>
public sealed class PageMessage
{
    private PageMessage() { }

    public PageMessage(Guid id, Guid pageId, Guid personId, ContactChannel channel, Guid? contactId, int level, int round, DateTimeOffset dueAt, DateTimeOffset createdAt)
    {
        Id = id;
        PageId = pageId;
        PersonId = personId;
        Channel = channel;
        ContactId = contactId;
        Level = level;
        Round = round;
        DueAt = dueAt;
        NextAttemptAt = dueAt;
        CreatedAt = createdAt;
    }

    /// <summary>For what reaches its person in the transaction that makes it.</summary>
    public PageMessage AsSent(DateTimeOffset now)
    {
        State = PageMessageState.Sent;
        SentAt = now;
        return this;
    }

    public Guid Id { get; private set; }
    public Guid PageId { get; private set; }
    public Guid PersonId { get; private set; }
    public ContactChannel Channel { get; private set; }

    /// <summary>The way that the person set up; null for the account's own mail address and for the notice in the portal.</summary>
    public Guid? ContactId { get; private set; }

    /// <summary>The level, from 0, and round, from 0, that called.</summary>
    public int Level { get; private set; }
    public int Round { get; private set; }

    public DateTimeOffset DueAt { get; private set; }
    public PageMessageState State { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>The number of the portal that is sending it; null when none is.</summary>
    public long? ClaimedBy { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }
    public string? LastError { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>What happened to a page, as a sentence. A page explains itself by these, also where it called nobody.</summary>
public sealed class PageEvent
{
    private PageEvent() { }

    public PageEvent(Guid pageId, DateTimeOffset at, string sentence)
    {
        PageId = pageId;
        At = at;
        Sentence = sentence;
    }

    public long Id { get; private set; }
    public Guid PageId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string Sentence { get; private set; } = "";
}
