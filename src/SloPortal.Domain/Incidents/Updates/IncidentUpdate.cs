using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Updates;

/// <summary>
/// What stakeholders are told about an incident. Once published it is never changed; whoever was wrong publishes another. The database refuses to
/// change or remove a published one.
/// </summary>
public sealed class IncidentUpdate
{
    private IncidentUpdate() { }

    public IncidentUpdate(Guid id, Guid incidentId, UpdateText text, Guid authorId, string authorName, DateTimeOffset now)
    {
        Id = id;
        IncidentId = incidentId;
        AuthorId = authorId;
        AuthorName = authorName;
        WrittenAt = now;
        Write(text);
    }

    public Guid Id { get; private set; }
    public Guid IncidentId { get; private set; }
    public UpdateState State { get; private set; }
    public ToldState Told { get; private set; }
    public string Title { get; private set; } = "";
    public string Body { get; private set; } = "";
    public DateTimeOffset? NextUpdateAt { get; private set; }
    public IReadOnlyList<ToldService> Services { get; private set; } = [];

    /// <summary>The status pages that it goes to.</summary>
    public Guid[] StatusPages { get; private set; } = [];

    public Guid AuthorId { get; private set; }
    public string AuthorName { get; private set; } = "";

    /// <summary>When it took its present words.</summary>
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>Who approved it or sent it back last; null where nobody had to.</summary>
    public string? DecidedByName { get; private set; }

    /// <summary>Why it was sent back; null unless it was.</summary>
    public string? SentBackBecause { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public UpdateText Text => new(Told, Title, Body, NextUpdateAt, Services, StatusPages);

    private bool IsOpen => State is UpdateState.Waiting or UpdateState.SentBack;

    /// <summary>Publishes it where nobody has to approve it.</summary>
    public void Publish(DateTimeOffset now)
    {
        State = UpdateState.Published;
        PublishedAt = now;
    }

    /// <summary>Its author writes it anew; it waits again.</summary>
    public Refusal? Revise(UpdateText text, Guid by, DateTimeOffset now)
    {
        if (Closed() is { } closed)
            return closed;
        if (by != AuthorId)
            return Refusal.Denied($"{AuthorName} wrote this update, so it is theirs to change. Send it back with what you would change, or write another.");
        Write(text);
        WrittenAt = now;
        State = UpdateState.Waiting;
        SentBackBecause = null;
        return null;
    }

    /// <summary>Somebody other than the author lets it go out as it stands.</summary>
    public Refusal? Approve(Guid by, string byName, DateTimeOffset now)
    {
        if (Closed() is { } closed)
            return closed;
        if (State == UpdateState.SentBack)
            return Refusal.Conflict($"This update was sent back to {AuthorName}, who has not written it anew yet.");
        if (by == AuthorId)
            return Refusal.Denied("You wrote this update, so somebody else has to approve it. Ask another incident commander or an administrator.");
        if (Text.WhyNot(now) is { } stale)
            return Refusal.Conflict(stale.Message + " Send the update back to its author for that.");
        DecidedByName = byName;
        Publish(now);
        return null;
    }

    public Refusal? SendBack(string byName, string reason)
    {
        if (Closed() is { } closed)
            return closed;
        if (State == UpdateState.SentBack)
            return Refusal.Conflict("This update was sent back already.");
        State = UpdateState.SentBack;
        DecidedByName = byName;
        SentBackBecause = reason;
        return null;
    }

    public Refusal? Withdraw()
    {
        if (Closed() is { } closed)
            return closed;
        State = UpdateState.Withdrawn;
        return null;
    }

    private Refusal? Closed() => IsOpen ? null : Refusal.Conflict(State == UpdateState.Published
        ? "This update is published, and what is published stays as it is. Write another that corrects it."
        : "This update was withdrawn. Write another.");

    private void Write(UpdateText text)
    {
        Told = text.State;
        Title = text.Title;
        Body = text.Body;
        NextUpdateAt = text.NextUpdateAt;
        Services = text.State == ToldState.Resolved ? [.. text.Services.Select(s => s with { Condition = ServiceCondition.Operational })] : [.. text.Services];
        StatusPages = [.. text.StatusPages.Distinct()];
    }
}
