using System.Globalization;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Domain.Reviews.Writing;

public enum PostmortemState
{
    Draft,
    InReview,
    /// <summary>By somebody who did not write it.</summary>
    Approved,
    Published,
}

/// <summary>What was learnt from an incident, written by people, reviewed by others, and published.</summary>
public sealed class Postmortem
{
    private Postmortem() { }

    public Postmortem(Guid id, Guid? incidentId, string title, DateTimeOffset createdAt, Guid createdBy)
    {
        Id = id;
        IncidentId = incidentId;
        Title = title;
        CreatedAt = createdAt;
        CreatedBy = createdBy;
    }

    public Guid Id { get; private set; }

    /// <summary>As people call it: 7 in "PM-7". Given by the database.</summary>
    public int Number { get; private set; }

    /// <summary>Null for one that was imported without its incident. Who may not see the incident may not see this.</summary>
    public Guid? IncidentId { get; private set; }

    public PostmortemState State { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>What happened in two or three sentences.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Body { get; private set; } = "";

    public IncidentSeverity? Severity { get; private set; }

    /// <summary>When users felt it first and last; null where an imported document does not say.</summary>
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The latest revision; 0 before the first.</summary>
    public int Revision { get; private set; }

    /// <summary>Where an imported document comes from: its company or address.</summary>
    public string? Origin { get; private set; }

    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public Guid? ApprovedBy { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    public List<PostmortemService> Services { get; } = [];
    public List<PostmortemFactor> Factors { get; } = [];

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>"PM-7".</summary>
    public string Code => CodeOf(Number);

    public static string CodeOf(int number) => "PM-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes a new text, as the next revision.</summary>
    /// <returns>The revision; a refusal where the text no longer changes.</returns>
    public Outcome<PostmortemRevision> Revise(PostmortemText text, Guid authorId, string authorName, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (MustNotBeApproved() is { } approved)
            return approved;
        Title = text.Title;
        Summary = text.Summary;
        Body = text.Body;
        Revision++;
        return new PostmortemRevision(Id, Revision, text, authorId, authorName, now);
    }

    public void Place(IncidentSeverity? severity, DateTimeOffset? startedAt, DateTimeOffset? endedAt, string? origin)
    {
        Severity = severity;
        StartedAt = startedAt;
        EndedAt = endedAt;
        Origin = origin;
    }

    /// <summary>Says anew what it is about. An origin, which only an imported one has, stays.</summary>
    public Refusal? ChangeFacts(
        IncidentSeverity? severity, DateTimeOffset? startedAt, DateTimeOffset? endedAt, IEnumerable<Guid> services, IEnumerable<KeyValuePair<string, string>> factors)
    {
        if (MustNotBeApproved() is { } approved)
            return approved;
        if (endedAt < startedAt)
            return Refusal.Invalid("EndedAt", "It ends before it starts. Check both times.");
        Place(severity, startedAt, endedAt, Origin);
        Replace(Services, services.Distinct().Select(id => new PostmortemService(Id, id)));
        Replace(Factors, factors.Select(f => new PostmortemFactor(Id, f.Key, f.Value)));
        return null;
    }

    /// <summary>The text and the facts may still change.</summary>
    public bool IsOpen => State is PostmortemState.Draft or PostmortemState.InReview;

    public Refusal? Submit(DateTimeOffset now)
    {
        if (State != PostmortemState.Draft)
            return Refusal.Conflict($"Only a draft goes into review; this is {Word(State)}.");
        State = PostmortemState.InReview;
        SubmittedAt = now;
        return null;
    }

    /// <param name="writers">Everybody who wrote a revision.</param>
    public Refusal? Approve(Guid by, IEnumerable<Guid> writers, DateTimeOffset now)
    {
        if (State != PostmortemState.InReview)
            return Refusal.Conflict($"Only what is in review can be approved; this is {Word(State)}.");
        if (writers.Contains(by))
            return Refusal.Denied("Somebody who did not write it approves it. Ask a colleague.");
        State = PostmortemState.Approved;
        ApprovedBy = by;
        ApprovedAt = now;
        return null;
    }

    public Refusal? Publish(DateTimeOffset now)
    {
        if (State != PostmortemState.Approved)
            return Refusal.Conflict($"Only what was approved can be published; this is {Word(State)}.");
        State = PostmortemState.Published;
        PublishedAt = now;
        return null;
    }

    /// <summary>Back to draft, by somebody who read it and says what is missing.</summary>
    public Refusal? AskForChanges() => State == PostmortemState.InReview
        ? TakeBack()
        : Refusal.Conflict($"Changes are asked for while it is in review; this is {Word(State)}.");

    /// <summary>Publishes at once what was written and published elsewhere; nobody here has approved it.</summary>
    public Refusal? PublishImported(DateTimeOffset now)
    {
        if (State != PostmortemState.Draft || IncidentId is not null)
            return Refusal.Conflict("Only a document from elsewhere is published without approval.");
        State = PostmortemState.Published;
        PublishedAt = now;
        return null;
    }

    /// <summary>Back to draft: changes were asked for, or something published has to be corrected. Approval is given anew.</summary>
    public Refusal? TakeBack()
    {
        if (State == PostmortemState.Draft)
            return Refusal.Conflict("This postmortem is a draft already.");
        State = PostmortemState.Draft;
        SubmittedAt = null;
        ApprovedBy = null;
        ApprovedAt = null;
        PublishedAt = null;
        return null;
    }

    private Refusal? MustNotBeApproved() => IsOpen
        ? null
        : Refusal.Conflict($"This postmortem is {Word(State)}, and what was approved does not change. Take it back to draft first.");

    // Equal ones stay as they are, so that only what changed is written.
    private static void Replace<T>(List<T> held, IEnumerable<T> wanted)
    {
        var now = wanted.ToList();
        held.RemoveAll(h => !now.Contains(h));
        held.AddRange(now.Except(held).ToList());
    }

    /// <summary>"in review".</summary>
    public static string Word(PostmortemState state) => state switch
    {
        PostmortemState.Draft => "a draft",
        PostmortemState.InReview => "in review",
        PostmortemState.Approved => "approved",
        PostmortemState.Published => "published",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

/// <summary>A service that the postmortem is about.</summary>
public sealed record PostmortemService(Guid PostmortemId, Guid ServiceId);

/// <summary>Something that contributed: a word of the taxonomy ("process", "tooling"), and how.</summary>
public sealed record PostmortemFactor(Guid PostmortemId, string Factor, string Note);
