using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Objectives.Evidence;

/// <summary>
/// The truth of a made-up service is known: each day has its share of trouble, more on Mondays, and troubles of several days happen.
/// </summary>
public class WindowForecastTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = At.Utc("2025-06-02");
    private static readonly ObjectiveTarget Target = new(99.5m);
    private const int HistoryDays = 392;
    private const int WindowDays = 28;
    private const int Trials = 1000;

    [Fact]
    public void Break_ThousandHistories_TheIntervalHoldsTheTruthInNineOfTen()
    {
        var random = new Random(7);
        var truth = Enumerable.Range(0, 40_000).Count(_ => Breaks(Days(random, WindowDays))) / 40_000d;

        var held = Enumerable.Range(0, Trials).Count(trial =>
        {
            var forecast = WindowForecast.From(History(random), NextWindow, trial)!.Break(Target);
            return forecast.Low <= truth && truth <= forecast.High;
        });

        output.WriteLine($"The truth is {truth:0.000}; {held / (double)Trials:0.0 %} of {Trials} intervals hold it.");
        Assert.InRange(held, 870, 930);
    }

    [Fact]
    public void Held_ThousandHistories_TheIntervalHoldsTheTruthInNineOfTen()
    {
        var random = new Random(11);
        var windows = Enumerable.Range(0, 40_000).Select(_ => Sum(Days(random, WindowDays)).Ratio!.Value).Order().ToArray();
        var truth = windows[windows.Length / 10];

        var held = Enumerable.Range(0, Trials).Count(trial =>
        {
            var estimate = WindowForecast.From(History(random), NextWindow, trial)!.Held(90);
            return estimate.Low <= truth && truth <= estimate.High;
        });

        output.WriteLine($"Nine of ten windows reach {truth:0.00000}; {held / (double)Trials:0.0 %} of {Trials} intervals hold it.");
        Assert.InRange(held, 870, 930);
    }

    [Fact]
    public void Break_FirstHalves_AreRightAboutTheSecond()
    {
        // Calibration over services of unlike quality: of the windows for which a break was forecast with some probability, about that share broke.
        var random = new Random(5);
        var told = new List<(double Forecast, bool Broke)>();
        for (var trial = 0; trial < 400; trial++)
        {
            var days = Days(random, HistoryDays, 0.3 + (1.4 * random.NextDouble()));
            var first = Counts(days[..(HistoryDays / 2)]);
            var next = new Interval(first.Covered.End, first.Covered.End.AddDays(WindowDays));
            told.Add((WindowForecast.From(first, next, trial)!.Break(Target).Value, Breaks(days[(HistoryDays / 2)..(HistoryDays / 2 + WindowDays)])));
        }

        foreach (var bin in told.GroupBy(t => Math.Min(4, (int)(t.Forecast * 5))).OrderBy(g => g.Key))
            output.WriteLine($"forecast {bin.Average(t => t.Forecast):0.00}, broke {bin.Average(t => t.Broke ? 1 : 0):0.00}, of {bin.Count()}");
        Assert.InRange(told.Where(t => t.Forecast > 0.8).Average(t => t.Broke ? 1d : 0d), 0.8, 1);
        Assert.InRange(told.Where(t => t.Forecast < 0.2).Average(t => t.Broke ? 1d : 0d), 0, 0.2);
        Assert.InRange(told.Average(t => t.Forecast) - told.Average(t => t.Broke ? 1d : 0d), -0.06, 0.06);
    }

    [Fact]
    public void From_WeeklyPattern_KeepsIt()
    {
        // Only Mondays fail, so a window of one week always holds exactly one of them.
        var forecast = WindowForecast.From(Counts([.. Enumerable.Range(0, 140).Select(d => EventCounts.OfBad(d % 7 == 0 ? 7 : 0, 100))]), new Interval(Start.AddDays(140), Start.AddDays(147)), 1)!;

        Assert.Equal(7, forecast.BlockDays);
        Assert.Equal(20, forecast.Blocks);
        Assert.Equal(new Estimate(0.99, 0.99, 0.99), Rounded(forecast.Held(99)));
        Assert.Equal(0, forecast.Break(new ObjectiveTarget(99m)).Value);
        Assert.Equal(1, forecast.Break(new ObjectiveTarget(99.1m)).Value);
    }

    [Fact]
    public void From_FewWeeksFewDaysOrNothing_DrawsDaysOrSaysNothing()
    {
        var next = new Interval(Start.AddDays(20), Start.AddDays(50));

        Assert.Equal(1, WindowForecast.From(Counts([.. Enumerable.Repeat(new EventCounts(99, 100), 20)]), next, 1)!.BlockDays);
        Assert.Null(WindowForecast.From(Counts([.. Enumerable.Repeat(new EventCounts(99, 100), 6)]), next, 1));
        Assert.Null(WindowForecast.From(MinuteCounts.FromBuckets(new Interval(Start, Start.AddDays(100)), []), next, 1));
    }

    [Fact]
    public void From_SameSeed_GivesTheSameFigures()
    {
        var history = History(new Random(3));

        Assert.Equal(WindowForecast.From(history, NextWindow, 42)!.Break(Target), WindowForecast.From(history, NextWindow, 42)!.Break(Target));
    }

    private static Interval NextWindow => new(Start.AddDays(HistoryDays), Start.AddDays(HistoryDays + WindowDays));

    private static MinuteCounts History(Random random) => Counts(Days(random, HistoryDays));

    private static EventCounts[] Days(Random random, int days, double trouble = 1)
    {
        var counts = new EventCounts[days];
        var left = 0;
        for (var day = 0; day < days; day++)
        {
            left = left > 0 ? left - 1 : random.NextDouble() < 0.04 ? 1 : 0;
            var failed = -Math.Log(1 - random.NextDouble()) * (day % 7 == 0 ? 60 : 30) * trouble;
            counts[day] = EventCounts.OfBad(failed + (left > 0 ? 120 : 0), day % 7 > 4 ? 6_000 : 10_000);
        }

        return counts;
    }

    private static MinuteCounts Counts(EventCounts[] days) => MinuteCounts.FromBuckets(
        new Interval(Start, Start.AddDays(days.Length)), [.. days.Select((day, i) => new CountBucket(Start.AddDays(i).AddHours(12), day))]);

    private static EventCounts Sum(EventCounts[] days) => days.Aggregate(EventCounts.None, (sum, day) => sum + day);

    private static bool Breaks(EventCounts[] days) => Sum(days).ErrorRatio > 0.005;

    private static Estimate Rounded(Estimate e) => new(Math.Round(e.Value, 6), Math.Round(e.Low, 6), Math.Round(e.High, 6));
}
