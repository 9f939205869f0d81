using System.Globalization;
using System.Text.Json;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Tests.Budgets.Tuning;

/// <summary>A real series of the Numenta Anomaly Benchmark as a gauge with a threshold: each sample is one event.</summary>
/// <param name="Good">One for each sample: it holds the threshold.</param>
/// <param name="Windows">In which somebody called it an anomaly.</param>
internal sealed record NabSeries(string Name, double Threshold, ThresholdOperator Operator, IReadOnlyList<(DateTimeOffset At, bool Good)> Good, IReadOnlyList<Interval> Windows)
{
    /// <summary>The part of a series that the benchmark gives a detector to learn from.</summary>
    private const double Probation = 0.15;

    public static ObjectiveTarget Target { get; } = new(99m);

    /// <summary>The Workbook's rules, with one event as enough: a sample stands for its five minutes to an hour.</summary>
    public static AlertPolicy Policy { get; } = new("Gauges", "", [.. AlertPolicy.Workbook.Rules.Select(rule => rule with { MinimumEvents = 1 })]);

    /// <summary>All series; true where trouble is a fall. What an upper threshold is for follows from what is measured, not from its labels, except in the second.</summary>
    public static IReadOnlyList<(string File, bool Falls)> Files { get; } =
    [
        ("realAWSCloudwatch/ec2_cpu_utilization_24ae8d.csv", false), ("realAWSCloudwatch/ec2_cpu_utilization_5f5533.csv", true),
        ("realAWSCloudwatch/ec2_cpu_utilization_825cc2.csv", true), ("realAWSCloudwatch/ec2_cpu_utilization_c6585a.csv", false),
        ("realAWSCloudwatch/ec2_disk_write_bytes_1ef3de.csv", false), ("realAWSCloudwatch/ec2_network_in_257a54.csv", false),
        ("realAWSCloudwatch/elb_request_count_8c0756.csv", false), ("realAWSCloudwatch/iio_us-east-1_i-a2eb1cd9_NetworkIn.csv", false),
        ("realAWSCloudwatch/rds_cpu_utilization_e47b3b.csv", false), ("realKnownCause/ambient_temperature_system_failure.csv", true),
        ("realKnownCause/ec2_request_latency_system_failure.csv", false), ("realKnownCause/nyc_taxi.csv", false), ("realKnownCause/rogue_agent_key_updown.csv", false),
    ];

    /// <summary>Skips the test where the folder does not stand beside the repository.</summary>
    public static NabSeries Read(string file, bool falls)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "The folder shared/data/nab does not stand beside the repository.");
        var samples = File.ReadLines(Path.Combine(folder!, "data", file)).Skip(1).Select(line => line.Split(','))
            .Select(cells => (At: Instant(cells[0]), Value: double.Parse(cells[1], CultureInfo.InvariantCulture))).OrderBy(s => s.At).ToList();

        // Three standard deviations from the mean of what came before anything is judged.
        var learnt = samples.Take((int)(samples.Count * Probation)).Select(s => s.Value).ToList();
        var mean = learnt.Average();
        var deviation = Math.Sqrt(learnt.Average(v => (v - mean) * (v - mean)));
        var (threshold, comparison) = falls ? (mean - (3 * deviation), ThresholdOperator.AtLeast) : (mean + (3 * deviation), ThresholdOperator.AtMost);
        using var windows = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder!, "windows.json")));
        return new(
            Path.GetFileNameWithoutExtension(file), threshold, comparison, [.. samples.Select(s => (s.At, falls ? s.Value >= threshold : s.Value <= threshold))],
            [.. windows.RootElement.GetProperty(file).EnumerateArray().Select(w => new Interval(Instant(w[0].GetString()!), Instant(w[1].GetString()!)))]);
    }

    /// <summary>From the first minute to behind the last. A series may hold a minute twice, at the end of daylight saving.</summary>
    public MinuteCounts Minutes() => MinuteCounts.FromBuckets(
        new Interval(MinuteClock.Floor(Good[0].At), MinuteClock.Floor(Good[^1].At).AddMinutes(1)),
        [.. Good.GroupBy(s => MinuteClock.Floor(s.At)).Select(g => new CountBucket(g.Key, new EventCounts(g.Count(s => s.Good), g.Count())))]);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "nab");
            if (Directory.Exists(path))
                return path;
        }

        return null;
    }
}
