using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>Who does something to a watched thing, when, and under which key of theirs.</summary>
/// <param name="ByPortal">It is the portal itself.</param>
public sealed record WatchActing(Guid PersonId, string Name, bool ByPortal, DateTimeOffset At, string? ClientKey = null);

/// <summary>
/// Something that is wrong, or may be, and calls nobody: it has a reason, an owner once somebody takes it, and a day on which it leaves the list unless it is
/// prolonged. What happened to it is kept line by line.
/// </summary>
public sealed class WatchItem
{
    public const int LongestTitle = 200;
    public const int LongestReason = 2000;

    /// <summary>How long something is watched when nobody says otherwise. Product policy.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>What is watched for longer is an action or an incident. Product policy.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private WatchItem() { }

    private WatchItem(Guid id, WatchSubject subject, string title, string reason, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        Id = id;
        Kind = subject.Kind;
        ServiceId = subject.ServiceId;
        ObjectiveId = subject.ObjectiveId;
        SliId = subject.SliId;
        SegmentId = subject.SegmentId;
        SubjectKey = subject.Key;
        Title = title.Length <= LongestTitle ? title : title[..LongestTitle];
        Reason = reason;
        Since = now;
        ExpiresAt = expiresAt;
    }

    public Guid Id { get; private set; }
    public WatchKind Kind { get; private set; }
    public Guid ServiceId { get; private set; }
    public Guid? ObjectiveId { get; private set; }
    public int? SliId { get; private set; }
    public int? SegmentId { get; private set; }

    /// <summary>See <see cref="WatchSubject.Key"/>.</summary>
    public string? SubjectKey { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>Why it is watched, a sentence: what the last look found, or what a person wrote.</summary>
    public string Reason { get; private set; } = "";

    public double? Observed { get; private set; }
    public double? Expected { get; private set; }
    public double? Dispersion { get; private set; }
    public double? PValue { get; private set; }

    /// <summary>The p-value from which on it was found.</summary>
    public double? Limit { get; private set; }

    public double? Burn { get; private set; }

    /// <summary>What the last look looked at; null where nothing was computed.</summary>
    public DateTimeOffset? LookedFrom { get; private set; }
    public DateTimeOffset? LookedTo { get; private set; }

    /// <summary>How many looks found it.</summary>
    public int TimesFound { get; private set; }

    public Guid? OwnerId { get; private set; }
    public DateTimeOffset Since { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public WatchState State { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndedByName { get; private set; }

    /// <summary>The incident that it became. Who may not see that is told only that it was promoted.</summary>
    public Guid? IncidentId { get; private set; }

    /// <summary>Who put it there gave this key: the same again is the same item.</summary>
    public string? ClientKey { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public List<WatchNote> Notes { get; } = [];

    public static WatchItem Found(Guid id, WatchSubject subject, string title, WatchFinding finding, WatchActing by)
    {
        var item = new WatchItem(id, subject, title, finding.Said, by.At, by.At + Usual);
        item.Take(finding);
        item.Write(WatchEvent.Added, finding.Said, by, finding);
        return item;
    }

    public static Outcome<WatchItem> ByHand(Guid id, WatchSubject subject, string title, string reason, DateTimeOffset? expiresAt, WatchActing by)
    {
        var until = expiresAt ?? by.At + Usual;
        if (MustExpire(nameof(ExpiresAt), until, by.At) is { } refusal)
            return refusal;
        var item = new WatchItem(id, subject, title, reason, by.At, until) { OwnerId = by.PersonId, ClientKey = by.ClientKey };
        item.Write(WatchEvent.Added, reason, by with { ClientKey = null });
        return item;
    }

    /// <summary>A later look found the same. It does not stay longer for that: somebody is to say that it shall.</summary>
    /// <returns>False where that says nothing new: the look is one that was taken already.</returns>
    public bool FindAgain(WatchFinding finding, WatchActing by)
    {
        if (State != WatchState.Watched || finding.To <= LookedTo)
            return false;
        Reason = finding.Said;
        Take(finding);
        Write(WatchEvent.FoundAgain, finding.Said, by, finding);
        return true;
    }

    public Refusal? GiveTo(Guid person, string name, WatchActing by)
    {
        if (MustBeWatched() is { } refusal)
            return refusal;
        OwnerId = person;
        Write(WatchEvent.Owned, person == by.PersonId ? $"{name} owns it." : $"{by.Name} gave it to {name}.", by);
        return null;
    }

    public Refusal? Extend(DateTimeOffset until, string? why, WatchActing by)
    {
        if ((MustBeWatched() ?? MustExpire("Until", until, by.At)) is { } refusal)
            return refusal;
        if (until <= ExpiresAt)
            return Refusal.Invalid("Until", "It is watched for as long as that already. Choose a later day.");
        ExpiresAt = until;
        Write(WatchEvent.Extended, $"Watched until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC.{(string.IsNullOrWhiteSpace(why) ? "" : " " + why.Trim())}", by);
        return null;
    }

    public Refusal? Dismiss(string reason, WatchActing by) => End(WatchState.Dismissed, WatchEvent.Dismissed, reason, by);

    public Refusal? Promote(Guid incidentId, WatchActing by)
    {
        // Of the incident no word: it may be restricted, or become so.
        if (End(WatchState.Promoted, WatchEvent.Promoted, "Promoted to an incident.", by) is { } refusal)
            return refusal;
        IncidentId = incidentId;
        return null;
    }

    /// <returns>Whether it left the list.</returns>
    public bool Expire(WatchActing by) =>
        State == WatchState.Watched && ExpiresAt <= by.At && End(WatchState.Expired, WatchEvent.Expired, "Nobody prolonged it, so it left the list.", by) is null;

    private Refusal? End(WatchState state, WatchEvent kind, string said, WatchActing by)
    {
        if (MustBeWatched() is { } refusal)
            return refusal;
        (State, EndedAt, EndedByName) = (state, by.At, by.Name);
        Write(kind, said, by);
        return null;
    }

    private Refusal? MustBeWatched() => State switch
    {
        WatchState.Watched => null,
        WatchState.Dismissed => Refusal.Conflict($"{EndedByName} dismissed it already."),
        WatchState.Expired => Refusal.Conflict("It expired and left the list. Put it there again by hand if it goes on."),
        WatchState.Promoted => Refusal.Conflict($"{EndedByName} made an incident of it already."),
        _ => throw new InvalidOperationException($"{State} is no state of a watched thing."),
    };

    private static Refusal? MustExpire(string field, DateTimeOffset until, DateTimeOffset now) =>
        until <= now ? Refusal.Invalid(field, "Choose a moment that is still to come.")
        : until > now + Longest ? Refusal.Invalid(field, $"Nothing is watched for more than {Longest.Days} days at a time. Prolong it then, or make an incident of it.")
        : null;

    private void Take(WatchFinding finding)
    {
        (Observed, Expected, Dispersion, PValue) = (finding.Judged.Observed, finding.Judged.Expected, finding.Judged.Dispersion, finding.Judged.PValue);
        (Limit, Burn, LookedFrom, LookedTo) = (finding.Limit, finding.Burn, finding.From, finding.To);
        TimesFound++;
    }

    private void Write(WatchEvent kind, string said, WatchActing by, WatchFinding? finding = null) =>
        Notes.Add(new WatchNote(Id, kind, said, by.Name, by.ByPortal, by.At, by.ClientKey, finding));
}
