using System.Globalization;
using SloPortal.TestSupport;
using SloPortal.TestSupport.Live;

namespace SloPortal.Benchmarks;

/// <summary>
/// (f) Fifty people on one incident over two portals of one database, ten entries a second for a minute, one portal killed in its midst:
/// how soon each entry is drawn on each open page. The pages are circuits of the real program; what a browser takes to paint comes on top.
/// </summary>
internal static class TimelineLive
{
    private const int People = 50;

    public static async Task RunAsync()
    {
        var database = await TestPostgres.CreateDatabaseAsync(CancellationToken.None);
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/SloPortal.Web/bin/Release/net10.0/sloportal.dll"));
        var result = await new TimelineCrowd(program, database).RunAsync(People, TimeSpan.FromMinutes(1), CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Entries} entries, {result.Readers} pages, {result.Reopened} opened anew at the other portal; seen {result.Seconds.Count:N0} times after p50 {result.Quantile(0.5):0.00} s, p95 {result.Quantile(0.95):0.00} s, p99 {result.Quantile(0.99):0.00} s, most {result.Seconds.Max():0.00} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"lost: {result.Entries - result.Written.Distinct().Count()}, doubled: {result.Written.Count - result.Written.Distinct().Count()}, never seen by somebody: {result.Unseen.Count}"));
        await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
    }
}
