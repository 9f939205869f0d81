namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>
/// Walks an <c>ExportMetricsServiceRequest</c> (opentelemetry/proto/metrics/v1/metrics.proto): <c>resource_metrics = 1</c> with
/// <c>resource = 1</c> and <c>scope_metrics = 2</c>, these with <c>metrics = 2</c>, each with <c>name = 1</c>, <c>unit = 3</c> and one of
/// <c>gauge = 5</c>, <c>sum = 7</c>, <c>histogram = 9</c>, <c>exponential_histogram = 10</c> and <c>summary = 11</c>. What stands before what is not
/// said, so each message is looked through for its head before its parts are read. Unknown fields are skipped; a part that may be there once and is there
/// twice makes the request unreadable.
/// </summary>
internal ref struct OtlpScanner
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly OtlpSeries _series;
    private readonly OtlpPoints _points;
    private int _failedAt;

    private OtlpScanner(ReadOnlySpan<byte> data, OtlpSeries series)
    {
        _data = data;
        _series = series;
        _points = new OtlpPoints(series);
    }

    /// <summary>Fills <paramref name="into"/>. Null when all was read.</summary>
    public static WriteProblem? Scan(ReadOnlySpan<byte> data, DecodedWrite into, WriteLimits limits)
    {
        using var series = new OtlpSeries(into, limits);
        var scanner = new OtlpScanner(data, series);
        if (scanner.ScanEach(new ByteRange(0, data.Length), 1, static (ref OtlpScanner s, ByteRange r) => s.ScanResource(r)))
        {
            return null;
        }

        return series.TooMany
            ? new WriteProblem(WriteFault.TooLarge, $"The request makes more than {limits.MaxSamples} samples; export fewer points at once (send_batch_max_size of the collector's batch processor).")
            : new WriteProblem(WriteFault.Malformed, $"The body is not an ExportMetricsServiceRequest: it cannot be read near byte {scanner._failedAt} of the decompressed message.");
    }

    private delegate bool Part(ref OtlpScanner scanner, ByteRange range);

    /// <summary>Reads each field of the number as a message.</summary>
    private bool ScanEach(ByteRange message, int number, Part part)
    {
        var reader = new ProtoReader(_data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != number || wire != ProtoReader.Bytes)
            {
                reader.Skip();
            }
            else if (reader.ReadBytes() is var range && (reader.Failed || !part(ref this, range)))
            {
                return Fail(range.Start);
            }
        }

        return !reader.Failed || Fail(reader.At);
    }

    private bool ScanResource(ByteRange message)
    {
        ByteRange? resource = null;
        var reader = new ProtoReader(_data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != 1 || wire != ProtoReader.Bytes)
            {
                reader.Skip();
            }
            else if (resource is not null)
            {
                return Fail(reader.At);
            }
            else
            {
                resource = reader.ReadBytes();
            }
        }

        return !reader.Failed
            && _series.TryResource(_data, resource ?? default)
            && ScanEach(message, 2, static (ref OtlpScanner s, ByteRange r) => s.ScanEach(r, 2, static (ref OtlpScanner s, ByteRange r) => s.ScanMetric(r)));
    }

    private bool ScanMetric(ByteRange message)
    {
        ByteRange name = default, unit = default;
        ByteRange? content = null;
        var kind = 0;
        var reader = new ProtoReader(_data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (1, ProtoReader.Bytes):
                    name = reader.ReadBytes();
                    break;
                case (3, ProtoReader.Bytes):
                    unit = reader.ReadBytes();
                    break;
                case (5 or 7 or 9 or 10 or 11, ProtoReader.Bytes) when content is null:
                    (kind, content) = (field, reader.ReadBytes());
                    break;
                case (5 or 7 or 9 or 10 or 11, ProtoReader.Bytes):
                    return Fail(reader.At);
                default:
                    reader.Skip();
                    break;
            }
        }

        return !reader.Failed && (content is not { } range || ScanData(kind, range, name, unit));
    }

    private bool ScanData(int kind, ByteRange message, ByteRange name, ByteRange unit)
    {
        ulong temporality = 0, monotonic = 0;
        var reader = new ProtoReader(_data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (2, ProtoReader.Varint) when kind is 7 or 9 or 10:
                    temporality = (uint)reader.ReadVarint();
                    break;
                case (3, ProtoReader.Varint) when kind is 7:
                    monotonic = reader.ReadVarint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (reader.Failed)
        {
            return Fail(reader.At);
        }

        var shape = kind == 5 ? MetricShape.Gauge : kind == 7 && monotonic != 0 ? MetricShape.Counter : MetricShape.Other;
        _points.Begin(shape, temporality);
        _series.Metric(name.Of(_data), unit.Of(_data), shape, temporality == OtlpPoints.Delta);
        return kind switch
        {
            5 or 7 => ScanEach(message, 1, static (ref OtlpScanner s, ByteRange r) => s._points.TryNumber(s._data, r) && !s._series.TooMany),
            9 => ScanEach(message, 1, static (ref OtlpScanner s, ByteRange r) => s._points.TryHistogram(s._data, r) && !s._series.TooMany),
            10 => ScanEach(message, 1, static (ref OtlpScanner s, ByteRange r) => s._points.TryExponential(s._data, r) && !s._series.TooMany),
            _ => ScanEach(message, 1, static (ref OtlpScanner s, ByteRange r) => s._points.TrySummary(s._data, r) && !s._series.TooMany),
        };
    }

    /// <summary>The innermost place is the one that is told.</summary>
    private bool Fail(int at)
    {
        _failedAt = _failedAt == 0 ? at : _failedAt;
        return false;
    }
}
