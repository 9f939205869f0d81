namespace SloPortal.Domain.Incidents.Escalation;

/// <summary>By which way a person is called.</summary>
public enum ContactChannel
{
    /// <summary>A notice in the portal.</summary>
    Portal,
    /// <summary>A notification of a browser, by web push (RFC 8030), also while no page is open.</summary>
    Push,
    Mail,
    /// <summary>The portal's own JSON document, for whatever sends texts or calls.</summary>
    Webhook,
    Slack,
    Teams,
    Mattermost,
}

/// <summary>A way by which a person is called, and how long after the page: ways that all ring at once keep one from answering.</summary>
public sealed class ContactMethod
{
    /// <summary>So long a way may wait, in minutes.</summary>
    public const int MostDelay = 60;

    private ContactMethod() { }

    public ContactMethod(Guid id, Guid personId, ContactChannel channel, string protectedAddress, string hint, int delayMinutes, DateTimeOffset createdAt)
    {
        Id = id;
        PersonId = personId;
        Channel = channel;
        ProtectedAddress = protectedAddress;
        Hint = hint;
        DelayMinutes = delayMinutes;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public ContactChannel Channel { get; private set; }

    /// <summary>A mail address, a web address, or the subscription of a browser as JSON; encrypted, since each is a way to reach somebody, and most are passwords too.</summary>
    public string ProtectedAddress { get; private set; } = "";

    /// <summary>What is shown of the address.</summary>
    public string Hint { get; private set; } = "";

    public int DelayMinutes { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }
    public DateTimeOffset? LastSentAt { get; private set; }
    public DateTimeOffset? LastFailedAt { get; private set; }
    public string? LastError { get; private set; }

    public void Delay(int minutes) => DelayMinutes = minutes;

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    public void Sent(DateTimeOffset now) => LastSentAt = now;

    public void Failed(DateTimeOffset now, string error) => (LastFailedAt, LastError) = (now, error);
}
