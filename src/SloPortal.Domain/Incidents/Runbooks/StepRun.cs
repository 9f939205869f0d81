using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Runbooks;

public enum StepRunState
{
    /// <summary>Somebody asked for it; a second person has to approve it.</summary>
    Waiting,
    /// <summary>It starts within seconds. A step that only reads begins here.</summary>
    Approved,
    /// <summary>A portal has it, and calls its webhook.</summary>
    Running,
    Succeeded,
    /// <summary>It was answered with a refusal or an error, or could not be called.</summary>
    Failed,
    /// <summary>It was called and did not answer in time, so it may have run.</summary>
    TimedOut,
    /// <summary>It may have run: the portal that had it is gone, or the connection broke after the call.</summary>
    Unknown,
    Declined,
    /// <summary>It never ran: the incident ended, or its automation stopped.</summary>
    Stopped,
}

/// <summary>
/// A step that runs at most once in an incident. A portal takes it, and says so in the database, before it calls the webhook; where that portal dies,
/// nobody calls again by itself. Content and step never change; who wants the step as it is now asks again.
/// </summary>
public sealed class StepRun
{
    /// <summary>How much longer than the step may take a portal has to note its answer, before it counts as gone. Product policy.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private StepRun() { }

    /// <summary>Of a step that only reads, for a round of triage.</summary>
    public StepRun(Guid id, Guid incidentId, Runbook runbook, RunbookStep step, int round, DateTimeOffset now) : this(id, incidentId, runbook, step, now)
    {
        Round = round;
        State = StepRunState.Approved;
    }

    /// <summary>Of a step that changes something, which a person asks for.</summary>
    public StepRun(Guid id, Guid incidentId, Runbook runbook, RunbookStep step, Guid by, string byName, string because, DateTimeOffset now) : this(id, incidentId, runbook, step, now)
    {
        AskedById = by;
        AskedByName = byName;
        Because = because;
        State = StepRunState.Waiting;
    }

    private StepRun(Guid id, Guid incidentId, Runbook runbook, RunbookStep step, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        ArgumentNullException.ThrowIfNull(step);
        Id = id;
        IncidentId = incidentId;
        ServiceId = runbook.ServiceId;
        RunbookId = runbook.Id;
        StepId = step.Id;
        StepName = step.Name;
        Kind = step.Kind;
        AskedAt = now;
    }

    /// <summary>Also the idempotency key that its webhook gets.</summary>
    public Guid Id { get; private set; }
    public Guid IncidentId { get; private set; }
    public Guid ServiceId { get; private set; }

    /// <summary>The version of the runbook that it runs by.</summary>
    public Guid RunbookId { get; private set; }
    public Guid StepId { get; private set; }
    public string StepName { get; private set; } = "";
    public StepKind Kind { get; private set; }

