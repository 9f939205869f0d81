using System.Globalization;
using System.Text;
using Google.Protobuf;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Otlp;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Tests.Measurement.Ingest.Otlp;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp;
using SloPortal.Domain.Measurement;
using static SloPortal.Application.Tests.Measurement.Ingest.Otlp.OtlpRequests;
using Temporality = SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp.AggregationTemporality;

namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>OTLP, compared with a plain count over what Google's own code reads of the same bytes.</summary>
internal static class OtlpFuzz
{
    private static readonly WriteLimits Limits = new(256 * 1024, 10_000);

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private static readonly ExportMetricsServiceRequest[] Requests =
    [
        Of(Counter("http.requests", Whole(5000, 7, 1000, Number("code", 200)), Point(6000, 8.5, 1000, Text("a.b", "x"), Text("a_b", "y")))),
        Of(Deltas("jobs", Point(5000, 7)), new Metric { Name = "g", Unit = "1", Gauge = new Gauge { DataPoints = { Point(1, 2) } } }),
        Of(Histogram("latency", Temporality.Cumulative, Buckets(5000, 4.5, [1, 2, 3], [0.1, 2.5], 1000))),
        From([("service.name", "b")], Exponential("latency", Temporality.Delta, Scaled(5000, 1, -2, [1, 2, 4, 8], zero: 16, negative: [32]))),
        Of(new Metric
        {
            Name = "s",
            Summary = new Summary { DataPoints = { new SummaryDataPoint { TimeUnixNano = 5_000_000_000, Count = 3, QuantileValues = { new SummaryDataPoint.Types.ValueAtQuantile { Quantile = 0.5, Value = 1 } } } } },
        }),
    ];

    public static FuzzTarget Protobuf { get; } = new(
        "OTLP protobuf", [.. Requests.Select(r => r.ToByteArray())],
        body => Read(body, OtlpEncoding.Protobuf, gzip: false),
        body => Plain(() => ExportMetricsServiceRequest.Parser.ParseFrom(body)));

    public static FuzzTarget Gzip { get; } = new(
        "OTLP gzip", [.. Requests.Select(r => r.ToByteArray())],
        body => Read(body, OtlpEncoding.Protobuf, gzip: true),
        body => Plain(() => ExportMetricsServiceRequest.Parser.ParseFrom(body)),
        OtlpDecoderTests.Gzip);

    public static FuzzTarget Json { get; } = new(
        "OTLP JSON", [.. Requests.Select(r => r.ToJson())],
        body => Read(body, OtlpEncoding.Json, gzip: false),
        body => Plain(() => Parser.Parse<ExportMetricsServiceRequest>(new UTF8Encoding(false, true).GetString(body))));

    private static string? Read(byte[] body, OtlpEncoding encoding, bool gzip)
    {
        if (!OtlpDecoder.TryDecode(body, encoding, gzip, 1, Limits, out var write, out _))
        {
            return null;
        }

        using (write)
        {
            var text = string.Join('\n', write.Slots.ToArray().Select(s => (s.Point, Sample: write.SamplesOf(s)[0])).Select(s => Line(s.Point, s.Sample.Time, s.Sample.Value)));
            new SeriesTable(new SeriesLimits(), new LabelLimits()).Fold(write, new SampleRules(0, long.MaxValue / 2), new IngestGroup());
            Assert.Equal(write.Tally.Arrived, write.Tally.Unmatched + write.Tally.Duplicates + write.Tally.Refusals().Sum(r => r.Count));
            return text;
        }
    }

