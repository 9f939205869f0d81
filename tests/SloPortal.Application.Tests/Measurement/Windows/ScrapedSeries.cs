using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Windows;

/// <summary>A counter as a Prometheus scrapes it, every 15 seconds, somewhere between 3 and 12 seconds into each 15.</summary>
/// <param name="Code">Of the answers that it counts.</param>
/// <param name="Pod">That counts them.</param>
/// <param name="Samples">In the order of their times.</param>
internal sealed record ScrapedSeries(string Code, string Pod, List<(DateTimeOffset At, double Value)> Samples)
{
    public const int Interval = 15;

    private const int Scrapes = (3 * 24 + 7) * 3600 / Interval;

    /// <summary>As <see cref="HistoryServer.QueryAllAsync"/> names it.</summary>
    public string Labels => $"code=\"{Code}\",job=\"shop\",pod=\"{Pod}\"";

    /// <summary>
    /// Three days and seven hours before the end, as they are in life: "a" runs all the time, "b" is started anew every few hours, "c" comes while
    /// "d" has gone. One scrape in a hundred is missed, and at times twelve in a row, where one of the windows begins.
    /// </summary>
    public static List<ScrapedSeries> Before(DateTimeOffset end)
    {
        var random = new Random(5);
        (string Pod, int From, int To, int Restart, double Start)[] pods =
            [("a", 0, Scrapes, Scrapes, 3e9), ("b", 0, Scrapes, 1733, 40_000), ("c", Scrapes - 4700, Scrapes, Scrapes, 0), ("d", 0, Scrapes - 1300, Scrapes, 70_000)];
        var all = new List<ScrapedSeries>();
        foreach (var (pod, from, to, restart, start) in pods)
        {
            var (answered, failed) = (new ScrapedSeries("200", pod, []), new ScrapedSeries("500", pod, []));
            var (good, bad) = (start, Math.Floor(start / 1000));
            for (var i = from; i < to; i++)
            {
                if (i > from && (i - from) % restart == 0)
                    (good, bad) = (0, 0);
                // A day's wave, and some minutes of trouble every five hours.
                good += random.Next(0, 60 + (int)(40 * Math.Sin(i * Math.Tau / 5760)));
                bad += random.Next(0, i % 1200 < 40 ? 200 : 11) / 10;
                // Whole eighths of a second are the same in all formats.
                var at = end.AddSeconds((i - Scrapes) * Interval + 3 + (random.Next(0, 73) / 8d));
                if (random.Next(100) == 0 || i % 5000 is >= 2460 and < 2472)
                    continue;
                answered.Samples.Add((at, good));
                failed.Samples.Add((at, bad));
            }
            all.AddRange([answered, failed]);
        }
        return all;
    }

    /// <summary>What came between one sample and the next; a counter that is lower than before has begun anew.</summary>
    public static double Increase(double before, double after) => after < before ? after : after - before;
}
