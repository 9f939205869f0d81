using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Domain.Tests.Budgets.Tuning;

/// <summary>
/// All thirteen labelled series: what a threshold and the Workbook's rules would have found and what they would have paged for in vain,
/// against a reimplementation that knows nothing of running sums, state machines and records, and against the figures that it gave.
/// </summary>
public class NabBackTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    [Fact]
    public void Of_AllSeries_EqualsANaiveReimplementationAndItsFigures()
    {
        var lines = new List<string>();
        foreach (var (file, falls) in NabSeries.Files)
        {
            var series = NabSeries.Read(file, falls);
            var minutes = series.Minutes();
            var known = series.Windows.Select(w => new KnownInterval(w, LabelKind.ShouldPage, series.Name)).ToList();
            var replay = new AlertReplay(new Occurrences(), NabSeries.Target, new RollingWindow(30), minutes, minutes.Covered);
            var rules = replay.Run(NabSeries.Policy);
            var line = series.Name;
            foreach (var severity in Enum.GetValues<AlertSeverity>().OrderDescending())
            {
                var alerts = ReplayedAlert.Together(rules.Where(r => r.Rule.Severity == severity).Select(r => r.Alerts));
                var judgement = AlertJudgement.Of(replay, alerts, known);
                var figures = AlertFigures.Of([judgement], TimeZoneInfo.Utc);

                var naive = Naive(series, severity);
                Assert.Equal(naive.Alerts, alerts.Select(a => (a.From, a.To)));
                Assert.Equal((naive.False, naive.Found), (figures.Known == 0 ? figures.NotJudged : figures.False, figures.Detected));
                Assert.Equal(naive.ToDetect, judgement.Intervals.Select(i => i.ToDetect));
                line += $" {severity} {figures.Alerts}/{naive.False}/{figures.Detected}";
            }

            lines.Add($"{line} of {known.Count}");
        }

        Assert.Equal(Expected, lines);
    }

    /// <summary>Alerts / false ones / windows found, by severity.</summary>
    private static readonly string[] Expected =
    [
        "ec2_cpu_utilization_24ae8d Page 0/0/0 Ticket 0/0/0 of 2",
        "ec2_cpu_utilization_5f5533 Page 3/0/1 Ticket 0/0/0 of 2",
        "ec2_cpu_utilization_825cc2 Page 72/68/1 Ticket 7/5/1 of 1",
        "ec2_cpu_utilization_c6585a Page 0/0/0 Ticket 0/0/0 of 0",
        "ec2_disk_write_bytes_1ef3de Page 48/41/1 Ticket 16/15/1 of 1",
        "ec2_network_in_257a54 Page 3/0/1 Ticket 0/0/0 of 1",
        "elb_request_count_8c0756 Page 7/3/2 Ticket 11/10/1 of 2",
        "iio_us-east-1_i-a2eb1cd9_NetworkIn Page 2/2/0 Ticket 2/1/1 of 2",
        "rds_cpu_utilization_e47b3b Page 1/0/2 Ticket 6/5/2 of 2",
        "ambient_temperature_system_failure Page 20/13/1 Ticket 9/7/1 of 2",
        "ec2_request_latency_system_failure Page 22/17/2 Ticket 11/9/2 of 3",
        "nyc_taxi Page 1/0/1 Ticket 1/0/1 of 5",
        "rogue_agent_key_updown Page 29/27/2 Ticket 11/10/1 of 2",
    ];

    private sealed record NaiveResult(IReadOnlyList<(DateTimeOffset, DateTimeOffset)> Alerts, int False, int Found, IReadOnlyList<TimeSpan?> ToDetect);

    /// <summary>
    /// Each minute, each window is what entered it less what left it. A severity is on while one of its two pairs is; a pair goes on when both windows
    /// burn, off when one of them has samples and does not.
    /// </summary>
    private static NaiveResult Naive(NabSeries series, AlertSeverity severity)
    {
        (int Long, int Short, double Burn)[] pairs = severity == AlertSeverity.Page ? [(60, 5, 14.4), (360, 30, 6)] : [(1440, 120, 3), (4320, 360, 1)];
        var bad = new Dictionary<DateTimeOffset, (int Bad, int All)>();
        foreach (var (at, good) in series.Good)
        {
            var minute = new DateTimeOffset(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, TimeSpan.Zero);
            var (b, n) = bad.GetValueOrDefault(minute);
            bad[minute] = (b + (good ? 0 : 1), n + 1);
        }

        var (start, end) = (bad.Keys.Min(), bad.Keys.Max().AddMinutes(1));
        var on = new bool[pairs.Length];
        var sums = new (int Bad, int All)[pairs.Length * 2];
        var alerts = new List<(DateTimeOffset From, DateTimeOffset To)>();
        DateTimeOffset? since = null;
        for (var at = start; at <= end; at = at.AddMinutes(1))
        {
            for (var i = 0; i < pairs.Length; i++)
            {
                Slide(ref sums[2 * i], at, pairs[i].Long);
                Slide(ref sums[2 * i + 1], at, pairs[i].Short);
                var (longBurn, shortBurn) = (Burn(sums[2 * i]), Burn(sums[2 * i + 1]));
                on[i] = on[i] ? !(longBurn <= pairs[i].Burn || shortBurn <= pairs[i].Burn) : longBurn > pairs[i].Burn && shortBurn > pairs[i].Burn;
            }

            if (on.Any(o => o))
                since ??= at;
            else if (since is { } from)
            {
                alerts.Add((from, at));
                since = null;
            }
        }

        if (since is { } open)
            alerts.Add((open, end));
        bool For((DateTimeOffset From, DateTimeOffset To) a, Interval w) => (a.From < w.End && w.Start < a.To) || (a.From >= w.Start - Tolerance && a.From <= w.End + Tolerance);
        var toDetect = series.Windows.OrderBy(w => w.Start).Select(w => alerts.Where(a => For(a, w)).Select(a => (TimeSpan?)(a.From > w.Start ? a.From - w.Start : TimeSpan.Zero)).FirstOrDefault()).ToList();
        return new(alerts, alerts.Count(a => !series.Windows.Any(w => For(a, w))), toDetect.Count(t => t is not null), toDetect);

        void Slide(ref (int Bad, int All) sum, DateTimeOffset at, int window)
        {
            var (enters, leaves) = (bad.GetValueOrDefault(at.AddMinutes(-1)), bad.GetValueOrDefault(at.AddMinutes(-1 - window)));
            sum = (sum.Bad + enters.Bad - leaves.Bad, sum.All + enters.All - leaves.All);
        }

        static double Burn((int Bad, int All) sum) => sum.All == 0 ? double.NaN : (double)sum.Bad / sum.All / 0.01;
    }
}
