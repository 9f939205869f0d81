using System.Diagnostics;
using System.Globalization;
using static SloPortal.Benchmarks.ArchiveBench;

namespace SloPortal.Benchmarks;

/// <summary>
/// How well and how quickly the archive is searched. Well: every public postmortem of a folder by its own summary, once with the summary
/// among what is searched and once without. Quickly: the whole operation, with who may see what, facets and highlights, over 100,000
/// generated postmortems, in turns with PostgreSQL's bare query: the same words, <c>ts_rank</c>, the first 20.
/// </summary>
internal static class Archive
{
    private const int Postmortems = 100_000;
    private const int Rounds = 15;

    public static async Task RunAsync(string? folder)
    {
        await using var bench = await StartAsync();
        await QualityAsync(bench, folder ?? Path.Combine("..", "shared", "data", "postmortems", "curated"));
        await SpeedAsync(bench);
    }

    private static async Task QualityAsync(ArchiveBench bench, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.WriteLine($"There is no folder {folder} of postmortems, so quality is not measured. Give one: benchmarks archive FOLDER");
            return;
        }
        var report = await bench.ImportAsync(folder);
        var summaries = await bench.SummariesAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Files.Count} files, {report.Count(Application.Reviews.Archive.Import.ImportFate.Refused)} refused, {summaries.Count} with a summary to search by (BM25: 86 % first, 97 % among five)"));
        await MeasureAsync("title, summary and text");
        await bench.ForgetSummariesAsync();
        await MeasureAsync("title and text only    ");

        async Task MeasureAsync(string searched)
        {
            var (first, five) = (0, 0);
            foreach (var (number, summary) in summaries)
            {
                var place = (await bench.SearchAsync(summary)).ToList().IndexOf(number);
                first += place == 0 ? 1 : 0;
                five += place is >= 0 and < 5 ? 1 : 0;
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{searched}  first {100.0 * first / summaries.Count:0.0} %  among the first five {100.0 * five / summaries.Count:0.0} %"));
        }
    }

    private static async Task SpeedAsync(ArchiveBench bench)
    {
        var filling = Stopwatch.StartNew();
        await bench.FillAsync(Postmortems);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Postmortems:N0} postmortems generated in {filling.Elapsed.TotalSeconds:0} s"));
        Console.WriteLine("query               bare ms  portal ms  portal ÷ bare");
        var random = new Random(11);
        int Near(int rank) => random.Next(rank * 9 / 10, rank * 11 / 10);
        (string Name, bool Any, Func<string> Make)[] kinds =
        [
            ("a frequent word", false, () => Word(Near(60))),
            ("a usual word", false, () => Word(Near(600))),
            ("a rare word", false, () => Word(Near(20_000))),
            ("two words", false, () => $"{Word(Near(60))} {Word(Near(200))}"),
            ("a phrase", false, () => $"\"{Word(Near(20))} {Word(Near(30))}\""),
            ("alternatives", false, () => $"{Word(Near(200))} OR {Word(Near(300))}"),
            ("an exclusion", false, () => $"{Word(Near(200))} -{Word(Near(60))}"),
            ("a sentence", true, () => string.Join(' ', Enumerable.Range(0, 30).Select(_ => Word((int)Math.Exp(random.NextDouble() * Math.Log(60_000)))))),
        ];
        var (bareSum, portalSum) = (0.0, 0.0);
        foreach (var (name, any, make) in kinds)
        {
            var queries = Enumerable.Range(0, Rounds).Select(_ => make()).ToList();
            // Once each before, for the caches of both and the plans.
            await bench.BareAsync(queries[0], any);
            await bench.SearchAsync(queries[0]);
            var (bare, portal) = (new List<double>(), new List<double>());
            foreach (var query in queries)
            {
                bare.Add(await TimeAsync(() => bench.BareAsync(query, any)));
                portal.Add(await TimeAsync(() => bench.SearchAsync(query)));
            }
            bareSum += bare.Sum();
            portalSum += portal.Sum();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-18}  {Median(bare),7:0.0}  {Median(portal),9:0.0}  {Median(portal) / Median(bare),13:0.00}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all",-18}  {bareSum,7:0}  {portalSum,9:0}  {portalSum / bareSum,13:0.00}"));
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
