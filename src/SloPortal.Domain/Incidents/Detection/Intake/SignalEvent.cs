namespace SloPortal.Domain.Incidents.Detection.Intake;

/// <summary>
/// A line of the ledger: what was received about a signal, and what became of it. Intake writes it; what it does not decide itself waits
/// with no outcome until the decision is made.
/// </summary>
public sealed class SignalEvent
{
    private SignalEvent() { }

    public SignalEvent(Signal signal, SignalEventKind kind, DateTimeOffset receivedAt, string? note = null)
        : this((signal ?? throw new ArgumentNullException(nameof(signal))).Id, kind, receivedAt, note)
    {
        // Only these are decided by what the signal says.
        if (kind is SignalEventKind.Fired or SignalEventKind.Changed or SignalEventKind.Resumed)
            (Severity, Labels) = (signal.Severity, new Dictionary<string, string>(signal.Labels));
    }

    /// <summary>About a signal that says nothing new.</summary>
    public SignalEvent(Guid signalId, SignalEventKind kind, DateTimeOffset receivedAt, string? note = null)
    {
        SignalId = signalId;
        Kind = kind;
        ReceivedAt = receivedAt;
        Note = note;
    }

    /// <summary>In the order in which they were stored.</summary>
    public long Id { get; private set; }

    public Guid SignalId { get; private set; }
    public SignalEventKind Kind { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>What is particular about it, as a sentence: that the severity rose, that the sender went silent.</summary>
    public string? Note { get; private set; }

    /// <summary>What the signal said then; null for what is not decided by it.</summary>
    public SignalSeverity? Severity { get; private set; }
    public Dictionary<string, string>? Labels { get; private set; }

    /// <summary>Null while it waits for the decision.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    public SignalOutcome? Outcome { get; private set; }

    /// <summary>Why, as a sentence.</summary>
    public string? Reason { get; private set; }

    public Guid? PageId { get; private set; }

    /// <summary>The silence that kept it from calling.</summary>
    public Guid? SilenceId { get; private set; }

    public void Decide(SignalOutcome outcome, string reason, DateTimeOffset now, Guid? pageId = null)
    {
        Outcome = outcome;
        Reason = reason;
        DecidedAt = now;
        PageId = pageId;
    }

    public void Silence(Guid silenceId, string reason, DateTimeOffset now)
    {
        Decide(SignalOutcome.Silenced, reason, now);
        SilenceId = silenceId;
    }
}
