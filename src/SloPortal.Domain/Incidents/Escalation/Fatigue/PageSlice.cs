namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>Which pages a figure of the fatigue report counts. What is null does not narrow.</summary>
/// <param name="Person">Whom they called.</param>
/// <param name="At">When they called the person, or without one anybody, by the clock of whom they called.</param>
/// <param name="Day">As <paramref name="At"/>, together with <paramref name="Hour"/>.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Outcome">What became of them.</param>
/// <param name="Bar">The place of a <see cref="WaitBar"/>.</param>
/// <param name="Taken">Whether they were taken: by the person, or without one by any.</param>
public sealed record PageSlice(Guid? Person = null, RestTime? At = null, DayOfWeek? Day = null, int? Hour = null, PageOutcome? Outcome = null, int? Bar = null, bool? Taken = null)
{
    /// <param name="zoneOf">The zone of a person.</param>
    public bool Holds(PagedFact page, Func<Guid, TimeZoneInfo> zoneOf, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (Outcome is { } outcome && page.Outcome(now) != outcome)
            return false;
        if (Bar is { } bar && WaitBar.PlaceOf(page.Waited(now).Length) != bar)
            return false;
        if (Person is null && Taken is { } taken && page.Waited(now).IsTaken != taken)
            return false;
        return Person is null && At is null && Day is null && Hour is null || page.Called.Any(called => Holds(page, called, zoneOf, now));
    }

    private bool Holds(PagedFact page, CalledFact called, Func<Guid, TimeZoneInfo> zoneOf, DateTimeOffset now)
    {
        if (Person is { } person && (called.Person != person || (Taken is { } taken && (page.WaitedFor(called, now)?.IsTaken == true) != taken)))
            return false;
        if (At is null && Day is null && Hour is null)
            return true;
        var local = LocalCall.Of(called.At, zoneOf(called.Person));
        return (At is not { } at || local.Is(at)) && (Day is not { } day || local.Wall.DayOfWeek == day) && (Hour is not { } hour || local.Wall.Hour == hour);
    }
}
