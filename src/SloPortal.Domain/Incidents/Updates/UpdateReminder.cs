namespace SloPortal.Domain.Incidents.Updates;

/// <summary>What an update that was not given in time calls for.</summary>
public enum ReminderStep
{
    Nothing,
    /// <summary>Whoever tells stakeholders is reminded.</summary>
    Remind,
    /// <summary>Those who decide about incidents are told.</summary>
    Escalate,
}

/// <summary>Who was told that the update of an incident is overdue, so that each is told once.</summary>
public sealed class UpdateReminder
{
    private UpdateReminder() { }

    public UpdateReminder(Guid incidentId) => IncidentId = incidentId;

    public Guid IncidentId { get; private set; }

    /// <summary>When the update was due that it is about.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Null while nobody was.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }

    public DateTimeOffset? EscalatedAt { get; private set; }

    /// <summary>Takes the step that is due. Another time at which one is due begins anew.</summary>
    /// <param name="dueAt">When the update is due now.</param>
    public ReminderStep Step(DateTimeOffset dueAt, IncidentSeverity severity, DateTimeOffset now)
    {
        if (dueAt != DueAt)
            (DueAt, RemindedAt, EscalatedAt) = (dueAt, null, null);
        switch (Next(dueAt, severity, now))
        {
            case ReminderStep.Remind:
                RemindedAt = now;
                return ReminderStep.Remind;
            case ReminderStep.Escalate:
                EscalatedAt = now;
                return ReminderStep.Escalate;
            default:
                return ReminderStep.Nothing;
        }
    }

    /// <summary>The step that would be taken now.</summary>
    public ReminderStep Next(DateTimeOffset dueAt, IncidentSeverity severity, DateTimeOffset now)
    {
        var (reminded, escalated) = dueAt == DueAt ? (RemindedAt, EscalatedAt) : (null, null);
        if (now < dueAt)
            return ReminderStep.Nothing;
        if (reminded is not { } since)
            return ReminderStep.Remind;
        // Also after the portal was away: whoever was reminded late still has the time that they are given.
        return escalated is null && now >= (since > dueAt ? since : dueAt) + UpdateCadence.Patience(severity) ? ReminderStep.Escalate : ReminderStep.Nothing;
    }
}
