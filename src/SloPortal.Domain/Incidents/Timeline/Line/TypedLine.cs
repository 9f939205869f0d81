namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>What a line that somebody types becomes.</summary>
/// <param name="Text">What stands in the timeline: the note itself, or the reason of a change.</param>
/// <param name="OccurredAt">Null is now.</param>
public abstract record TypedLine(string Text, DateTimeOffset? OccurredAt)
{
    public sealed record Note(string Text, DateTimeOffset? OccurredAt) : TypedLine(Text, OccurredAt);

    public sealed record Decision(string Text, DateTimeOffset? OccurredAt) : TypedLine(Text, OccurredAt);

    public sealed record Status(IncidentStatus To, string Text, DateTimeOffset? OccurredAt) : TypedLine(Text, OccurredAt);

    public sealed record Severity(IncidentSeverity To, string Text, DateTimeOffset? OccurredAt) : TypedLine(Text, OccurredAt);

    public sealed record Role(IncidentRole Of, LinePerson Person, string Text, DateTimeOffset? OccurredAt) : TypedLine(Text, OccurredAt);

    /// <summary>A note that is pinned, or an entry that stands already.</summary>
    /// <param name="Number">Of the entry; then the text is what it is called, and may be empty.</param>
    public sealed record Pin(int? Number, string Text, DateTimeOffset? OccurredAt) : TypedLine(Text, OccurredAt);

    /// <summary>What users felt: in words, or as figures that correct the incident's.</summary>
    public sealed record Impact(string Text, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long? Users, DateTimeOffset? OccurredAt) : TypedLine(Text, OccurredAt)
    {
        public bool HasFigures => StartedAt is not null || EndedAt is not null || Users is not null;
    }
}

/// <summary>Somebody whom a line may name.</summary>
public sealed record LinePerson(Guid Id, string Name);

/// <summary>What a line is read against.</summary>
/// <param name="Now">When it was typed.</param>
/// <param name="Zone">Of whoever types.</param>
/// <param name="People">Whom it may name.</param>
/// <param name="Me">Whoever types; null where no person does.</param>
public sealed record LineContext(DateTimeOffset Now, TimeZoneInfo Zone, IncidentStatus Status, IReadOnlyList<LinePerson> People, LinePerson? Me);

/// <summary>A line as it was understood, or a sentence that says why it was not.</summary>
public sealed record LineReading(TypedLine? Line, string? Problem)
{
    public static implicit operator LineReading(TypedLine line) => new(line, null);

    public static LineReading Not(string problem) => new(null, problem);
}
