using CsCheck;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Budgets;

public class AlertEvaluationTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-04-01");
    private static readonly ObjectiveTarget ThreeNines = new(99.9m);
    private static readonly TimeSpan ThirtyDays = TimeSpan.FromDays(30);
    private static readonly AlertRule Page = AlertPolicy.Workbook.Rules[0];

    // The rule fires above an error ratio of 1.44 %.
    private static readonly EventCounts Bad = EventCounts.OfBad(20, 1000);
    private static readonly EventCounts Good = EventCounts.OfBad(1, 1000);
    private static readonly EventCounts Nothing = EventCounts.None;
    private static readonly EventCounts FewBad = EventCounts.OfBad(9, 9);

    [Fact]
    public void Next_BothWindowsBurn_Fires()
    {
        var step = Next(Memory(AlertState.Ok), Bad, Bad);

        Assert.Equal(new AlertTransition(AlertState.Ok, AlertState.Firing, Start.AddMinutes(1)), step.Transition);
        Assert.Equal(20, step.LongBurn!.Value, 9);
    }

    [Fact]
    public void Next_OnlyTheShortWindowBurns_StaysOk() => Assert.Null(Next(Memory(AlertState.Ok), Good, Bad).Transition);

    [Fact]
    public void Next_OnlyTheLongWindowBurns_StaysOk() => Assert.Null(Next(Memory(AlertState.Ok), Bad, Good).Transition);

    [Fact]
    public void Next_EitherBurnExactlyAtTheFactor_StaysOk()
    {
        var atFactor = EventCounts.OfBad(144, 10_000);

        Assert.Equal(AlertState.Ok, Next(Memory(AlertState.Ok), atFactor, Bad).Memory.State);
        Assert.Equal(AlertState.Ok, Next(Memory(AlertState.Ok), Bad, atFactor).Memory.State);
    }

    [Fact]
    public void Next_FewerEventsThanTheMinimum_DoesNotFire() =>
        Assert.Equal(AlertState.Ok, Next(Memory(AlertState.NoData), FewBad, FewBad).Memory.State);

    [Fact]
    public void Next_ShortWindowCalm_Resolves() =>
        Assert.True(Next(Memory(AlertState.Firing), Bad, Good).Transition!.Resolved);

    [Fact]
    public void Next_FiringAndNoData_GoesOnFiringAndSaysSinceWhen()
    {
        var first = Next(Memory(AlertState.Firing), Bad, Nothing);
        var second = AlertEvaluation.Next(first.Memory, new(Start.AddMinutes(90), Nothing, Nothing), Page, ThreeNines, ThirtyDays);
        var back = AlertEvaluation.Next(second.Memory, new(Start.AddMinutes(95), Bad, Bad), Page, ThreeNines, ThirtyDays);

        Assert.Null(first.Transition);
        Assert.Null(second.Transition);
        Assert.Equal(Start.AddMinutes(1), second.Memory.NoDataSince);
        Assert.Null(back.Memory.NoDataSince);
        Assert.Equal(AlertState.Firing, back.Memory.State);
    }

    [Fact]
    public void Next_FiringAndTooFewButBadEvents_GoesOnFiring() =>
        Assert.Equal(AlertState.Firing, Next(Memory(AlertState.Firing), FewBad, FewBad).Memory.State);

    [Fact]
    public void Next_OkAndNoData_SaysNoData() => Assert.Equal(AlertState.NoData, Next(Memory(AlertState.Ok), Nothing, Nothing).Memory.State);

    [Fact]
    public void Next_Resolved_SettlesAfterALongWindow()
    {
        var resolved = Memory(AlertState.Resolved);

        Assert.Equal(AlertState.Resolved, Next(resolved, Good, Good, minutes: 59).Memory.State);
        Assert.Equal(AlertState.Ok, Next(resolved, Good, Good, minutes: 60).Memory.State);
        Assert.Equal(AlertState.Firing, Next(resolved, Bad, Bad, minutes: 2).Memory.State);
    }

    [Fact]
    public void Next_ReadingOlderThanTheMemory_ChangesNothing()
    {
        var memory = Memory(AlertState.Firing);

        Assert.Equal(memory, Next(memory, Good, Good, minutes: -5).Memory);
    }

    [Fact]
    public void Next_AnySeriesOfReadings_KeepsThePromises() =>
        Gen.Select(AnyCounts, AnyCounts).Array[1, 80].Sample(readings =>
        {
            var memory = AlertMemory.New(Start);
            var open = false;
            var at = Start;
            foreach (var (older, shortCounts) in readings)
            {
                // The short window lies within the long one.
                var longCounts = older + shortCounts;
                at = at.AddMinutes(1);
                var reading = new AlertReading(at, longCounts, shortCounts);
                var step = AlertEvaluation.Next(memory, reading, Page, ThreeNines, ThirtyDays);

                // The memory and the transition tell the same story.
                Assert.Equal(step.Transition is not null, step.Memory.State != memory.State);
                if (step.Transition is { } change)
                {
                    Assert.Equal((memory.State, step.Memory.State, at), (change.From, change.To, change.At));
                    Assert.False(change.Fired && open, "It fired twice without resolving in between.");
                    Assert.False(change.Resolved && !open, "It resolved without having fired.");
                    open = change.Fired || (open && !change.Resolved);
                }

                // Never fires without cause, never resolves without evidence.
                if (step.Transition is { Fired: true })
                {
                    Assert.True(step.LongBurn > 14.4 && step.ShortBurn > 14.4 && longCounts.Total >= Page.MinimumEvents);
                }

                if (step.Transition is { Resolved: true })
                {
                    Assert.Equal(AlertState.Resolved, step.Memory.State);
                    Assert.True(step.LongBurn <= 14.4 || step.ShortBurn <= 14.4);
                }

                Assert.True(step.Memory.NoDataSince is null || step.Memory.State == AlertState.Firing);

                // Twice is once.
                var again = AlertEvaluation.Next(step.Memory, reading, Page, ThreeNines, ThirtyDays);
                Assert.Equal(step.Memory, again.Memory);
                Assert.Null(again.Transition);
                memory = step.Memory;
            }
        }, iter: 2000);

    [Fact]
    public void Next_FullOutageMinuteByMinute_FiresWhenTheFormulaSays()
    {
        // One hundred events a minute, all well for a day, then everything fails.
        var minutes = Enumerable.Range(0, 24 * 60 + 30).Select(minute => new CountBucket(
            Start.AddMinutes(minute), minute < 24 * 60 ? new EventCounts(100, 100) : new EventCounts(0, 100))).ToList();
        var counts = RunningCounts.FromBuckets(minutes);
        var outage = Start.AddDays(1);

        foreach (var rule in AlertPolicy.Workbook.Rules.Take(3))
        {
            var memory = new AlertMemory(AlertState.Ok, Start);
            DateTimeOffset? fired = null;
            for (var at = outage; fired is null && at <= outage.AddMinutes(30); at = at.AddMinutes(1))
            {
                var reading = new AlertReading(
                    at, counts.In(Interval.EndingAt(at, rule.LongWindow)), counts.In(Interval.EndingAt(at, rule.ShortWindow)));
                var step = AlertEvaluation.Next(memory, reading, rule, ThreeNines, ThirtyDays);
                fired = step.Transition is { Fired: true } ? at : null;
                memory = step.Memory;
            }

            // Counts are by the minute, so it fires at the first minute boundary after the time of the formula.
            Assert.Equal(MinuteClock.Ceiling(outage + rule.DetectionTime(ThreeNines, 1m, ThirtyDays)!.Value), fired);
        }
    }

    private static readonly Gen<EventCounts> AnyCounts = Gen.OneOf(Bad, Good, Nothing, FewBad);

    private static AlertMemory Memory(AlertState state) => new(state, Start);

    private static AlertStep Next(AlertMemory memory, EventCounts longCounts, EventCounts shortCounts, int minutes = 1) =>
        AlertEvaluation.Next(memory, new(Start.AddMinutes(minutes), longCounts, shortCounts), Page, ThreeNines, ThirtyDays);
}
