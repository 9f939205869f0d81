using CsCheck;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Fatigue;

namespace SloPortal.Domain.Tests.Incidents.Escalation.Fatigue;

public sealed class FatigueFiguresTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 12, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Start.AddDays(40);

    private static readonly Guid[] People = [.. Enumerable.Range(1, 4).Select(i => new Guid(i, 0, 0, new byte[8]))];

    // Across the change of clocks of Berlin and New York, and one that has none.
    private static readonly TimeZoneInfo[] Zones = [.. new[] { "Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC" }.Select(TimeZoneInfo.FindSystemTimeZoneById)];

    private static readonly Gen<PagedFact> Pages =
        Gen.Select(Gen.Int[0, 39 * 1440], Gen.Int[0, 3].HashSet[0, 4], Gen.Int[0, 90], Gen.Int[0, 400], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Bool).Select((opened, called, take, last, who, end, ranOut) =>
        {
            var at = Start.AddMinutes(opened);
            var taken = who < 4 ? at.AddMinutes(take) : (DateTimeOffset?)null;
            var role = who switch { 0 => AcknowledgedAs.Source, 1 => AcknowledgedAs.SomeoneElse, _ => AcknowledgedAs.Paged };
            return new PagedFact(
                Guid.NewGuid(), at, at, ranOut, taken, taken is null || role == AcknowledgedAs.Source ? null : People[who], taken is null ? null : role,
                end == 0 ? null : (taken ?? at).AddMinutes(last / (end == 1 ? 40 : 1)), end == 2,
                [.. called.Select(i => new CalledFact(People[i], at.AddMinutes(i * 7), i == 2 && opened % 3 == 0 ? null : at.AddMinutes(i * 7)))]);
        });

    private static TimeZoneInfo ZoneOf(Guid person) => Zones[Array.IndexOf(People, person)];

    /// <summary>Each figure leads to a list of pages, and that list has as many.</summary>
    [Fact]
    public void Of_AnyPages_EveryCountIsThatOfItsSlice() =>
        Pages.List[0, 80].Sample(pages =>
        {
            var figures = FatigueFigures.Of(pages, ZoneOf, Now);
            int Held(PageSlice slice) => pages.Count(p => slice.Holds(p, ZoneOf, Now));

            Assert.Equal(figures.Pages, Held(new()));
            Assert.Equal(figures.AtNight, Held(new(At: RestTime.Night)));
            Assert.Equal(figures.AtWeekend, Held(new(At: RestTime.Weekend)));
            Assert.Equal((figures.TimeToTake.Taken, figures.TimeToTake.Untaken), (Held(new(Taken: true)), Held(new(Taken: false))));
            Assert.All(figures.Outcomes, o => Assert.Equal(o.Value, Held(new(Outcome: o.Key))));
            Assert.All(figures.Waits.Index(), b => Assert.Equal((b.Item.Taken, b.Item.Untaken), (Held(new(Bar: b.Index, Taken: true)), Held(new(Bar: b.Index, Taken: false)))));
            Assert.All(figures.People, p => Assert.Equal(
                (p.Pages, p.AtNight, p.AtWeekend, p.TimeToTake.Taken),
                (Held(new(p.Person)), Held(new(p.Person, RestTime.Night)), Held(new(p.Person, RestTime.Weekend)), Held(new(p.Person, Taken: true)))));
            foreach (var day in Enum.GetValues<DayOfWeek>())
            {
                for (var hour = 0; hour < 24; hour++)
                    Assert.Equal(figures.Week[FatigueFigures.CellOf(day, hour)], Held(new(Day: day, Hour: hour)));
            }
        }, iter: 60);

    [Fact]
    public void Of_AnyPages_NoneIsLostAndNoneCountsTwice() =>
        Pages.List[0, 80].Sample(pages =>
        {
            var figures = FatigueFigures.Of(pages, ZoneOf, Now);

            Assert.Equal(pages.Count, figures.Outcomes.Values.Sum());
            Assert.Equal(pages.Count, figures.TimeToTake.Taken + figures.TimeToTake.Untaken);
            Assert.Equal(pages.Count, figures.Waits.Sum(b => b.Taken + b.Untaken));
            Assert.Equal(pages.Count, figures.Actionable.ActedOn + figures.Actionable.NeededNobody + figures.Actionable.Apart);
            Assert.Equal(pages.Sum(p => p.Called.Count), figures.People.Sum(p => p.Pages));
            Assert.All(figures.People, p => Assert.True(p.WokenAgain <= p.Nights && p.Nights <= p.AtNight && p.AtNight <= p.Pages));
            Assert.Equal(figures.People.Select(p => p.Nights).OrderDescending(), figures.People.Select(p => p.Nights));
        }, iter: 200);

    [Theory]
    // At 02:30 UTC it is night in Berlin (03:30), evening in New York (21:30 of the day before), noon in Tokyo.
    [InlineData(0, "2026-11-14T02:30:00Z", true, true)]
    [InlineData(1, "2026-11-14T02:30:00Z", false, false)]
    [InlineData(1, "2026-11-14T03:00:00Z", true, false)]
    [InlineData(2, "2026-11-14T02:30:00Z", false, true)]
    [InlineData(0, "2026-11-13T06:00:00Z", false, false)]
    [InlineData(0, "2026-11-13T05:59:59Z", true, false)]
    public void LocalCall_SameInstantInSeveralZones_IsNightAndWeekendByTheClockOfThePerson(int person, string instant, bool atNight, bool atWeekend)
    {
        var call = LocalCall.Of(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), Zones[person]);

        Assert.Equal((atNight, atWeekend), (call.IsAtNight, call.IsAtWeekend));
    }

    [Fact]
    public void BrokenNights_CallsOfAnEveningAndTheMorningAfter_AreOneNightInWhichTheyWereWokenAgain()
    {
        // 23:50, 00:20 and 01:10 are one waking; 04:00 is another. A second night has one, and 12:00 none.
        var nights = Nights("2026-11-10T23:50Z", "2026-11-11T00:20Z", "2026-11-11T01:10Z", "2026-11-11T04:00Z", "2026-11-11T12:00Z", "2026-11-11T22:00Z");

        Assert.Equal(new BrokenNights(5, 2, 1), nights);
        Assert.Equal(new BrokenNights(3, 1, 1), Nights("2026-11-10T22:00Z", "2026-11-11T01:00Z", "2026-11-11T06:59Z"));

        static BrokenNights Nights(params string[] instants) =>
            BrokenNights.Of(instants.Select(i => DateTimeOffset.Parse(i, System.Globalization.CultureInfo.InvariantCulture)).Select(at => (at, LocalCall.Of(at, TimeZoneInfo.Utc))));
    }

    [Theory]
    [InlineData(2, 7, false, false, PageOutcome.ActedOn)]
    [InlineData(2, 6, false, false, PageOutcome.OverAtOnce)]
    [InlineData(2, 6, true, false, PageOutcome.ClosedByHand)]
    [InlineData(2, 7, true, false, PageOutcome.ActedOn)]
    [InlineData(2, null, false, false, PageOutcome.ActedOn)]
    [InlineData(null, 7, false, false, PageOutcome.EndedUntaken)]
    [InlineData(null, 7, true, false, PageOutcome.ClosedByHand)]
    [InlineData(null, 7, false, true, PageOutcome.Unanswered)]
    [InlineData(null, null, false, true, PageOutcome.Unanswered)]
    [InlineData(null, null, false, false, PageOutcome.Waiting)]
    public void Outcome_TakenAndEnded_IsWhatItsDefinitionSays(int? taken, int? ended, bool byHand, bool ranOut, PageOutcome outcome)
    {
        var page = new PagedFact(Guid.NewGuid(), Start, Start, ranOut, At(taken), taken is null ? null : People[0], taken is null ? null : AcknowledgedAs.Paged, At(ended), byHand, []);

        Assert.Equal(outcome, page.Outcome(Now));
        if (taken is not null && ended is null)
            Assert.Equal(PageOutcome.Waiting, page.Outcome(Start.AddMinutes(6)));

        static DateTimeOffset? At(int? minutes) => minutes is { } m ? Start.AddMinutes(m) : null;
    }
}