    /// <summary>Of triage, of a step that only reads; null of one that changes something.</summary>
    public int? Round { get; private set; }
    public StepRunState State { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Null where the portal queued it by itself.</summary>
    public Guid? AskedById { get; private set; }
    public string? AskedByName { get; private set; }

    /// <summary>Why it was asked for.</summary>
    public string? Because { get; private set; }

    /// <summary>Who approved or declined it; null where nobody had to, or has yet.</summary>
    public Guid? DecidedById { get; private set; }
    public string? DecidedByName { get; private set; }
    public string? DecidedBecause { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Until when the portal that took it has it; null unless it runs.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Of HTTP; null where there was no answer.</summary>
    public int? Status { get; private set; }

    /// <summary>The beginning of what the webhook answered; null where it answered nothing.</summary>
    public string? Answer { get; private set; }

    /// <summary>Why it did not succeed, or did not run, in a sentence; null where it succeeded.</summary>
    public string? Why { get; private set; }

    public bool IsOver => State is not (StepRunState.Waiting or StepRunState.Approved or StepRunState.Running);

    /// <summary>A second person lets it run.</summary>
    public Refusal? Approve(Guid by, string byName, string? because, DateTimeOffset now)
    {
        if (MustWait() is { } refusal)
            return refusal;
        if (by == AskedById)
            return Refusal.Denied("You asked for this step, so somebody else has to approve it. Ask another incident commander, or one of the service's owners.");
        Decide(StepRunState.Approved, by, byName, because, now);
        return null;
    }

    /// <summary>It is not run. Whoever asked takes it back this way too.</summary>
    public Refusal? Decline(Guid by, string byName, string because, DateTimeOffset now)
    {
        if (MustWait() is { } refusal)
            return refusal;
        Decide(StepRunState.Declined, by, byName, because, now);
        EndedAt = now;
        return null;
    }

    /// <summary>A portal takes it, before it calls.</summary>
    /// <param name="timeout">Of the step.</param>
    public void Start(TimeSpan timeout, DateTimeOffset now)
    {
        Must(StepRunState.Approved);
        State = StepRunState.Running;
        StartedAt = now;
        HeldUntil = now + timeout + Grace;
    }

    /// <summary>The portal that has it says what came of it.</summary>
    public void End(StepAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Must(StepRunState.Running);
        State = answer.State;
        Status = answer.Status;
        Answer = answer.Text;
        Why = answer.Why;
        EndedAt = now;
        HeldUntil = null;
    }

    /// <summary>The portal that had it has not said what came of it. It is not called again.</summary>
    /// <returns>Whether it was lost now.</returns>
    public bool LoseIfHeldTooLong(DateTimeOffset now)
    {
        if (State != StepRunState.Running || HeldUntil > now)
            return false;
        End(new StepAnswer(StepRunState.Unknown, null, null, "The portal that ran it did not come back. " + StepAnswer.MayHaveRun), now);
        return true;
    }

    /// <summary>What has not started yet never will.</summary>
    /// <param name="why">A sentence.</param>
    /// <returns>Whether it was stopped now.</returns>
    public bool Stop(string why, DateTimeOffset now)
    {
        if (State is not (StepRunState.Waiting or StepRunState.Approved))
            return false;
        State = StepRunState.Stopped;
        Why = why;
        EndedAt = now;
        return true;
    }

    /// <summary>"asked by Rosa Rossi, approved by Ines Inge"; empty of a step that runs by itself.</summary>
    public string People => AskedByName is null ? "" : $"asked by {AskedByName}{(DecidedByName is null ? "" : $", {(State == StepRunState.Declined ? "declined" : "approved")} by {DecidedByName}")}";

    /// <summary>After its name in a sentence: "timed out".</summary>
    public static string Word(StepRunState state) => state switch
    {
        StepRunState.Waiting => "waits for approval",
        StepRunState.Approved => "starts",
        StepRunState.Running => "runs",
        StepRunState.Succeeded => "succeeded",
        StepRunState.Failed => "failed",
        StepRunState.TimedOut => "timed out",
        StepRunState.Unknown => "has no known outcome",
        StepRunState.Declined => "declined",
        StepRunState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private void Decide(StepRunState state, Guid by, string byName, string? because, DateTimeOffset now) =>
        (State, DecidedById, DecidedByName, DecidedBecause, DecidedAt) = (state, by, byName, because, now);

    private Refusal? MustWait() => State switch
    {
        StepRunState.Waiting => null,
        StepRunState.Declined => Refusal.Conflict($"{DecidedByName} has declined this already."),
        StepRunState.Stopped => Refusal.Conflict($"This was stopped. {Why} Ask again if it is still needed."),
        _ => Refusal.Conflict(DecidedByName is null ? "This step only reads, so nobody has to approve it." : $"{DecidedByName} has approved this already."),
    };

    private void Must(StepRunState state)
    {
        if (State != state)
            throw new InvalidOperationException($"A run that is {State} was taken for one that is {state}.");
    }
}

/// <summary>What came of calling a step.</summary>
/// <param name="State">Succeeded, failed, timed out or unknown.</param>
/// <param name="Status">Of HTTP.</param>
/// <param name="Text">The beginning of the answer.</param>
/// <param name="Why">A sentence, unless it succeeded.</param>
public sealed record StepAnswer(StepRunState State, int? Status, string? Text, string? Why)
{
    /// <summary>More of an answer is not kept, in characters.</summary>
    public const int LongestText = 4096;

    public const string MayHaveRun = "It may have run; look before you run it again.";
}
