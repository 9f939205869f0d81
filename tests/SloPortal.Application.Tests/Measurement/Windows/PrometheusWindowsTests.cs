using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Measurement.Windows;

/// <summary>
/// What the portal says of a window is what PromQL over the raw counters says, where PromQL is told to take differences; and where it is told to
/// take <c>increase()</c>, the two differ by what Prometheus estimates at the edges of a window, and by nothing else.
/// </summary>
/// <remarks>
/// The portal's window covers its minutes, so its samples are those from its start up to and not at its end. A range of Prometheus 2 has both of its
/// ends, so it is asked a millisecond before the end, where no scrape is.
/// </remarks>
public sealed class PrometheusWindowsTests(ScrapedTwice both) : IClassFixture<ScrapedTwice>
{
    private const double Tolerance = 1e-9;
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The sum of the counters at the end less what it was at the start.</summary>
    [Fact]
    public Task InAsync_SteadyCounters_IsTheirDifference() => EqualAsync(
        both.Steady, (w, codes) => $"(sum(http_requests_total{{pod=\"a\",{codes}}}) - sum(http_requests_total{{pod=\"a\",{codes}}} offset {Seconds(w)}s))", at: -Instant);

    /// <summary>
    /// Step by step: a counter less what it was 15 seconds before, unless it fell; then it began anew and counts as it is. A series that was not there before
    /// has nothing to be compared with and adds nothing. The steps are the multiples of 15 seconds, of which the one at the start would belong to the window before.
    /// </summary>
    [Fact]
    public Task InAsync_CountersThatRestartComeAndGo_IsTheSumOfTheirSteps() => EqualAsync(
        both.All,
        (w, codes) => $"sum(sum_over_time((http_requests_total{{{codes}}} - http_requests_total{{{codes}}} offset 15s * (http_requests_total{{{codes}}} >= bool http_requests_total{{{codes}}} offset 15s))[{Seconds(w)}s:15s]))",
        at: Instant);

    /// <summary>
    /// <c>increase()</c> sees the samples in the window only. It takes what came between the first and the last of them, and multiplies it so that it would
    /// reach to the edges. The portal takes instead what really came up to the first one: it has seen the sample before.
    /// </summary>
    [Fact]
    public async Task InAsync_ByIncrease_DiffersByWhatPrometheusEstimatesAtTheEdges()
    {
        Assert.SkipUnless(ScrapedTwice.IsPossible, "prometheus is not installed; apt-get install prometheus runs this test.");
        var differ = 0;
        foreach (var (window, ours) in both.Windows.Zip(await both.CountsAsync(both.All)))
        {
            var theirs = await both.Prometheus.QueryAllAsync($"increase(http_requests_total[{Seconds(window)}s])", window.End - Instant, Ct);
            var (seen, plain) = (0d, 0d);
            foreach (var series in both.Series)
            {
                var inside = series.Samples.Where(s => window.Contains(s.At)).ToList();
                var before = series.Samples.LastOrDefault(s => s.At < window.Start);
                if (inside.Count > 0 && before.At != default)
                    seen += ScrapedSeries.Increase(before.Value, inside[0].Value);
                Assert.Equal(inside.Count > 1, theirs.TryGetValue(series.Labels, out var increase));
                if (inside.Count < 2)
                    continue;

                var between = inside.Zip(inside.Skip(1), (a, b) => ScrapedSeries.Increase(a.Value, b.Value)).Sum();
                var factor = Factor(inside, between, window.Start - Instant, window.End - Instant);
                Near(between * factor, increase, $"increase() of {series.Labels} in {window}");
                seen += increase / factor;
                plain += increase;
            }

            Near(seen, ours.Total, $"total of {window} without what Prometheus estimates");
            differ += Math.Abs(plain - ours.Total) > 1e-3 * ours.Total ? 1 : 0;
        }

        // Mostly the windows of a few minutes.
        Assert.InRange(differ, 6, both.Windows.Count - 6);
    }

    /// <summary>
    /// By how much Prometheus 2 multiplies what it has seen (promql/functions.go, extrapolatedRate): the whole window, where the next sample at each edge is as near as
    /// it should be; half an interval beyond the last sample, where the series seems to begin or to end in it; and never to before the counter was zero.
    /// </summary>
    private static double Factor(List<(DateTimeOffset At, double Value)> inside, double increase, DateTimeOffset start, DateTimeOffset end)
    {
        var sampled = (inside[^1].At - inside[0].At).TotalSeconds;
        var interval = sampled / (inside.Count - 1);
        var toStart = (inside[0].At - start).TotalSeconds;
        if (increase > 0)
            toStart = Math.Min(toStart, sampled * inside[0].Value / increase);
        return (sampled + Reach(toStart) + Reach((end - inside[^1].At).TotalSeconds)) / sampled;

        double Reach(double distance) => distance < interval * 1.1 ? distance : interval / 2;
    }

    /// <param name="sli">Whose windows are compared.</param>
    /// <param name="count">The events of a window with some codes, as PromQL.</param>
    /// <param name="at">When it is asked, from the end of the window.</param>
    private async Task EqualAsync(int sli, Func<Interval, string, string> count, TimeSpan at)
    {
        Assert.SkipUnless(ScrapedTwice.IsPossible, "prometheus is not installed; apt-get install prometheus runs this test.");
        var ratios = new HashSet<double>();
        foreach (var (window, ours) in both.Windows.Zip(await both.CountsAsync(sli)))
        {
            var (good, total) = (count(window, "code!=\"500\""), count(window, "job=\"shop\""));
            Near(await AskAsync(good), ours.Good, $"good of {window}");
            Near(await AskAsync(total), ours.Total, $"total of {window}");
            Near(await AskAsync($"{good} / {total}"), ours.Ratio!.Value, $"ratio of {window}");
            ratios.Add(ours.Ratio.Value);

            Task<double> AskAsync(string expression) => both.Prometheus.QueryAsync(expression, window.End + at, Ct);
        }

        // Windows that do not differ would prove nothing.
        Assert.True(ratios.Count > both.Windows.Count / 2, $"{ratios.Count} ratios of {both.Windows.Count} windows.");
    }

    private static void Near(double expected, double actual, string what) =>
        Assert.True(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected), $"{what}: {actual:R} is not {expected:R}.");

    private static long Seconds(Interval window) => (long)window.Length.TotalSeconds;
}
