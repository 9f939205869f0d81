namespace SloPortal.Domain.Incidents.Updates;

/// <summary>Why an update is due.</summary>
public enum DueBasis
{
    /// <summary>Nothing is due: the incident is over, was told to be resolved, or is of a severity without a rhythm.</summary>
    None,
    /// <summary>Nothing was published since it was declared.</summary>
    First,
    /// <summary>The last update promised it.</summary>
    Promised,
    /// <summary>The last update promised nothing, and the severity has a rhythm.</summary>
    Rhythm,
}

/// <summary>When the next update of an incident is due.</summary>
/// <param name="At">Null where none is.</param>
public readonly record struct UpdateDue(DueBasis Basis, DateTimeOffset? At)
{
    /// <summary>How long it is overdue; null while it is not.</summary>
    public TimeSpan? OverdueBy(DateTimeOffset now) => At is { } at && now > at ? now - at : null;
}

/// <summary>How often stakeholders hear of an incident.</summary>
public static class UpdateCadence
{
    /// <summary>From one update to the next. Product policy; null is no rhythm, as for what hardly anybody notices.</summary>
    public static TimeSpan? Of(IncidentSeverity severity) => severity switch
    {
        IncidentSeverity.Sev1 => TimeSpan.FromMinutes(30),
        IncidentSeverity.Sev2 => TimeSpan.FromHours(1),
        IncidentSeverity.Sev3 => TimeSpan.FromHours(4),
        IncidentSeverity.Sev4 => null,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    /// <summary>
    /// How long after the reminder an update may still be missing before those who decide about incidents are told: a quarter of the
    /// rhythm, at least 10 minutes, and 30 where there is none. Product policy.
    /// </summary>
    public static TimeSpan Patience(IncidentSeverity severity) =>
        Of(severity) is not { } every ? TimeSpan.FromMinutes(30) : every / 4 < TimeSpan.FromMinutes(10) ? TimeSpan.FromMinutes(10) : every / 4;

    /// <param name="isOpen">Somebody still has to do something about the incident.</param>
    /// <param name="last">The last update that was published; null where none was.</param>
    public static UpdateDue Due(bool isOpen, IncidentSeverity severity, DateTimeOffset declaredAt, LastUpdate? last) => (isOpen, last, Of(severity)) switch
    {
        (false, _, _) or (_, { Told: ToldState.Resolved }, _) => new(DueBasis.None, null),
        (_, { NextUpdateAt: { } promised }, _) => new(DueBasis.Promised, promised),
        (_, _, null) => new(DueBasis.None, null),
        (_, null, { } every) => new(DueBasis.First, declaredAt + every),
        (_, { } told, { } every) => new(DueBasis.Rhythm, told.PublishedAt + every),
    };
}

/// <summary>Of an update that was published, what tells when the next is due.</summary>
public sealed record LastUpdate(ToldState Told, DateTimeOffset PublishedAt, DateTimeOffset? NextUpdateAt);
