using CsCheck;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Budgets.Tuning;

public class PolicySweepTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-04-29");

    // Every day a short blip that nobody calls an incident, and one real outage.
    private static readonly AlertReplay Noisy = new(
        new Occurrences(), new(99.9m), new RollingWindow(30),
        AlertReplayTests.Minutes([.. Enumerable.Range(0, 20).SelectMany(day => new[] { (1436, 100d, 0d), (4, 100d, day == 12 ? 0d : 30d), (day == 12 ? 50 : 1, 100d, day == 12 ? 90d : 0d) })]),
        new(Start, Start.AddDays(20)));

    private static readonly KnownInterval Outage = new(new(Start.AddMinutes(12 * 1441 + 1440), Start.AddMinutes(12 * 1441 + 1490)), LabelKind.ShouldPage, "INC-42", 42);

    [Fact]
    public void Of_NoiseAndOneOutage_ProposesFewerPagesThatMissLittleMore()
    {
        var sweep = PolicySweep.Of(Noisy, AlertPolicy.Workbook, [Outage], TimeZoneInfo.Utc)!;

        Assert.True(sweep.Tried > 500);
        Assert.True(sweep.InForce.PerWeek > 5, $"The blips page: {sweep.InForce.PerWeek}");
        Assert.True(sweep.Proposed.PerWeek < 1, $"Only the outage pages: {sweep.Proposed.PerWeek}");
        Assert.True(sweep.Proposed.MissedBudget <= sweep.InForce.MissedBudget + PolicySweep.Allowance);
        Assert.Equal(1, sweep.Proposed.Detected);
        Assert.Contains("this pages least", sweep.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NothingKnown_HasNoFrontier() => Assert.Null(PolicySweep.Of(Noisy, AlertPolicy.Workbook, [], TimeZoneInfo.Utc));

    [Fact]
    public void FrontierOf_AnyPoints_IsWhatNoOtherBeats() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20]).Array[1, 60].Sample(pairs =>
        {
            var points = pairs.Select(p => new SweepPoint([], p.Item1, 0, p.Item2, 0, 0, null)).ToList();
            var frontier = PolicySweep.FrontierOf(points);

            // Naive: each point against each other.
            var expected = points.Where(p => !points.Exists(q => q.PerWeek <= p.PerWeek && q.MissedBudget <= p.MissedBudget && (q.PerWeek < p.PerWeek || q.MissedBudget < p.MissedBudget)))
                .Select(p => (p.PerWeek, p.MissedBudget)).Distinct().Order();
            Assert.Equal(expected, frontier.Select(p => (p.PerWeek, p.MissedBudget)));
        });

    [Fact]
    public void In_FewEventsAnHour_NamesTheRuleAndTheMinimumThatAvoidsIt()
    {
        // Ten requests an hour: at 99.9 % one failure of sixty in six hours burns 16.7, of 70 in an hour 14.3.
        var minutes = AlertReplayTests.Minutes([.. Enumerable.Range(0, 24 * 30).SelectMany(_ => new[] { (50, 0d, 0d), (10, 1d, 0d) })]);
        var replay = new AlertReplay(new Occurrences(), new(99.9m), new RollingWindow(30), minutes, new(Start.AddDays(1), Start.AddDays(30)));

        var found = OneFailure.In(replay, AlertPolicy.Workbook);

        Assert.Equal([70, 167, 334], found.Take(3).Select(f => f.FewestEvents));
        Assert.Equal(1, found[1].MinuteShare, 6);
        foreach (var one in found)
        {
            var factor = (double)one.Rule.Factor(TimeSpan.FromDays(30));
            Assert.True(BurnRate.Of(EventCounts.OfBad(1, one.FewestEvents), replay.Target) <= factor);
            Assert.True(BurnRate.Of(EventCounts.OfBad(1, one.FewestEvents - 1), replay.Target) > factor);
        }

        var safe = new AlertPolicy("", "", [.. AlertPolicy.Workbook.Rules.Select(r => r with { MinimumEvents = found.FirstOrDefault(f => f.Rule == r)?.FewestEvents ?? r.MinimumEvents })]);
        Assert.Empty(OneFailure.In(replay, safe));
    }

    [Fact]
    public void In_Slices_IsSilent()
    {
        var method = new TimeSlices(new SliceLength(5), new ObjectiveTarget(90m));
        var minutes = method.Count(AlertReplayTests.Minutes([(5000, 1, 0)]));

        Assert.Empty(OneFailure.In(new AlertReplay(method, new(99.9m), new RollingWindow(30), minutes, minutes.Covered), AlertPolicy.Workbook));
    }
}
