using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Otlp;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp;
using SloPortal.Domain.Measurement;
using static SloPortal.Application.Tests.Measurement.Ingest.Otlp.OtlpRequests;
using Temporality = SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp.AggregationTemporality;

namespace SloPortal.Application.Tests.Measurement.Ingest.Otlp;

public class OtlpDecoderTests
{
    [Fact]
    public void TryDecode_CumulativeSum_IsACounterOfPrometheus() => Assert.Equal(
        [
            "http_server_requests_total{http_status_code=\"200\",instance=\"one\",job=\"web/shop\",ok=\"true\"} 7 at 5000 since 1000",
            "http_server_requests_total{instance=\"one\",job=\"web/shop\"} -3 at 6000",
        ],
        Decode(Of(Counter(
            "http.server.requests",
            Whole(5000, 7, 1000, Number("http.status_code", 200), new KeyValue { Key = "ok", Value = new AnyValue { BoolValue = true } }),
            Whole(6000, -3)))));

    [Fact]
    public void TryDecode_DeltaSum_SaysSoInALabel() =>
        Assert.Equal(["jobs_total{__temporality__=\"delta\",instance=\"one\",job=\"web/shop\"} 7.5 at 5000"], Decode(Of(Deltas("jobs", Point(5000, 7.5, 1000)))));

    [Fact]
    public void TryDecode_GaugeAndSumThatCanFall_HaveNoTotalAndNoStart() => Assert.Equal(
        ["disk_used_ratio{instance=\"one\",job=\"web/shop\"} 0.5 at 5000", "queue_bytes{instance=\"one\",job=\"web/shop\"} 9 at 5000"],
        Decode(Of(
            new Metric { Name = "disk.used", Unit = "1", Gauge = new Gauge { DataPoints = { Point(5000, 0.5, 1000) } } },
            new Metric { Name = "queue", Unit = "By", Sum = new Sum { AggregationTemporality = Temporality.Cumulative, DataPoints = { Whole(5000, 9, 1000) } } })));

    [Fact]
    public void TryDecode_Histogram_CountsUpToEachBound() => Assert.Equal(
        [
            "latency_seconds_count{} 6 at 5000 since 1000",
            "latency_seconds_sum{} 4.5 at 5000 since 1000",
            "latency_seconds_bucket{le=\"0.1\"} 1 at 5000 since 1000",
            "latency_seconds_bucket{le=\"2.5\"} 3 at 5000 since 1000",
            "latency_seconds_bucket{le=\"+Inf\"} 6 at 5000 since 1000",
        ],
        Decode(From([], Histogram("latency", Temporality.Cumulative, Buckets(5000, 4.5, [1, 2, 3], [0.1, 2.5], 1000)))));

    [Theory]
    [InlineData(5_000_200_000, 5_000_900_000, " since 4999")]
    [InlineData(5_000_900_000, 5_000_900_000, " since 5000")]
    [InlineData(5_000_900_000, 5_000_200_000, " since 5000")]
    public void TryDecode_StartWithinTheMillisecondOfThePoint_IsBeforeIt(ulong start, ulong time, string since) => Assert.Equal(
        [$"jobs_total{{instance=\"one\",job=\"web/shop\"}} 500 at 5000{since}"],
        Decode(Of(Counter("jobs", new NumberDataPoint { StartTimeUnixNano = start, TimeUnixNano = time, AsInt = 500 }))));

    [Fact]
    public void TryDecode_HistogramWithoutBucketsAndSum_HasACount() => Assert.Equal(
        ["latency_seconds_count{} 6 at 5000", "latency_seconds_bucket{le=\"+Inf\"} 6 at 5000"],
        Decode(From([], Histogram("latency", Temporality.Cumulative, new HistogramDataPoint { TimeUnixNano = 5_000_000_000, Count = 6 }))));

    [Fact]
    public void TryDecode_ExponentialHistogram_CountsUpToThePowersOfTwo()
    {
        // Scale 1: indices −2, −1 lie above 0.5 and up to 1, 0 and 1 up to 2.
        var lines = Decode(From([], Exponential("latency", Temporality.Delta, Scaled(5000, 1, -2, [1, 2, 4, 8], zero: 16, negative: [32]))));

        Assert.Equal(2 + ExponentialBuckets.Bounds.Length + 1, lines.Count);
        Assert.Contains("latency_seconds_count{__temporality__=\"delta\"} 63 at 5000", lines);
        Assert.Contains("latency_seconds_sum{__temporality__=\"delta\"} 1.5 at 5000", lines);
        Assert.Contains("latency_seconds_bucket{__temporality__=\"delta\",le=\"0.0009765625\"} 48 at 5000", lines);
        Assert.Contains("latency_seconds_bucket{__temporality__=\"delta\",le=\"0.5\"} 48 at 5000", lines);
        Assert.Contains("latency_seconds_bucket{__temporality__=\"delta\",le=\"1\"} 51 at 5000", lines);
        Assert.Contains("latency_seconds_bucket{__temporality__=\"delta\",le=\"2\"} 63 at 5000", lines);
        Assert.Contains("latency_seconds_bucket{__temporality__=\"delta\",le=\"1073741824\"} 63 at 5000", lines);
        Assert.Contains("latency_seconds_bucket{__temporality__=\"delta\",le=\"+Inf\"} 63 at 5000", lines);
    }