    private static string? Plain(Func<ExportMetricsServiceRequest> parse)
    {
        try
        {
            var lines = new List<string>();
            var point = 0;
            foreach (var metric in parse().ResourceMetrics.SelectMany(r => r.ScopeMetrics).SelectMany(s => s.Metrics))
            {
                foreach (var (time, values) in PointsOf(metric))
                {
                    point++;
                    lines.AddRange(values.Select(v => Line(point, (long)(time / 1_000_000), v)));
                }
            }

            return string.Join('\n', lines);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or DecoderFallbackException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static IEnumerable<(ulong Time, IEnumerable<double> Values)> PointsOf(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(p => (p.TimeUnixNano, NumberOf(p))),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(p => (p.TimeUnixNano,
            metric.Sum.AggregationTemporality == Temporality.Cumulative || (metric.Sum is { IsMonotonic: true, AggregationTemporality: Temporality.Delta }) ? NumberOf(p) : [])),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(p => (p.TimeUnixNano, Counted(metric.Histogram.AggregationTemporality) ? HistogramOf(p) : [])),
        Metric.DataOneofCase.ExponentialHistogram =>
            metric.ExponentialHistogram.DataPoints.Select(p => (p.TimeUnixNano, Counted(metric.ExponentialHistogram.AggregationTemporality) ? (IEnumerable<double>)ExponentialOf(p) : [])),
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Select(p => (p.TimeUnixNano,
            (p.Flags & 1) != 0 ? [double.NaN] : (IEnumerable<double>)[p.Count, p.Sum, .. p.QuantileValues.Select(q => q.Value)])),
        _ => [],
    };

    private static bool Counted(Temporality temporality) => temporality is Temporality.Cumulative or Temporality.Delta;

    private static IEnumerable<double> NumberOf(NumberDataPoint p) =>
        [(p.Flags & 1) != 0 ? double.NaN : p.ValueCase switch { NumberDataPoint.ValueOneofCase.AsDouble => p.AsDouble, NumberDataPoint.ValueOneofCase.AsInt => p.AsInt, _ => double.NaN }];

    private static IEnumerable<double> HistogramOf(HistogramDataPoint p)
    {
        if ((p.Flags & 1) != 0)
        {
            return [double.NaN];
        }

        var (bounds, counts) = (p.ExplicitBounds, p.BucketCounts.Select(c => (double)c).ToArray());
        var fits = (bounds.Count == 0 && counts.Length == 0)
            || (counts.Length == bounds.Count + 1 && bounds.All(double.IsFinite) && bounds.Zip(bounds.Skip(1)).All(b => b.First < b.Second) && counts.Sum() - counts[^1] <= p.Count);
        return fits
            ? [p.Count, .. p.HasSum ? [p.Sum] : (double[])[], .. bounds.Select((_, i) => counts.Take(i + 1).Sum()), p.Count]
            : [];
    }

    /// <summary>Each bucket for itself: its upper end is base^(index + 1), which for a power of two is a comparison of exponents.</summary>
    private static List<double> ExponentialOf(ExponentialHistogramDataPoint p)
    {
        if ((p.Flags & 1) != 0)
        {
            return [double.NaN];
        }

        var positive = (p.Positive?.BucketCounts ?? []).Select((count, i) => (Index: (long)(p.Positive?.Offset ?? 0) + i, Count: (double)count)).ToArray();
        var below = (p.Negative?.BucketCounts ?? []).Sum(c => (double)c);
        if (p.Scale is < -10 or > 20 || double.IsNaN(p.ZeroThreshold) || below + p.ZeroCount + positive.Sum(b => b.Count) > p.Count)
        {
            return [];
        }

        var values = new List<double> { p.Count };
        if (p.HasSum)
        {
            values.Add(p.Sum);
        }

        for (var exponent = -10; exponent <= 30; exponent++)
        {
            var upper = IndexOf(exponent);
            var known = (p.ZeroCount == 0 || p.ZeroThreshold <= Math.ScaleB(1, exponent)) && !positive.Any(b => b.Count > 0 && b.Index < upper && b.Index + 1 > upper);
            if (known)
            {
                values.Add(positive.Where(b => b.Index + 1 <= upper).Aggregate(below, (sum, b) => sum + b.Count) + p.ZeroCount);
            }
        }

        values.Add(p.Count);
        return values;

        // The index at which the power of two lies, which between two buckets is no whole number.
        decimal IndexOf(int exponent) => p.Scale >= 0 ? exponent * (decimal)(1L << p.Scale) : exponent / (decimal)(1L << -p.Scale);
    }

    private static string Line(int point, long time, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{point} {time} {(double.IsNaN(value) ? "NaN" : BitConverter.DoubleToInt64Bits(value).ToString("X", CultureInfo.InvariantCulture))}");
}
