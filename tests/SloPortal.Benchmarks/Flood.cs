using System.Globalization;
using SloPortal.TestSupport.Live;

namespace SloPortal.Benchmarks;

/// <summary>
/// Ten thousand alerts in ten seconds on two portals: how soon whoever must know is told, undisturbed, and with one portal killed and the
/// database restarted in the midst. Target: p99 at most 5 s of the portal's own time.
/// </summary>
internal static class Flood
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "sloportal.dll");

    public static async Task RunAsync()
    {
        foreach (var breaks in (bool[])[false, true])
        {
            var result = await new AlertFlood(Program).RunAsync(breaks, CancellationToken.None);
            Print($"{(breaks ? "A portal killed, the database restarted" : "Undisturbed")}: {result.Ledger:N0} of {AlertFlood.Alerts:N0} alerts stand once in the ledger, refused {result.Refused}; {result.Pages.Values.Sum()} pages of {AlertFlood.Services} services");
            Print($"  notices {result.Notices.Count}, delivered more than once {result.Notices.Values.Count(times => times > 1)}");
            Print($"  from alert to notice: {Figures(result.Seconds)}; without the time in which the database was away: {Figures(result.OwnSeconds)}; target p99 at most 5 s");
        }
    }

    private static string Figures(IReadOnlyList<double> seconds) => string.Create(CultureInfo.InvariantCulture,
        $"p50 {FloodResult.Quantile(seconds, 0.5):0.00} s, p95 {FloodResult.Quantile(seconds, 0.95):0.00} s, p99 {FloodResult.Quantile(seconds, 0.99):0.00} s, most {seconds.Max():0.00} s");

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