    [Fact]
    public void TryDecode_Summary_HasQuantilesAndTotals() => Assert.Equal(
        ["gc_count{} 3 at 5000", "gc_sum{} 2 at 5000", "gc{quantile=\"0.5\"} 0.1 at 5000"],
        Decode(From([], new Metric
        {
            Name = "gc",
            Summary = new Summary
            {
                DataPoints = { new SummaryDataPoint { TimeUnixNano = 5_000_000_000, Count = 3, Sum = 2, QuantileValues = { new SummaryDataPoint.Types.ValueAtQuantile { Quantile = 0.5, Value = 0.1 } } } },
            },
        })));

    [Fact]
    public void TryDecode_NoRecordedValue_EndsTheSeries()
    {
        var point = Point(5000, 1);
        point.Flags = 1;
        Assert.Equal(["jobs_total{instance=\"one\",job=\"web/shop\"} NaN at 5000"], Decode(Of(Counter("jobs", point))));
    }

    [Fact]
    public void TryDecode_AttributesThatBecomeOneLabel_AreJoinedInTheOrderOfTheirKeys() => Assert.Equal(
        ["jobs_total{a_b=\"2;1;3\",instance=\"one\",job=\"web/shop\",key_9=\"x\",key_x=\"y\"} 1 at 5000"],
        Decode(Of(Counter("jobs", Point(5000, 1, 0, Text("a_b", "3"), Text("a.b", "1"), Text("a-b", "2"), Text("9", "x"), Text("_x", "y"), Text("job", "mine"))))));

    [Fact]
    public void TryDecode_AttributesOfEveryKind_BecomeText() => Assert.Equal(
        ["jobs_total{a=\"[1,\\\"x\\\",{\\\"k\\\":false}]\",b=\"AQI=\",d=\"0.1\",i=\"-9223372036854775808\"} 1 at 5000"],
        Decode(From([], Counter("jobs", Point(
            5000, 1, 0,
            new KeyValue { Key = "d", Value = new AnyValue { DoubleValue = 0.1 } },
            Number("i", long.MinValue),
            new KeyValue { Key = "b", Value = new AnyValue { BytesValue = ByteString.CopyFrom(1, 2) } },
            new KeyValue
            {
                Key = "a",
                Value = new AnyValue
                {
                    ArrayValue = new ArrayValue
                    {
                        Values =
                        {
                            new AnyValue { IntValue = 1 }, new AnyValue { StringValue = "x" },
                            new AnyValue { KvlistValue = new KeyValueList { Values = { new KeyValue { Key = "k", Value = new AnyValue { BoolValue = false } } } } },
                        },
                    },
                },
            })))));

    [Fact]
    public void TryDecode_PointsThatCannotBeCounted_AreRefusedOneByOne()
    {
        var request = From(
            [],
            Sum("a", true, Temporality.Unspecified, Point(1, 1), Point(2, 1)),
            Sum("b", false, Temporality.Delta, Point(1, 1)),
            Histogram("c", Temporality.Cumulative, Buckets(1, 1, [1, 2], [1, 2, 3]), Buckets(1, 1, [1, 2, 3], [2, 1])),
            Exponential("d", Temporality.Delta, Scaled(1, -2, 0, [5])),
            Exponential("e", Temporality.Delta, Scaled(1, 99, 0, [5])),
            Counter("f", Point(5000, 1)));
        foreach (var write in Both(request))
        {
            using (write)
            {
                Assert.Equal(
                    [(SampleRefusal.Temporality, 3), (SampleRefusal.CoarseHistogram, 3), (SampleRefusal.BrokenHistogram, 3)],
                    write.Tally.Refusals());
                Assert.Equal(7, write.RejectedPoints);
                Assert.Contains("f_total{} 1 at 5000", Lines(write));
            }
        }
    }

    [Theory]
    [InlineData("requests", "1", "requests_total")]
    [InlineData("requests_total", "", "requests_total")]
    [InlineData("io.total.bytes", "By", "io_bytes_total")]
    [InlineData("latency", "ms", "latency_milliseconds_total")]
    [InlineData("throughput", "By/s", "throughput_bytes_per_second_total")]
    [InlineData("9 lives!", "{lives}", "_9_lives_total")]
    [InlineData("a::b..c", "foo/{x}", "a::b_c_foo_total")]
    [InlineData("größe", "", "gr_e_total")]
    public void TryDecode_Names_AreThoseOfPrometheus(string name, string unit, string expected)
    {
        var metric = Counter(name, Point(5000, 1));
        metric.Unit = unit;
        Assert.Equal([expected + "{} 1 at 5000"], Decode(From([], metric)));
    }

