using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Verdicts;

namespace SloPortal.Domain.Tests.Objectives.Verdicts;

public sealed class VerdictTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ObjectiveTarget Target = new(99);

    [Fact]
    public void AttainedBounds_WhateverWasMissing_ContainTheTruth() => Gen.Select(Gen.Int[0, 100], Gen.Int[1, 100], Gen.Bool).Array[1, 50].Sample(minutes =>
    {
        var all = minutes.Select(m => (Counts: new EventCounts(Math.Min(m.Item1, m.Item2), m.Item2), Seen: m.Item3)).ToList();
        var truth = all.Aggregate(EventCounts.None, (sum, m) => sum + m.Counts);
        var seen = all.Where(m => m.Seen).Aggregate(EventCounts.None, (sum, m) => sum + m.Counts);
        var bounds = AttainedBounds.Of(seen, all.Where(m => !m.Seen).Sum(m => m.Counts.Total));
        var verdict = bounds.Against(Target);
        return bounds.Lowest.Ratio <= truth.Ratio + 1e-12 && bounds.Highest.Ratio >= truth.Ratio - 1e-12
            && (verdict == Verdict.Undetermined || verdict == (truth.Bad <= Target.AllowedFailures(truth.Total) ? Verdict.Met : Verdict.Missed));
    });

    [Theory]
    [InlineData(new[] { 995d, 999 }, Verdict.Met)]
    [InlineData(new[] { 980d, 970 }, Verdict.Missed)]
    [InlineData(new[] { 995d, 970 }, Verdict.Undetermined)]
    [InlineData(new double[0], Verdict.NoData)]
    [InlineData(new[] { 995d, -1 }, Verdict.Met)]
    public void Judge_WhatEachSaysOfAThousandEvents_IsWhatAllSay(double[] good, Verdict expected) =>
        Assert.Equal(expected, AttainedBounds.Judge(good.Select(g => AttainedBounds.Of(g < 0 ? EventCounts.None : new(g, 1000))), Target));

    [Fact]
    public void MissingData_AStretchWithoutMinutes_CountsWhatIsUsualAtThatHourOfTheWeek()
    {
        // Ten events a minute, but sixty at eight on Mondays; nothing from 8:10 to 8:30, and one minute without anybody at 9:00.
        var window = new Interval(Start, Start.AddHours(12));
        var minutes = Enumerable.Range(0, 720).Where(i => i is < 490 or >= 510 && i != 540).Select(i => new CountBucket(Start.AddMinutes(i), new(10, 10)));
        var hours = Enumerable.Range(-14 * 24, 14 * 24).Select(h => new CountBucket(Start.AddHours(h), new(0, Start.AddHours(h) is { DayOfWeek: DayOfWeek.Monday, Hour: 8 } ? 3600 : 600))).ToList();

        var missing = MissingData.Of(MinuteCounts.FromBuckets(window, [.. minutes]), hours);

        Assert.Equal(20, missing.Minutes);
        Assert.Equal(1200, missing.Events, 6);
    }
}
