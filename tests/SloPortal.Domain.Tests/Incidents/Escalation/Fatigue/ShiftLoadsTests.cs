using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Tests.Incidents.Escalation.Fatigue;

public sealed class ShiftLoadsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Ada = new(1, 0, 0, new byte[8]);
    private static readonly Guid Ben = new(2, 0, 0, new byte[8]);

    [Fact]
    public void WholeWithin_SpanThatCutsTheFirstAndTheLastWeek_HasTheOnesBetween()
    {
        var weeks = Schedule([]);

        var (shifts, cutOff) = weeks.WholeWithin(new Interval(Monday.AddDays(3), Monday.AddDays(24)));

        Assert.Equal([(Ben, Monday.AddDays(7)), (Ada, Monday.AddDays(14))], shifts.Select(s => (s.PersonId, Assert.Single(s.Stretches).Start)));
        Assert.Equal(2, cutOff);
        // One that begins and ends with the span is whole.
        Assert.Equal((1, 0), weeks.WholeWithin(new Interval(Monday, Monday.AddDays(7))) is var exact ? (exact.Shifts.Count, exact.CutOff) : default);
    }

    [Fact]
    public void WholeWithin_HoursWithPauses_CountsAShiftWholeOnlyWithAllOfItsDays()
    {
        var weeks = Schedule([new WeeklyHours(WeeklyHours.Weekdays, new(9, 0), new(17, 0))]);

        // From Wednesday night on, the days that are left are not cut, but their shift is.
        var (shifts, cutOff) = weeks.WholeWithin(new Interval(Monday.AddDays(2).AddHours(12), Monday.AddDays(14)));

        Assert.Equal((1, 1), (shifts.Count, cutOff));
        Assert.Equal(5, shifts[0].Stretches.Count);
    }

    [Fact]
    public void WholeWithin_OverrideInTheMiddle_IsAShiftOfItsOwnAndTheOtherHasTheRest()
    {
        var instead = new ShiftOverride(Guid.NewGuid(), Guid.NewGuid(), Ben, new Interval(Monday.AddDays(1), Monday.AddDays(2)), "Away", Ada, "Ada", Monday);
        var schedule = new FinalSchedule(Layers([]), [], [instead]);

        var (shifts, _) = schedule.WholeWithin(new Interval(Monday, Monday.AddDays(7)));

        Assert.Equal([(Ben, 1), (Ada, 2)], shifts.Select(s => (s.PersonId, s.Stretches.Count)).OrderBy(s => s.Item2));
    }

    [Fact]
    public void Of_AnyCalls_CountsThemInTheShiftOfTheirPersonAndQuietOnesAsZero() =>
        Gen.Select(Gen.Int[0, 42 * 24], Gen.Bool).Array[0, 60].Sample(given =>
        {
            var shifts = Schedule([]).WholeWithin(new Interval(Monday, Monday.AddDays(42))).Shifts;
            var calls = given.Select(g => (Person: g.Item2 ? Ada : Ben, At: Monday.AddHours(g.Item1))).ToList();

            var loads = ShiftLoads.Of(shifts, 0, calls.ToLookup(c => c.Person, c => c.At));

            int[] naive = [.. shifts.Select(s => calls.Count(c => c.Person == s.PersonId && s.Stretches.Any(part => part.Contains(c.At)))).Order()];
            Assert.Equal((6, naive.Count(n => n == 0), naive[2], naive[5], naive[^1]), (loads.Shifts, loads.Quiet, loads.Median!.Value, loads.P90!.Value, loads.Most!.Value));
        }, iter: 200);

    [Fact]
    public void Of_NoShift_KnowsNothing() => Assert.Equal(new ShiftLoads(0, 3, 0, null, null, null), ShiftLoads.Of([], 3, Array.Empty<Guid>().ToLookup(g => g, _ => Monday)));

    private static FinalSchedule Schedule(IReadOnlyList<WeeklyHours> hours) => new(Layers(hours), [], []);

    private static Layer[] Layers(IReadOnlyList<WeeklyHours> hours) =>
        [new(new Guid(9, 0, 0, new byte[8]), "Weeks", new Rotation(ShiftUnit.Weeks, 1, new DateOnly(2026, 11, 2), new TimeOnly(9, 0), [Ada, Ben], hours), "UTC", 0, Monday.AddDays(-100))];
}
