using SloPortal.Domain.Measurement;

namespace SloPortal.Domain.Tests.Measurement;

public sealed class SeriesHistoryDeltaTests
{
    private const long Minute = UnixMinute.Milliseconds;

    [Fact]
    public void TakeDelta_First_CountsInFull() =>
        Assert.Equal((SampleVerdict.Increased, 5, 3), Take([], (3 * Minute, 5)));

    [Fact]
    public void TakeDelta_Late_CountsInItsOwnMinute() =>
        Assert.Equal((SampleVerdict.LateButFits, 7, 1), Take([(2 * Minute, 1), (3 * Minute, 1)], (Minute, 7)));

    [Fact]
    public void TakeDelta_SameAgain_IsADuplicateAndAddsNothing() =>
        Assert.Equal((SampleVerdict.Duplicate, 0, 0), Take([(2 * Minute, 1), (3 * Minute, 1)], (2 * Minute, 1)));

    [Fact]
    public void TakeDelta_SameInstantWithAnotherAmount_IsAConflict() =>
        Assert.Equal((SampleVerdict.Conflict, 0, 0), Take([(2 * Minute, 1)], (2 * Minute, 2)));

    [Fact]
    public void TakeDelta_OlderThanAllFour_IsTooLate() =>
        Assert.Equal((SampleVerdict.TooLate, 0, 0), Take([(2 * Minute, 1), (3 * Minute, 1), (4 * Minute, 1), (5 * Minute, 1)], (Minute, 7)));

    [Fact]
    public void TakeDelta_FifthInTheMiddle_ForgetsTheOldest()
    {
        var history = new SeriesHistory();
        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        foreach (var minute in (int[])[2, 4, 6, 8, 5])
        {
            history.TakeDelta(minute * Minute, minute, increases, out _);
        }

        Assert.Equal([4, 5, 6, 8], Enumerable.Range(0, history.Count).Select(i => history.TimeAt(i) / Minute));
        Assert.Equal(SampleVerdict.TooLate, history.TakeDelta(2 * Minute, 2, increases, out _));
    }

    private static (SampleVerdict Verdict, double Amount, int Minute) Take((long, double)[] before, (long Time, double Amount) sample)
    {
        var history = new SeriesHistory();
        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        foreach (var (time, amount) in before)
        {
            history.TakeDelta(time, amount, increases, out _);
        }

        var verdict = history.TakeDelta(sample.Time, sample.Amount, increases, out var count);
        return (verdict, count == 0 ? 0 : increases[0].Amount, count == 0 ? 0 : increases[0].Minute);
    }
}
