using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>
/// What the next window may bring, if the future is made of the same weeks as the past: windows put together from whole weeks of
/// the history, drawn at random. Weeks begin at the hour and weekday at which the window begins, so the pattern of the day and of
/// the week stays, and so do troubles that last for days (a block bootstrap; Künsch 1989). The same is done with histories that
/// were themselves drawn from the weeks, which shows how far the figures could be off with so few weeks (a double bootstrap; Efron
/// and Tibshirani 1993). A history of less than <see cref="WeeksForWeeks"/> weeks is drawn by days, which keeps no weekly pattern.
/// </summary>
public sealed class WindowForecast
{
    /// <summary>From so many whole weeks on, weeks are drawn rather than days. Product policy.</summary>
    public const int WeeksForWeeks = 8;

    private const int FewestDays = 7;
    private const int Draws = 2000;
    private const int Histories = 200;
    private const int DrawsOfEach = 400;

    // Shares of failed events of drawn windows, ascending: from the history, and from each of the resampled ones.
    private readonly double[] drawn;
    private readonly double[][] resampled;

    private WindowForecast(int blockDays, int blocks, double[] drawn, double[][] resampled)
    {
        BlockDays = blockDays;
        Blocks = blocks;
        this.drawn = drawn;
        this.resampled = resampled;
    }

    /// <summary>7 where weeks were drawn, 1 where days were.</summary>
    public int BlockDays { get; }

    /// <summary>How many weeks or days there were to draw from: the sample size.</summary>
    public int Blocks { get; }

    /// <summary>Null with less than seven days of history, or where nothing happened in it.</summary>
    /// <param name="counts">The history.</param>
    /// <param name="next">The window that is forecast.</param>
    /// <param name="seed">The same seed gives the same figures, so that evidence can be computed again.</param>
    public static WindowForecast? From(MinuteCounts counts, Interval next, int seed)
    {
        var weeks = WholeWeeks(counts, next.Start);
        var blockDays = weeks >= WeeksForWeeks ? 7 : 1;
        var length = TimeSpan.FromDays(blockDays);
        var days = next.Length.TotalDays;
        var whole = (int)(days / blockDays);
        var rest = TimeSpan.FromDays(days - (whole * blockDays));

        var blocks = new List<EventCounts>();
        var parts = new List<EventCounts>();
        for (var start = LastStart(counts, next.Start, length); start >= counts.Start; start -= length)
        {
            blocks.Add(counts.In(new Interval(start, start + length)));
            parts.Add(counts.In(new Interval(start, start + rest)));
        }

        if (blocks.Count < (blockDays == 7 ? WeeksForWeeks : FewestDays) || blocks.All(b => !b.HasData))
        {
            return null;
        }

        var random = new Random(seed);
        var sample = new Sample([.. blocks], [.. parts], whole, rest > TimeSpan.Zero);
        var all = Enumerable.Range(0, blocks.Count).ToArray();
        var drawn = sample.Draw(all, Draws, random);
        var resampled = new double[Histories][];
        var history = new int[blocks.Count];
        for (var i = 0; i < Histories; i++)
        {
            for (var block = 0; block < history.Length; block++)
            {
                history[block] = random.Next(history.Length);
            }

            resampled[i] = sample.Draw(history, DrawsOfEach, random);
        }

        return drawn.Length == 0 ? null : new WindowForecast(blockDays, blocks.Count, drawn, resampled);
    }

    /// <summary>How likely the next window breaks <paramref name="target"/>, 0 to 1.</summary>
    public Estimate Break(ObjectiveTarget target) =>
        Estimate.Of(Broken(drawn, target), [.. resampled.Where(r => r.Length > 0).Select(r => Broken(r, target))], Blocks);

    /// <summary>The share of good events that so many of 100 windows reach, 0 to 1.</summary>
    /// <param name="percentOfWindows">90: nine of ten windows.</param>
    public Estimate Held(int percentOfWindows)
    {
        var share = percentOfWindows / 100d;
        return Estimate.Of(1 - Quantile.Of(drawn, share), [.. resampled.Where(r => r.Length > 0).Select(r => 1 - Quantile.Of(r, share))], Blocks);
    }

    private static double Broken(double[] shares, ObjectiveTarget target) =>
        1 - ((double)Quantile.CountUpTo(shares, PastWindows.Allowed(target)) / shares.Length);

    private static int WholeWeeks(MinuteCounts counts, DateTimeOffset phase)
    {
        var week = TimeSpan.FromDays(7);
        var last = LastStart(counts, phase, week);
        return last < counts.Start ? 0 : (int)((last - counts.Start) / week) + 1;
    }

    /// <summary>The latest start, in the phase of the window, of a block that lies wholly within the history.</summary>
    private static DateTimeOffset LastStart(MinuteCounts counts, DateTimeOffset phase, TimeSpan length)
    {
        var blocksBack = Math.Ceiling((phase - (counts.Covered.End - length)) / length);
        return phase - (blocksBack * length);
    }

    private readonly record struct Sample(EventCounts[] Blocks, EventCounts[] Parts, int Whole, bool HasRest)
    {
        public double[] Draw(int[] from, int windows, Random random)
        {
            var shares = new double[windows];
            var withData = 0;
            for (var i = 0; i < windows; i++)
            {
                var sum = EventCounts.None;
                for (var block = 0; block < Whole; block++)
                {
                    sum += Blocks[from[random.Next(from.Length)]];
                }

                if (HasRest)
                {
                    sum += Parts[from[random.Next(from.Length)]];
                }

                if (sum.ErrorRatio is { } failed)
                {
                    shares[withData++] = failed;
                }
            }

            Array.Resize(ref shares, withData);
            Array.Sort(shares);
            return shares;
        }
    }
}
