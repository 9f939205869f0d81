using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Tests.Incidents.OnCall;

/// <summary>That a change of the layers leaves the past as it was, and takes the swaps with it where the shifts are the same.</summary>
public sealed class ScheduleTests
{
    private static readonly Guid Ada = new(1, 0, 0, new byte[8]);
    private static readonly Guid Ben = new(2, 0, 0, new byte[8]);
    private static readonly Guid Cem = new(3, 0, 0, new byte[8]);

    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly Rotation Weekly = new(ShiftUnit.Weeks, 1, new DateOnly(2026, 11, 2), new TimeOnly(9, 0), [Ada, Ben], []);

    [Fact]
    public void Change_HandOffMoves_KeepsTheLayerAndItsSwaps()
    {
        var schedule = With(Weekly);
        var layer = schedule.Plans[0].Id!.Value;
        var swap = new ShiftSwap(Guid.NewGuid(), schedule.Id, layer, 2, Cem, Ada, Start.AddDays(1), null, "a", null);

        schedule.Change("UTC", [schedule.Plans[0] with { Rotation = Weekly with { HandOff = new TimeOnly(17, 0) } }], Start.AddDays(3), Guid.NewGuid);

        var shift = Assert.Single(new FinalSchedule(schedule.Layers, [swap], []).OfShift(layer, 2));
        Assert.Equal((Cem, new DateTimeOffset(2026, 11, 16, 17, 0, 0, TimeSpan.Zero), OnCallBy.Swap), (shift.PersonId, shift.From, shift.By));
    }

    [Fact]
    public void Change_OtherPeople_LeavesThePastAndTakesOverAtTheFirstHandOff()
    {
        var schedule = With(Weekly);
        var before = new FinalSchedule(schedule.Layers, [], []).Between(new(Start, Start.AddDays(14)));

        schedule.Change("UTC", [schedule.Plans[0] with { Rotation = Weekly with { People = [Cem], FirstDay = new DateOnly(2026, 11, 16) } }], Start.AddDays(3), Guid.NewGuid);

        var final = new FinalSchedule(schedule.Layers, [], []);
        Assert.Equal(before.Select(s => (s.PersonId, s.From)), final.Between(new(Start, Start.AddDays(14))).Select(s => (s.PersonId, s.From)));
        Assert.Equal(Cem, final.PersonAt(new DateTimeOffset(2026, 11, 16, 9, 0, 0, TimeSpan.Zero)));
        Assert.Equal(Ben, final.PersonAt(new DateTimeOffset(2026, 11, 16, 8, 59, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Change_BeforeTheFirstHandOffAndBackAgain_GoesOnAsIfNothingHadBeen()
    {
        var schedule = With(Weekly);
        schedule.Change("UTC", [schedule.Plans[0] with { Rotation = Weekly with { People = [Cem], FirstDay = new DateOnly(2026, 11, 16) } }], Start.AddDays(3), Guid.NewGuid);

        schedule.Change("UTC", [schedule.Plans[0] with { Rotation = Weekly }], Start.AddDays(4), Guid.NewGuid);

        var final = new FinalSchedule(schedule.Layers, [], []);
        Assert.Equal([Ada, Ben, Ada, Ben], Enumerable.Range(0, 4).Select(week => final.PersonAt(Start.AddDays(7 * week + 5))!.Value));
        Assert.Empty(final.Gaps(new(Start.AddHours(1), Start.AddDays(60))));
    }

    [Fact]
    public void Change_LayerLeftOut_EndsItNow()
    {
        var schedule = With(Weekly);

        schedule.Change("UTC", [], Start.AddDays(3), Guid.NewGuid);

        var final = new FinalSchedule(schedule.Layers, [], []);
        Assert.Equal(Ada, final.PersonAt(Start.AddDays(3).AddTicks(-1)));
        Assert.Equal([new Interval(Start.AddDays(3), Start.AddDays(30))], final.Gaps(new(Start.AddDays(2), Start.AddDays(30))));
    }

    [Fact]
    public void Change_OtherZone_HandsOverByTheNewClockFromThenOn()
    {
        var schedule = With(Weekly);

        schedule.Change("Asia/Tokyo", schedule.Plans, Start.AddDays(3), Guid.NewGuid);

        var shifts = new FinalSchedule(schedule.Layers, [], []).Between(new(Start, Start.AddDays(14)));
        Assert.Equal([Start.AddHours(1), new DateTimeOffset(2026, 11, 9, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 16, 0, 0, 0, TimeSpan.Zero)], shifts.Select(s => s.From));
    }

    [Fact]
    public void OfShift_TakenHalfWay_LeavesThePartBefore()
    {
        var schedule = With(Weekly);
        var layer = schedule.Plans[0].Id!.Value;
        var swap = new ShiftSwap(Guid.NewGuid(), schedule.Id, layer, 0, Cem, Ada, Start.AddDays(2), null, "a", null);

        var shifts = new FinalSchedule(schedule.Layers, [swap], []).OfShift(layer, 0);

        Assert.Equal([(Ada, Start.AddHours(1)), (Cem, Start.AddDays(2))], shifts.Select(s => (s.PersonId, s.From)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(400_000)]
    [InlineData(long.MaxValue)]
    public void OfShift_NumberThatNobodyMeans_HasNoStretch(long index)
    {
        var schedule = With(Weekly);

        Assert.Empty(new FinalSchedule(schedule.Layers, [], []).OfShift(schedule.Plans[0].Id!.Value, index));
    }

    [Fact]
    public void At_SameAgainAfterHandOff_ReachesToTheLastShiftOfTheRow()
    {
        var schedule = With(Weekly with { People = [Ada, Ada, Ben] });
        var final = new FinalSchedule(schedule.Layers, [], []);

        Assert.Equal(Start.AddHours(1).AddDays(14), final.At(Start.AddDays(2))!.Until);
        Assert.Equal((Ben, Start.AddHours(1).AddDays(14)), (final.Next(Start.AddDays(2))!.PersonId, final.Next(Start.AddDays(2))!.From));
        Assert.Null(new FinalSchedule(With(Weekly with { People = [Ada] }).Layers, [], []).At(Start.AddDays(2))!.Until);
    }

    private static Schedule With(Rotation rotation)
    {
        var schedule = new Schedule(Guid.NewGuid(), Guid.NewGuid(), "a", "A", "UTC", Start);
        schedule.Change("UTC", [new LayerPlan(null, "Weeks", rotation)], Start, Guid.NewGuid);
        return schedule;
    }
}
