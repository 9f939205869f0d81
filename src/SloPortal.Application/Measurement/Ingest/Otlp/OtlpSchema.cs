namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>How a field is written in Protocol Buffers, and what stands for it in JSON.</summary>
internal enum FieldKind
{
    Message,
    Text,
    Base64,
    Bool,
    Int64,
    UInt64,
    SInt32,
    Fixed64,
    SFixed64,
    Double,
    Temporality,
}

/// <summary>A field that is read; all others are passed over.</summary>
internal sealed record OtlpField(string Name, int Number, FieldKind Kind, OtlpMessage? Of = null, bool Repeated = false)
{
    public byte[] Utf8Name { get; } = System.Text.Encoding.ASCII.GetBytes(Name);
}

/// <summary>The fields of a message that are read.</summary>
internal sealed class OtlpMessage
{
    public OtlpField[] Fields { get; private set; } = [];

    /// <summary>An <c>ExportMetricsServiceRequest</c>, as opentelemetry/proto/collector/metrics/v1 and metrics/v1 define it.</summary>
    public static OtlpMessage Request { get; } = Build();

    private static OtlpMessage Of(params OtlpField[] fields) => new() { Fields = fields };

    private static OtlpMessage Build()
    {
        var any = new OtlpMessage();
        var attribute = Of(new("key", 1, FieldKind.Text), new("value", 2, FieldKind.Message, any));
        any.Fields =
        [
            new("stringValue", 1, FieldKind.Text), new("boolValue", 2, FieldKind.Bool), new("intValue", 3, FieldKind.Int64), new("doubleValue", 4, FieldKind.Double),
            new("arrayValue", 5, FieldKind.Message, Of(Many("values", 1, any))),
            new("kvlistValue", 6, FieldKind.Message, Of(Many("values", 1, attribute))), new("bytesValue", 7, FieldKind.Base64),
        ];
        OtlpField Attributes(int number) => Many("attributes", number, attribute);
        OtlpField[] times = [new("startTimeUnixNano", 2, FieldKind.Fixed64), new("timeUnixNano", 3, FieldKind.Fixed64)];
        OtlpField[] totals = [.. times, new("count", 4, FieldKind.Fixed64), new("sum", 5, FieldKind.Double)];
        var number = Of(
            [.. times, new("asDouble", 4, FieldKind.Double), new("asInt", 6, FieldKind.SFixed64), Attributes(7), new("flags", 8, FieldKind.UInt64)]);
        var histogram = Of(
            [.. totals, new("bucketCounts", 6, FieldKind.Fixed64, Repeated: true), new("explicitBounds", 7, FieldKind.Double, Repeated: true), Attributes(9), new("flags", 10, FieldKind.UInt64)]);
        var buckets = Of(new("offset", 1, FieldKind.SInt32), new("bucketCounts", 2, FieldKind.UInt64, Repeated: true));
        var exponential = Of(
        [
            .. totals, Attributes(1), new("scale", 6, FieldKind.SInt32), new("zeroCount", 7, FieldKind.Fixed64),
            new("positive", 8, FieldKind.Message, buckets), new("negative", 9, FieldKind.Message, buckets), new("flags", 10, FieldKind.UInt64), new("zeroThreshold", 14, FieldKind.Double),
        ]);
        var quantile = Of(new("quantile", 1, FieldKind.Double), new("value", 2, FieldKind.Double));
        var summary = Of(
            [.. totals, Many("quantileValues", 6, quantile), Attributes(7), new("flags", 8, FieldKind.UInt64)]);
        var metric = Of(
            new("name", 1, FieldKind.Text),
            new("unit", 3, FieldKind.Text),
            new("gauge", 5, FieldKind.Message, Of(Points(number))),
            new("sum", 7, FieldKind.Message, Of(Points(number), Temporality, new("isMonotonic", 3, FieldKind.Bool))),
            new("histogram", 9, FieldKind.Message, Of(Points(histogram), Temporality)),
            new("exponentialHistogram", 10, FieldKind.Message, Of(Points(exponential), Temporality)),
            new("summary", 11, FieldKind.Message, Of(Points(summary))));
        var resource = Of(Attributes(1));
        var scope = Of(Many("metrics", 2, metric));
        return Of(Many("resourceMetrics", 1, Of(new("resource", 1, FieldKind.Message, resource), Many("scopeMetrics", 2, scope))));
    }

    private static OtlpField Temporality => new("aggregationTemporality", 2, FieldKind.Temporality);

    private static OtlpField Points(OtlpMessage of) => Many("dataPoints", 1, of);

    private static OtlpField Many(string name, int number, OtlpMessage of) => new(name, number, FieldKind.Message, of, Repeated: true);
}
