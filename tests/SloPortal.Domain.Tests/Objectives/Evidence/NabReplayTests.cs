using System.Globalization;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Domain.Tests.Objectives.Evidence;

/// <summary>Real series of the Numenta Anomaly Benchmark, each sample one event that is good up to a threshold; against counting each window anew.</summary>
public class NabReplayTests
{
    private const string Folder = "nab/data/realKnownCause";

    [Theory]
    [InlineData("ec2_request_latency_system_failure.csv", 50, 98.8)]
    [InlineData("ambient_temperature_system_failure.csv", 78, 99)]
    [InlineData("nyc_taxi.csv", 25_000, 94)]
    public void Judge_RealSeries_EqualsANaiveRecomputation(string file, double threshold, double percent)
    {
        var path = Find(file);
        Assert.SkipWhen(path is null, $"The file shared/data/{Folder}/{file} does not stand beside the repository.");
        // A series may hold a minute twice, at the end of daylight saving.
        var buckets = File.ReadLines(path!).Skip(1).Select(line => line.Split(','))
            .Select(cells => (At: new DateTimeOffset(DateTime.Parse(cells[0], CultureInfo.InvariantCulture), TimeSpan.Zero), Good: double.Parse(cells[1], CultureInfo.InvariantCulture) <= threshold))
            .GroupBy(s => s.At).OrderBy(g => g.Key).Select(g => new CountBucket(g.Key, new EventCounts(g.Count(s => s.Good), g.Count()))).ToList();
        var covered = new Interval(buckets[0].Start, buckets[^1].Start.AddMinutes(1));
        var target = new ObjectiveTarget((decimal)percent);
        var past = PastWindows.Of(MinuteCounts.FromBuckets(covered, buckets), new RollingWindow(7));
        var result = past.Judge(target);

        // Naive: every window is added up from its samples, with two places that only ever move on.
        var (met, windows, worst, from, to, place) = (0, 0, 1d, 0, 0, -1);
        for (var end = covered.Start.AddDays(7); end <= covered.End; end = end.AddMinutes(1))
        {
            place++;
            while (from < buckets.Count && buckets[from].Start < end.AddDays(-7))
                from++;
            while (to < buckets.Count && buckets[to].Start < end)
                to++;
            double good = 0, total = 0;
            for (var i = from; i < to; i++)
                (good, total) = (good + buckets[i].Counts.Good, total + buckets[i].Counts.Total);
            if (total == 0)
                continue;
            Assert.Equal(good / total, past.At(place)!.Attained, 1e-9);
            windows++;
            met += (decimal)(total - good) <= (decimal)total * target.AllowedFailureShare ? 1 : 0;
            worst = Math.Min(worst, good / total);
        }

        Assert.Equal((windows, met), (result.Windows, result.Met));
        Assert.Equal(worst, result.Worst!.Attained, 1e-9);
        Assert.InRange(result.Met, 1, result.Windows - 1);
    }

    private static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", Folder, file);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
