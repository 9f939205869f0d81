using Google.Protobuf;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp;

namespace SloPortal.Application.Tests.Measurement.Ingest.Otlp;

/// <summary>Makes OTLP requests with Google's own code, in both encodings.</summary>
internal static class OtlpRequests
{
    private const ulong Nanoseconds = 1_000_000;

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));

    public static byte[] ToJson(this ExportMetricsServiceRequest request) => System.Text.Encoding.UTF8.GetBytes(Json.Format(request));

    public static ExportMetricsServiceRequest Of(params Metric[] metrics) => From([("service.name", "shop"), ("service.namespace", "web"), ("service.instance.id", "one")], metrics);

    public static ExportMetricsServiceRequest From((string Key, string Value)[] resource, params Metric[] metrics) => new()
    {
        ResourceMetrics =
        {
            new ResourceMetrics
            {
                Resource = new Resource { Attributes = { resource.Select(r => Text(r.Key, r.Value)) } },
                ScopeMetrics = { new ScopeMetrics { Scope = new InstrumentationScope { Name = "tests" }, Metrics = { metrics } } },
            },
        },
    };

    public static Metric Sum(string name, bool monotonic, AggregationTemporality temporality, params NumberDataPoint[] points) =>
        new() { Name = name, Unit = "{request}", Description = "x", Sum = new Sum { IsMonotonic = monotonic, AggregationTemporality = temporality, DataPoints = { points } } };

    public static Metric Counter(string name, params NumberDataPoint[] points) => Sum(name, true, AggregationTemporality.Cumulative, points);

    public static Metric Deltas(string name, params NumberDataPoint[] points) => Sum(name, true, AggregationTemporality.Delta, points);

    /// <param name="time">Milliseconds since 1970.</param>
    /// <param name="value">The value.</param>
    /// <param name="start">Milliseconds since 1970; 0 for not said.</param>
    /// <param name="attributes">Its attributes.</param>
    public static NumberDataPoint Point(long time, double value, long start = 0, params KeyValue[] attributes) =>
        new() { TimeUnixNano = (ulong)time * Nanoseconds, StartTimeUnixNano = (ulong)start * Nanoseconds, AsDouble = value, Attributes = { attributes } };

    public static NumberDataPoint Whole(long time, long value, long start = 0, params KeyValue[] attributes) =>
        new() { TimeUnixNano = (ulong)time * Nanoseconds, StartTimeUnixNano = (ulong)start * Nanoseconds, AsInt = value, Attributes = { attributes } };

    public static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    public static KeyValue Number(string key, long value) => new() { Key = key, Value = new AnyValue { IntValue = value } };

    public static Metric Histogram(string name, AggregationTemporality temporality, params HistogramDataPoint[] points) =>
        new() { Name = name, Unit = "s", Histogram = new Histogram { AggregationTemporality = temporality, DataPoints = { points } } };

    public static HistogramDataPoint Buckets(long time, double sum, ulong[] counts, double[] bounds, long start = 0) => new()
    {
        TimeUnixNano = (ulong)time * Nanoseconds,
        StartTimeUnixNano = (ulong)start * Nanoseconds,
        Count = counts.Aggregate(0UL, (a, b) => a + b),
        Sum = sum,
        BucketCounts = { counts },
        ExplicitBounds = { bounds },
    };

    public static Metric Exponential(string name, AggregationTemporality temporality, params ExponentialHistogramDataPoint[] points) =>
        new() { Name = name, Unit = "s", ExponentialHistogram = new ExponentialHistogram { AggregationTemporality = temporality, DataPoints = { points } } };

    public static ExponentialHistogramDataPoint Scaled(long time, int scale, int offset, ulong[] counts, ulong zero = 0, ulong[]? negative = null) => new()
    {
        TimeUnixNano = (ulong)time * Nanoseconds,
        Count = counts.Concat(negative ?? []).Aggregate(zero, (a, b) => a + b),
        Sum = 1.5,
        Scale = scale,
        ZeroCount = zero,
        Positive = new ExponentialHistogramDataPoint.Types.Buckets { Offset = offset, BucketCounts = { counts } },
        Negative = negative is null ? null : new ExponentialHistogramDataPoint.Types.Buckets { Offset = 0, BucketCounts = { negative } },
    };
}
