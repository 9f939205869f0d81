namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>What pages did to one person. A page counts once for each person, when it called them first.</summary>
/// <param name="AtNight">By their own clock, as <paramref name="AtWeekend"/>.</param>
/// <param name="Nights">Nights with a call.</param>
/// <param name="WokenAgain">See <see cref="BrokenNights"/>.</param>
/// <param name="TimeToTake">Until they took it; where somebody else did or it ended, they had not until then.</param>
public sealed record PersonFatigue(Guid Person, int Pages, int AtNight, int Nights, int WokenAgain, int AtWeekend, TimeToTake TimeToTake);

/// <summary>The figures of a span. Every count is one of pages, so that those pages can be shown (<see cref="PageSlice"/>).</summary>
/// <param name="AtNight">Pages that called at least one person at night by that person's clock.</param>
/// <param name="AtWeekend">As <paramref name="AtNight"/>.</param>
/// <param name="ReachedNobody">Pages that called nobody.</param>
/// <param name="Waits">All pages by how long they called for somebody.</param>
/// <param name="Outcomes">Every outcome, also those without a page.</param>
/// <param name="Week">Pages by day, Monday first, and hour at which they called somebody, by that person's clock: 168 counts. A page that called several people may stand in several.</param>
/// <param name="People">Those who were called, the one with the most broken nights first.</param>
public sealed record FatigueFigures(
    int Pages, int AtNight, int AtWeekend, int ReachedNobody, IReadOnlyDictionary<PageOutcome, int> Outcomes, TimeToTake TimeToTake, IReadOnlyList<WaitBar> Waits, IReadOnlyList<int> Week, IReadOnlyList<PersonFatigue> People)
{
    public const int DaysTimesHours = 7 * 24;

    public ActionableShare Actionable => PageOutcomes.Share(Outcomes);

    /// <summary>The place in <see cref="Week"/>.</summary>
    public static int CellOf(DayOfWeek day, int hour) => (((int)day + 6) % 7 * 24) + hour;

    /// <param name="pages">Of the span; no tests.</param>
    /// <param name="zoneOf">The zone of a person.</param>
    /// <param name="now">For pages that go on.</param>
    public static FatigueFigures Of(IReadOnlyCollection<PagedFact> pages, Func<Guid, TimeZoneInfo> zoneOf, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(zoneOf);
        var outcomes = Enum.GetValues<PageOutcome>().ToDictionary(o => o, _ => 0);
        var (night, weekend, nobody) = (0, 0, 0);
        var week = new int[DaysTimesHours];
        var people = new Dictionary<Guid, Calls>();
        var cells = new HashSet<int>();
        foreach (var page in pages)
        {
            outcomes[page.Outcome(now)]++;
            var (atNight, atWeekend) = (false, false);
            cells.Clear();
            foreach (var called in page.Called)
            {
                var local = LocalCall.Of(called.At, zoneOf(called.Person));
                atNight |= local.IsAtNight;
                atWeekend |= local.IsAtWeekend;
                cells.Add(CellOf(local.Wall.DayOfWeek, local.Wall.Hour));
                if (!people.TryGetValue(called.Person, out var calls))
                    people.Add(called.Person, calls = new([], []));
                calls.Times.Add((called.At, local));
                if (page.WaitedFor(called, now) is { } wait)
                    calls.Waits.Add(wait);
            }
            foreach (var cell in cells)
                week[cell]++;
            (night, weekend, nobody) = (night + (atNight ? 1 : 0), weekend + (atWeekend ? 1 : 0), nobody + (page.Called.Count == 0 ? 1 : 0));
        }
        var waits = pages.Select(p => p.Waited(now)).ToList();
        return new(
            pages.Count, night, weekend, nobody, outcomes, TimeToTake.Of(waits), WaitBar.Of(waits), week,
            [.. people.Select(p => Of(p.Key, p.Value)).OrderByDescending(p => p.Nights).ThenByDescending(p => p.AtNight).ThenByDescending(p => p.Pages).ThenBy(p => p.Person)]);
    }

    private sealed record Calls(List<(DateTimeOffset At, LocalCall Call)> Times, List<Wait> Waits);

    private static PersonFatigue Of(Guid person, Calls calls)
    {
        var nights = BrokenNights.Of(calls.Times);
        return new(person, calls.Times.Count, nights.Calls, nights.Nights, nights.WokenAgain, calls.Times.Count(c => c.Call.IsAtWeekend), TimeToTake.Of(calls.Waits));
    }
}
