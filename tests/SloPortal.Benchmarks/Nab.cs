using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Benchmarks;

/// <summary>
/// Thirteen labelled series of the Numenta Anomaly Benchmark, each as a gauge with one threshold, three standard deviations from the mean of its first
/// 15 %: what the Workbook's rules would have found and what they would have paged for in vain. Then, on 90 days of minutes, what a
/// back-test and a sweep cost; targets: well under a second, and seconds.
/// </summary>
internal static class Nab
{
    private static readonly string[] Falls = ["ec2_cpu_utilization_5f5533", "ec2_cpu_utilization_825cc2", "ambient_temperature_system_failure"];
    private static readonly AlertPolicy Policy = new("Gauges", "", [.. AlertPolicy.Workbook.Rules.Select(rule => rule with { MinimumEvents = 1 })]);

    public static void Run(string? folder)
    {
        folder ??= Path.Combine("..", "shared", "data", "nab");
        if (Directory.Exists(folder))
            Series(folder);
        else
            Console.WriteLine($"There is no folder {folder}; give its path to see the labelled series.");
        Cost();
    }

    private static void Series(string folder)
    {
        using var windows = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "windows.json")));
        Console.WriteLine($"{"series",-46}{"days",6}{"labels",8}   pages: all  false  found  precision   to detect      tickets: all  false  found");
        var all = new List<(AlertJudgement Pages, AlertJudgement Tickets)>();
        foreach (var series in windows.RootElement.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var known = series.Value.EnumerateArray().Select(w => new KnownInterval(new(At(w[0].GetString()!), At(w[1].GetString()!)), LabelKind.ShouldPage, series.Name)).ToList();
            var replay = Read(Path.Combine(folder, "data", series.Name));
            var rules = replay.Run(Policy);
            var (pages, tickets) = (Judge(AlertSeverity.Page), Judge(AlertSeverity.Ticket));
            all.Add((pages, tickets));
            Print(Path.GetFileNameWithoutExtension(series.Name), replay.Span.Length.TotalDays, [pages], [tickets]);

            AlertJudgement Judge(AlertSeverity severity) =>
                AlertJudgement.Of(replay, ReplayedAlert.Together(rules.Where(r => r.Rule.Severity == severity).Select(r => r.Alerts)), known);
        }

        Print("all", all.Sum(a => a.Pages.Span.Length.TotalDays), [.. all.Select(a => a.Pages)], [.. all.Select(a => a.Tickets)]);
    }

    private static void Print(string name, double days, AlertJudgement[] pages, AlertJudgement[] tickets)
    {
        var (p, t) = (AlertFigures.Of(pages, TimeZoneInfo.Utc), AlertFigures.Of(tickets, TimeZoneInfo.Utc));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-46}{days,6:0}{p.Known,8}{p.Alerts,14}{p.False,7}{p.Detected,7}{(p.Precision is { } precision ? $"{precision:0 %}" : "unknown"),11}{(p.ToDetect is { } took ? HumanDuration.Text(took.Median) : "-"),12}{t.Alerts,18}{t.False,7}{t.Detected,7}"));
    }

    private static AlertReplay Read(string file)
    {
        var samples = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cells => (At: At(cells[0]), Value: double.Parse(cells[1], CultureInfo.InvariantCulture))).OrderBy(s => s.At).ToList();
        var learnt = samples.Take((int)(samples.Count * 0.15)).Select(s => s.Value).ToList();
        var mean = learnt.Average();
        var deviation = Math.Sqrt(learnt.Average(v => (v - mean) * (v - mean)));
        var falls = Falls.Contains(Path.GetFileNameWithoutExtension(file));
        var buckets = samples.GroupBy(s => MinuteClock.Floor(s.At))
            .Select(g => new CountBucket(g.Key, new EventCounts(g.Count(s => falls ? s.Value >= mean - (3 * deviation) : s.Value <= mean + (3 * deviation)), g.Count()))).ToList();
        var minutes = MinuteCounts.FromBuckets(new Interval(buckets[0].Start, buckets[^1].Start.AddMinutes(1)), buckets);
        return new AlertReplay(new Occurrences(), new ObjectiveTarget(99m), new RollingWindow(30), minutes, minutes.Covered);
    }

    /// <summary>Ninety days of traffic with a day pattern, some failures always, a blip most days and an outage each fortnight.</summary>
    private static void Cost()
    {
        var (start, count) = (new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero), 93 * 1440);
        var random = new Random(7);
        var buckets = Enumerable.Range(0, count).Select(i =>
        {
            var total = 200 + Math.Floor(150 * Math.Sin(i * Math.PI / 720));
            var share = i % 20160 is >= 9000 and < 9040 ? 0.8 : i % 1440 is >= 700 and < 706 ? 0.06 : 0.0005;
            return new CountBucket(start.AddMinutes(i), EventCounts.OfBad(Math.Round(total * share * 2 * random.NextDouble()), total));
        }).ToList();
        var minutes = MinuteCounts.FromBuckets(new Interval(start, start.AddMinutes(count)), buckets);
        var span = Interval.EndingAt(minutes.Covered.End, TimeSpan.FromDays(90));
        var known = Enumerable.Range(0, 6).Select(i => start.AddMinutes((i * 20160) + 9000)).Select(at => new KnownInterval(new(at, at.AddMinutes(40)), LabelKind.ShouldPage, "outage")).ToList();
        var (backTest, sweep) = (new List<double>(), new List<double>());
        for (var run = 0; run < 5; run++)
        {
            backTest.Add(Time(() => Replay().Run(AlertPolicy.Workbook)));
            PolicySweep? found = null;
            sweep.Add(Time(() => found = PolicySweep.Of(Replay(), AlertPolicy.Workbook, known, TimeZoneInfo.Utc)));
            if (run == 0)
                Console.WriteLine($"{found!.Tried} policies; {found.Reason}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"90 days of minutes: back-test of the Workbook {backTest.Min() * 1000:0} ms, sweep {sweep.Min() * 1000:0} ms (best of 5)"));

        AlertReplay Replay() => new(new Occurrences(), new ObjectiveTarget(99.9m), new RollingWindow(30), minutes, span);
    }

    private static double Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
