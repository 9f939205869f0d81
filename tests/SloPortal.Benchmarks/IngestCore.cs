using System.Diagnostics;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Otlp;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Benchmarks;

/// <summary>CPU seconds for a million samples: decoding, the series table, the minutes and the log row, without a database.</summary>
internal static class IngestCore
{
    private const int Samples = 1_000_000;
    private const int RequestsPerGroup = 10;
    private const long Start = 1_700_000_000_000;

    public static void Run()
    {
        Console.WriteLine("protocol           series    decode   table+log   checkpoint   log bytes/sample   CPU s per million samples");
        foreach (var series in (int[])[5_000, 5_000, 100_000])
        {
            Measure("remote write 1.0", series, ScrapeBodies.Make(series, Math.Max(series, 20_000), Start - 15_000), ScrapeBodies.Make(series, Samples, Start), Written);
            Measure("OTLP", series, OtlpBodies.Make(series, Math.Max(series, 20_000), Start - 15_000), OtlpBodies.Make(series, Samples, Start), Exported);
        }
    }

    private static DecodedWrite Written(byte[] body) => RemoteWriteDecoder.TryDecode(body, 1, new WriteLimits(), out var write, out var problem)
        ? write
        : throw new InvalidOperationException(problem.Sentence);

    private static DecodedWrite Exported(byte[] body) => OtlpDecoder.TryDecode(body, OtlpEncoding.Protobuf, gzip: false, 1, new WriteLimits(), out var write, out var problem)
        ? write
        : throw new InvalidOperationException(problem.Sentence);

    private static void Measure(string protocol, int series, List<byte[]> warm, List<byte[]> bodies, Func<byte[], DecodedWrite> read)
    {
        var table = new SeriesTable(new SeriesLimits(), new LabelLimits());
        table.UseSlis(new SliSet(Enumerable.Range(0, 20).Select(i => new ReadSli(
            i, null, new CounterRatio(
                null,
                SeriesSelector.Parse($"http_requests_total{{job=\"service-{i}\",code=~\"5..\"}}"),
                SeriesSelector.Parse($"http_requests_total{{job=\"service-{i}\"}}"))))));
        var rules = new SampleRules(0, long.MaxValue);
        Run(table, warm, read, rules, out _, out _, out _);
        var before = Cpu();
        Run(table, bodies, read, rules, out var decode, out var fold, out var bytes);
        var cpu = Cpu() - before;
        var watch = Stopwatch.StartNew();
        var checkpoint = table.Checkpoint().Sum(c => (long)c.Length);
        Console.WriteLine(
            $"{protocol,-16}  {series,7}  {decode.TotalSeconds,6:0.000} s  {fold.TotalSeconds,8:0.000} s  {watch.Elapsed.TotalMilliseconds,6:0} ms"
            + $"  {bytes / (double)Samples,17:0.0}   {cpu.TotalSeconds,10:0.000}   ({checkpoint / 1024} KiB checkpoint)");
    }

    private static void Run(
        SeriesTable table, List<byte[]> bodies, Func<byte[], DecodedWrite> read, SampleRules rules, out TimeSpan decode, out TimeSpan fold, out long logBytes)
    {
        var group = new IngestGroup();
        (decode, fold, logBytes) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        foreach (var requests in bodies.Chunk(RequestsPerGroup))
        {
            var started = Stopwatch.GetTimestamp();
            var writes = new List<DecodedWrite>();
            foreach (var body in requests)
            {
                writes.Add(read(body));
            }

            decode += Stopwatch.GetElapsedTime(started);
            started = Stopwatch.GetTimestamp();
            foreach (var write in writes)
            {
                table.Fold(write, rules, group);
                write.Dispose();
            }

            logBytes += group.Log.Row().Length;
            _ = group.Minutes.InOrder();
            group.Clear();
            fold += Stopwatch.GetElapsedTime(started);
        }
    }

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;
}
