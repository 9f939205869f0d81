using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>What an entry is about.</summary>
public enum EntryKind
{
    Note,
    Declared,
    Status,
    Severity,
    Role,
    /// <summary>Start, end or users affected were corrected.</summary>
    Impact,
    Decision,
    Alert,
    Deployment,
    Attachment,
    Merge,
    Access,
    /// <summary>A war room was opened or closed, or where its people talk was said.</summary>
    WarRoom,
    /// <summary>A person said when a phase began, other than what is derived.</summary>
    Phase,
    /// <summary>Somebody was asked to do something, or said that it is done.</summary>
    Task,
    /// <summary>An entry was pinned or unpinned.</summary>
    Pin,
    /// <summary>An entry was linked to its evidence.</summary>
    Link,
    /// <summary>A person said how far a clock was off.</summary>
    Clock,
    /// <summary>Stakeholders were told something.</summary>
    Update,
    /// <summary>A team was asked, said how it stands, or gave work to another.</summary>
    Team,
    /// <summary>The portal looked something up that may help to find the cause.</summary>
    Triage,
    /// <summary>A step of a runbook was asked for, decided or run, or the steps were stopped.</summary>
    Runbook,
}

/// <summary>How it is known; what weight an entry has later depends on it.</summary>
public enum Provenance
{
    /// <summary>A machine saw it happen.</summary>
    Observed,
    /// <summary>A person said it as it happened.</summary>
    Asserted,
    /// <summary>A person entered it afterwards.</summary>
    EnteredLater,
}

/// <summary>
/// One line of an incident's timeline. Append-only: the database refuses UPDATE and DELETE. A correction is another entry that
/// supersedes it; both stay visible. Each entry carries the hash of the one recorded before it in the same incident.
/// </summary>
public sealed class TimelineEntry : IChained
{
    /// <summary>Somebody who enters something so long after it happened enters it later. Product policy.</summary>
    public static readonly TimeSpan AsItHappened = TimeSpan.FromMinutes(2);

    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }

    /// <summary>1, 2, 3 … in the order of recording, without gaps within the incident.</summary>
    public int Number { get; init; }

    long IChained.Place => Number;

    /// <summary>When it happened: UTC, microseconds.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the portal learnt of it: UTC, microseconds.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    public EntryKind Kind { get; init; }
    public Provenance Provenance { get; init; }
    public ActorKind AuthorKind { get; init; }
    public Guid AuthorId { get; init; }

    /// <summary>As the author was called then; for a pasted line the name in the chat.</summary>
    public string AuthorName { get; init; } = "";

    /// <summary>Where it comes from: "portal", "chat", "burn alert", "deployment", "API".</summary>
    public string Source { get; init; } = "";

    /// <summary>Plain text; it may link by writing an address.</summary>
    public string Body { get; init; } = "";

    /// <summary>JSON for programs, such as the old and the new status; the exact text that was hashed.</summary>
    public string Details { get; init; } = "{}";

    /// <summary>The entry that this one corrects.</summary>
    public Guid? SupersedesId { get; init; }

    /// <summary>Given by whoever sends it, unique in the incident: the same key again is the same entry.</summary>
    public string ClientKey { get; init; } = "";

    public byte[] PreviousHash { get; init; } = [];
    public byte[] Hash { get; init; } = [];

    public byte[] ComputeHash() => new FieldHash()
        .Add(PreviousHash).Add(IncidentId).Add(Number).Add(Id).Add(OccurredAt).Add(RecordedAt).Add(Kind.ToString()).Add(Provenance.ToString())
        .Add(AuthorKind.ToString()).Add(AuthorId).Add(AuthorName).Add(Source).Add(Body).Add(Details).Add(SupersedesId).Add(ClientKey).Compute();
}
