using SloPortal.Domain.Incidents.Escalation.Deciding;

namespace SloPortal.Domain.Incidents.Detection.Intake;

/// <summary>One episode of something that is wrong, as another program or a person says: it fires, may repeat, and ends.</summary>
public sealed class Signal
{
    /// <summary>Longest title, dedup key and description, in characters; what is longer is cut, a key is hashed.</summary>
    public const int MostTitle = 1024;
    public const int MostKey = 255;
    public const int MostDescription = 16_384;

    private Signal() { }

    public Signal(Guid id, Guid? sourceId, SignalOrigin origin, Guid? serviceId, Guid teamId, SignalReading fired, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(fired);
        Id = id;
        SourceId = sourceId;
        Origin = origin;
        ServiceId = serviceId;
        TeamId = teamId;
        DedupKey = fired.DedupKey;
        StartedAt = fired.StartedAt ?? now;
        FirstReceivedAt = now;
        Hear(fired, now);
    }

    public Guid Id { get; private set; }

    /// <summary>Null for reports of people and for the portal's own alerts.</summary>
    public Guid? SourceId { get; private set; }

    public SignalOrigin Origin { get; private set; }

    /// <summary>The service that a label names, or that of the source; null where neither does.</summary>
    public Guid? ServiceId { get; private set; }

    /// <summary>Whom it concerns: the owner of the service, or else the team of the source.</summary>
    public Guid TeamId { get; private set; }

    /// <summary>What makes two messages of a source one episode.</summary>
    public string DedupKey { get; private set; } = "";

    public SignalState State { get; private set; }

    /// <summary>As it was said last.</summary>
    public SignalSeverity Severity { get; private set; }

    public string Title { get; private set; } = "";
    public string? Description { get; private set; }
    public Dictionary<string, string> Labels { get; private set; } = [];

    /// <summary>An http or https address where the sender shows it.</summary>
    public string? Link { get; private set; }

    /// <summary>By the sender's clock where it says, or else when it was received.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>By the sender's clock where it says; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset FirstReceivedAt { get; private set; }
    public DateTimeOffset LastReceivedAt { get; private set; }

    /// <summary>How often it was said that it fires, the first time included.</summary>
    public int TimesReceived { get; private set; }

    /// <summary>When it ends unless its sender says again that it fires; null where silence means nothing.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>The page that it belongs to.</summary>
    public Guid? PageId { get; private set; }

    /// <summary>The silence that kept it from calling; null where none did, or once that is over.</summary>
    public Guid? SilenceId { get; private set; }

    /// <summary>Why it waits; null where it does not.</summary>
    public SignalOutcome? HeldAs { get; private set; }
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>When it is decided anew; null where something else than time ends the wait.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    /// <summary>The page that explains it.</summary>
    public Guid? HeldUnder { get; private set; }

    /// <summary>What it waited for has this in common with it; kept after the wait, since later ones of the group count it.</summary>
    public string? HeldGroup { get; private set; }

    /// <summary>Takes what the sender says of it now; the latest word counts.</summary>
    public void Hear(SignalReading fired, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(fired);
        Severity = fired.Severity;
        Title = fired.Title;
        Description = fired.Description;
        Labels = new Dictionary<string, string>(fired.Labels);
        Link = fired.Link;
        ExpiresAt = fired.ExpiresAt;
        LastReceivedAt = now;
        TimesReceived++;
    }

    public void Acknowledge(DateTimeOffset now)
    {
        State = SignalState.Acknowledged;
        LastReceivedAt = now;
    }

    public void Resolve(DateTimeOffset endedAt, DateTimeOffset now)
    {
        State = SignalState.Resolved;
        // A clock that runs behind must not end what has not begun.
        EndedAt = endedAt < StartedAt ? StartedAt : endedAt;
        ExpiresAt = null;
        LastReceivedAt = now;
        Release();
    }

    /// <summary>It belongs to a page and waits for nothing.</summary>
    public void Join(Guid pageId)
    {
        Release();
        PageId = pageId;
        HeldGroup = null;
    }

    public void Silence(Guid silenceId, DateTimeOffset now)
    {
        Release();
        SilenceId = silenceId;
        (HeldAs, HeldSince) = (SignalOutcome.Silenced, now);
    }

    /// <summary>It waits, until it is decided anew.</summary>
    public void Wait(SignalOutcome outcome, Hold hold, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(hold);
        var since = HeldAs == outcome ? HeldSince : now;
        Release();
        (HeldAs, HeldSince, HeldUntil, HeldUnder) = (outcome, since, hold.Until, hold.UnderPage);
        HeldGroup = hold.Group ?? HeldGroup;
    }

    /// <summary>It waits for nothing any more.</summary>
    public void Release() => (SilenceId, HeldAs, HeldSince, HeldUntil, HeldUnder) = (null, null, null, null, null);
}