    [Fact]
    public void TryDecode_Gzip_IsDecompressedAsFarAsTheLimitAllows()
    {
        var request = Of(Counter("jobs", [.. Enumerable.Range(1, 50).Select(i => Point(i, i))])).ToByteArray();
        var body = Gzip(request);

        Assert.True(OtlpDecoder.TryDecode(body, OtlpEncoding.Protobuf, gzip: true, 1, new WriteLimits(), out var write, out _));
        write.Dispose();
        Assert.False(OtlpDecoder.TryDecode(body, OtlpEncoding.Protobuf, gzip: true, 1, new WriteLimits(request.Length - 1), out _, out var problem));
        Assert.Equal(WriteFault.TooLarge, problem.Fault);
        Assert.False(OtlpDecoder.TryDecode(request, OtlpEncoding.Protobuf, gzip: true, 1, new WriteLimits(), out _, out problem));
        Assert.Equal(WriteFault.Malformed, problem.Fault);
        Assert.False(OtlpDecoder.TryDecode(Array.Empty<byte>(), OtlpEncoding.Protobuf, gzip: true, 1, new WriteLimits(), out _, out problem));
        Assert.Equal(WriteFault.Malformed, problem.Fault);
    }

    [Fact]
    public void TryDecode_MoreSamplesThanTheLimit_IsTooLarge()
    {
        var request = Of(Histogram("latency", Temporality.Delta, Buckets(1, 1, [1, 2], [1])));
        Assert.False(OtlpDecoder.TryDecode(request.ToByteArray(), OtlpEncoding.Protobuf, gzip: false, 1, new WriteLimits(MaxSamples: 3), out _, out var problem));
        Assert.Equal(WriteFault.TooLarge, problem.Fault);
    }

    [Theory]
    [InlineData("0A05")]
    [InlineData("0A021205")]
    [InlineData("0A040A000A00")]
    [InlineData("0B")]
    [InlineData("68656C6C6F")]
    public void TryDecode_NoRequest_SaysSo(string hex)
    {
        Assert.False(OtlpDecoder.TryDecode(Convert.FromHexString(hex), OtlpEncoding.Protobuf, gzip: false, 1, new WriteLimits(), out _, out var problem));
        Assert.StartsWith("The body is not an ExportMetricsServiceRequest", problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"resourceMetrics\":[1]}")]
    [InlineData("{\"resourceMetrics\":[]} x")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":5}]}]}]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"dataPoints\":[{\"timeUnixNano\":\"-1\"}]}}]}]}]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"\\ud800\"}]}]}]}")]
    public void TryDecode_NoJsonRequest_SaysSo(string json)
    {
        Assert.False(OtlpDecoder.TryDecode(Encoding.UTF8.GetBytes(json), OtlpEncoding.Json, gzip: false, 1, new WriteLimits(), out _, out var problem));
        Assert.StartsWith("The body is not an ExportMetricsServiceRequest in JSON", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_JsonOfOtherSenders_IsRead()
    {
        const string Json = """
            {"extra":{"a":[1]},"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"jobs","sum":{
              "aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE","isMonotonic":true,"dataPoints":[{"asInt":12,"timeUnixNano":5000000000,"attributes":null}]}}]}]}]}
            """;
        Assert.True(OtlpDecoder.TryDecode(Encoding.UTF8.GetBytes(Json), OtlpEncoding.Json, gzip: false, 1, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        Assert.Equal(["jobs_total{} 12 at 5000"], Lines(write));
        write.Dispose();
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>What both encodings give, which is the same.</summary>
    private static IReadOnlyList<string> Decode(ExportMetricsServiceRequest request)
    {
        var lines = Both(request).Select(write =>
        {
            using (write)
            {
                return Lines(write);
            }
        }).ToArray();
        Assert.Equal(lines[0], lines[1]);
        return lines[0];
    }

    private static IEnumerable<DecodedWrite> Both(ExportMetricsServiceRequest request)
    {
        Assert.True(OtlpDecoder.TryDecode(request.ToByteArray(), OtlpEncoding.Protobuf, gzip: false, 1, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        yield return write;
        Assert.True(OtlpDecoder.TryDecode(request.ToJson(), OtlpEncoding.Json, gzip: false, 1, new WriteLimits(), out write, out problem), problem?.Sentence);
        yield return write;
    }

    private static IReadOnlyList<string> Lines(DecodedWrite write) => DecodedText.Of(write);
}
