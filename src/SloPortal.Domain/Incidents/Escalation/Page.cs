using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Domain.Incidents.Escalation;

public enum PageState
{
    /// <summary>People are called.</summary>
    Open,
    /// <summary>Somebody has it; nobody else is called.</summary>
    Acknowledged,
    /// <summary>Everything that it was about has ended, or somebody said that it has.</summary>
    Resolved,
}

/// <summary>Who acknowledged, seen from the page.</summary>
public enum AcknowledgedAs
{
    /// <summary>One of those who had been called.</summary>
    Paged,
    SomeoneElse,
    /// <summary>The program that sent the signals said that it has been taken.</summary>
    Source,
}

/// <summary>By which way an acknowledgement came.</summary>
public enum AcknowledgedVia
{
    Portal,
    Api,
    /// <summary>The signed link of a message, without signing in.</summary>
    Link,
    Push,
    Source,
}

/// <summary>
/// One call for attention: signals about one thing, and the escalation that goes on until somebody acknowledges it or the signals end.
/// The levels are those of the policy when it opened, so that a change of the policy does not rewrite who was called and why.
/// </summary>
public sealed class Page
{
    public const int MaxTitle = 1024;

    /// <summary>With this the group of a page begins that somebody opened to try the calling; that of a real one never does.</summary>
    public const string TestGroup = "test\n";

    /// <summary>With this the group of a page begins by which somebody called a team to an incident; that of signals never does.</summary>
    public const string AskGroup = "ask\n";

    /// <summary>Why a page is over that ended by itself.</summary>
    public const string SignalsEnded = "Everything that it was about has ended.";

    private Page() { }

    /// <param name="policy">Null where the levels are of no policy, as those of a test.</param>
    /// <param name="calledFirst">Whom the first level reaches now; null where that is not counted, as for a test.</param>
    public Page(
        Guid id, Guid teamId, Guid? serviceId, string groupKey, string title, SignalSeverity severity, EscalationPolicy? policy, IReadOnlyList<EscalationLevel> levels, string reason, DateTimeOffset openedAt,
        IReadOnlyList<Guid>? calledFirst = null)
    {
        Id = id;
        TeamId = teamId;
        ServiceId = serviceId;
        GroupKey = groupKey;
        Title = title;
        Severity = severity;
        PolicyId = policy?.Id;
        PolicyName = policy?.Name ?? "";
        Levels = [.. levels];
        Repeats = policy?.Repeats ?? 0;
        LastRound = Repeats;
        Reason = reason;
        OpenedAt = openedAt;
        NextStepAt = openedAt;
        CalledFirst = [.. calledFirst ?? []];
    }

    public Guid Id { get; private set; }

    /// <summary>As people say it; given by the database.</summary>
    public int Number { get; private set; }

    public Guid TeamId { get; private set; }
    public Guid? ServiceId { get; private set; }

    /// <summary>What its signals have in common; one page of a team that is not resolved has it.</summary>
    public string GroupKey { get; private set; } = "";

    /// <summary>Of the signal that opened it.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Of its most severe signal so far.</summary>
    public SignalSeverity Severity { get; private set; }

    public Guid? PolicyId { get; private set; }

    /// <summary>As it was called then; empty without a policy.</summary>
    public string PolicyName { get; private set; } = "";
    public IReadOnlyList<EscalationLevel> Levels { get; private set; } = [];
    public int Repeats { get; private set; }

    /// <summary>Whom the first level reached when it opened, for the cap of pages per hour.</summary>
    public IReadOnlyList<Guid> CalledFirst { get; private set; } = [];

    /// <summary>Why people are called: a sentence that names the rule.</summary>
    public string Reason { get; private set; } = "";

    public PageState State { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>The level that is called next, and the round; null when the policy has come to its end.</summary>
    public int? NextLevel { get; private set; } = 0;

    /// <summary>The round of the next level, from 0; it goes on counting where people are called anew.</summary>
    public int Round { get; private set; }

    /// <summary>The round after which nobody is called again.</summary>
    public int LastRound { get; private set; }

    /// <summary>When the next level is called; null while nobody is to be called.</summary>
    public DateTimeOffset? NextStepAt { get; private set; }

    /// <summary>When the last level had been called and its time had passed without an answer.</summary>
    public DateTimeOffset? ExhaustedAt { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public Guid? AcknowledgedBy { get; private set; }

    /// <summary>Their name as it was then; for a source, its name.</summary>
    public string? AcknowledgedByName { get; private set; }
    public AcknowledgedAs? AcknowledgedAs { get; private set; }
    public AcknowledgedVia? AcknowledgedVia { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>A sentence: by whom, or that its signals have ended.</summary>
    public string? ResolvedBecause { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>Notes that a level was called, and when the next one is due.</summary>
    public void Called(DateTimeOffset now)
    {
        if (NextLevel is not { } level)
            return;
        var next = new EscalationStep(level, Round).Next(Levels.Count, LastRound);
        NextLevel = next?.Level;
        Round = next?.Round ?? Round;
        NextStepAt = now + TimeSpan.FromMinutes(Levels[level].Minutes);
    }

    /// <summary>As <see cref="Called"/> where the level has nobody who could be called: the next one does not wait for them.</summary>
    public void Skip(DateTimeOffset now)
    {
        Called(now);
        NextStepAt = now;
    }

    /// <summary>The time of the last level has passed.</summary>
    public void Exhaust(DateTimeOffset now)
    {
        ExhaustedAt = now;
        NextStepAt = null;
    }

    /// <summary>Takes a further signal in; one that is more severe than all before calls again from the first level.</summary>
    /// <returns>Whether people are called again.</returns>
    public bool Join(SignalSeverity severity, DateTimeOffset now)
    {
        if (severity <= Severity)
            return false;
        Severity = severity;
        if (State == PageState.Open && ExhaustedAt is null)
            return false;
        State = PageState.Open;
        Round++;
        (NextLevel, LastRound, NextStepAt, ExhaustedAt) = (0, Round + Repeats, now, null);
        (AcknowledgedAt, AcknowledgedBy, AcknowledgedByName, AcknowledgedAs, AcknowledgedVia) = (null, null, null, null, null);
        return true;
    }

    /// <returns>False where it was acknowledged or resolved before.</returns>
    public bool Acknowledge(Guid? by, string name, AcknowledgedAs role, AcknowledgedVia via, DateTimeOffset now)
    {
        if (State != PageState.Open)
            return false;
        State = PageState.Acknowledged;
        (AcknowledgedAt, AcknowledgedBy, AcknowledgedByName, AcknowledgedAs, AcknowledgedVia) = (now, by, name, role, via);
        NextStepAt = null;
        return true;
    }

    /// <summary>What it was about is not for everybody any more: it is over, and does not say what it was.</summary>
    public void Forget(DateTimeOffset now)
    {
        Title = Reason = "An incident.";
        Resolve("It is not needed any more.", now);
    }

    /// <returns>False where it was resolved before.</returns>
    public bool Resolve(string because, DateTimeOffset now)
    {
        if (State == PageState.Resolved)
            return false;
        State = PageState.Resolved;
        (ResolvedAt, ResolvedBecause, NextStepAt) = (now, because, null);
        return true;
    }
}
