using CsCheck;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Tests.Common;

public class IntervalTests
{
    private static readonly DateTimeOffset Origin = At.Utc("2026-01-01");

    private static readonly Gen<Interval> AnyInterval =
        from start in Gen.Int[0, 20]
        from length in Gen.Int[0, 10]
        select new Interval(Origin.AddMinutes(start), Origin.AddMinutes(start + length));

    [Fact]
    public void Interval_EndBeforeStart_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Interval(Origin, Origin.AddTicks(-1)));

    [Fact]
    public void Interval_OtherOffset_IsKeptAsUtc()
    {
        var local = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));

        Assert.Equal(TimeSpan.Zero, new Interval(local, local).Start.Offset);
    }

    [Fact]
    public void Intersect_AnyTwo_HoldsExactlyTheSharedInstants() => Gen.Select(AnyInterval, AnyInterval).Sample((a, b) =>
    {
        var both = a.Intersect(b);
        Assert.Equal(both, b.Intersect(a));
        Assert.Equal(a.Overlaps(b), both is not null);
        for (var minute = 0; minute < 32; minute++)
        {
            var instant = Origin.AddMinutes(minute);
            Assert.Equal(a.Contains(instant) && b.Contains(instant), both?.Contains(instant) ?? false);
        }
    });

    [Fact]
    public void Floor_AndCeiling_EncloseTheInstantWithinAMinute() => Gen.Long[0, TimeSpan.TicksPerDay].Sample(ticks =>
    {
        var instant = Origin.AddTicks(ticks).ToOffset(TimeSpan.FromMinutes(345));
        var floor = MinuteClock.Floor(instant);
        var ceiling = MinuteClock.Ceiling(instant);
        Assert.True(floor <= instant && instant <= ceiling && ceiling - floor <= TimeSpan.FromMinutes(1));
        Assert.Equal(0, floor.Second);
        Assert.Equal(TimeSpan.Zero, ceiling.Offset);
    });
}
