using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents;

public sealed class BurnedMinutesTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");
    private static readonly Interval Hour = new(Noon, Noon.AddHours(1));

    [Fact]
    public void Divide_Slices_GoWholeToWhatWasFeltInThem() =>
        Assert.Equal(
            [new ExplainedStretch(null, new(Hour.Start, Hour.Start.AddMinutes(10))), new(7, new(Hour.Start.AddMinutes(10), Hour.Start.AddMinutes(20))), new(null, new(Hour.Start.AddMinutes(20), Hour.End))],
            BurnedMinutes.Divide([new(7, Hour.Start, new(Hour.Start.AddMinutes(12), Hour.Start.AddMinutes(16)))], Hour, TimeSpan.FromMinutes(5)));

    [Fact]
    public void Divide_NothingFelt_LeavesTheWholeWindowUnexplained() => Assert.Equal([new ExplainedStretch(null, Hour)], BurnedMinutes.Divide([], Hour));

    [Fact]
    public void Divide_PartsOfMinutes_TakesTheWholeMinutesInWhichItBeganAndEnded()
    {
        var felt = new FeltStretch(7, Noon.AddSeconds(90), new(Noon.AddSeconds(90), Noon.AddSeconds(150)));

        Assert.Equal(
            [new ExplainedStretch(null, new(Noon, Noon.AddMinutes(1))), new(7, new(Noon.AddMinutes(1), Noon.AddMinutes(3))), new(null, new(Noon.AddMinutes(3), Hour.End))],
            BurnedMinutes.Divide([felt], Hour));
    }

    [Fact]
    public void Divide_AnyStretches_GivesEachMinuteToTheEarliestThatContainsIt()
    {
        // Seconds from an hour before the window to an hour after it; an incident may have been felt twice.
        var one = Gen.Select(Gen.Int[1, 4], Gen.Int[-3600, 7200], Gen.Int[0, 4000]);
        one.Array[0, 8].Sample(drawn =>
        {
            var starts = drawn.GroupBy(d => d.Item1).ToDictionary(g => g.Key, g => Noon.AddSeconds(g.Min(d => d.Item2)));
            var felt = drawn.Select(d => new FeltStretch(d.Item1, starts[d.Item1], new(Noon.AddSeconds(d.Item2), Noon.AddSeconds(d.Item2 + d.Item3)))).ToList();

            var divided = BurnedMinutes.Divide(felt, Hour);

            Assert.Equal(Hour.Start, divided[0].Minutes.Start);
            Assert.Equal(Hour.End, divided[^1].Minutes.End);
            Assert.All(divided.Zip(divided.Skip(1)), pair => Assert.True(pair.First.Minutes.End == pair.Second.Minutes.Start && pair.First.Incident != pair.Second.Incident));
            for (var minute = Hour.Start; minute < Hour.End; minute = minute.AddMinutes(1))
            {
                var first = felt.Where(f => f.Impact.Start < minute.AddMinutes(1) && f.Impact.End > minute && !f.Impact.IsEmpty)
                    .OrderBy(f => f.StartedAt).ThenBy(f => f.Incident).FirstOrDefault()?.Incident;
                Assert.Equal(first, divided.Single(d => d.Minutes.Contains(minute)).Incident);
            }
        });
    }
}
