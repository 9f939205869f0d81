using System.Text;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>What each kind of point counts, as series of Prometheus.</summary>
internal sealed class OtlpPoints(OtlpSeries series)
{
    /// <summary>AGGREGATION_TEMPORALITY_DELTA.</summary>
    public const ulong Delta = 1;

    private const ulong Cumulative = 2;

    private static readonly double Stale = BitConverter.UInt64BitsToDouble(SampleRules.StaleMarkerBits);

    private static readonly byte[][] PowerTexts = [.. ExponentialBuckets.Bounds.ToArray().Select(b => Encoding.ASCII.GetBytes(PlainNumber.Of(b)))];

    private readonly Dictionary<double, byte[]> _texts = [];
    private readonly OtlpBuckets _buckets = new();
    private readonly double[] _upTo = new double[PowerTexts.Length];
    private MetricShape _shape;
    private ulong _temporality;

    /// <summary>Begins a metric.</summary>
    public void Begin(MetricShape shape, ulong temporality) => (_shape, _temporality) = (shape, temporality);

    /// <summary><c>start = 2</c>, <c>time = 3</c>, <c>as_double = 4</c>, <c>as_int = 6</c>, <c>attributes = 7</c>, <c>flags = 8</c>.</summary>
    public bool TryNumber(ReadOnlySpan<byte> data, ByteRange point)
    {
        ulong start = 0, time = 0, flags = 0;
        var value = double.NaN;
        var reader = new ProtoReader(data, point);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (2, ProtoReader.Fixed64):
                    start = reader.ReadFixed64();
                    break;
                case (3, ProtoReader.Fixed64):
                    time = reader.ReadFixed64();
                    break;
                case (4, ProtoReader.Fixed64):
                    value = reader.ReadDouble();
                    break;
                case (6, ProtoReader.Fixed64):
                    value = (long)reader.ReadFixed64();
                    break;
                case (8, ProtoReader.Varint):
                    flags = reader.ReadVarint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (!reader.Failed && !(_shape switch { MetricShape.Gauge => true, MetricShape.Counter => _temporality is Delta or Cumulative, _ => _temporality == Cumulative }))
        {
            series.RefusePoint(SampleRefusal.Temporality);
            return true;
        }

        if (reader.Failed || !series.TryPoint(data, point, 7, default, out var taken))
        {
            return false;
        }

        if (taken)
        {
            series.Add(default, default, default, new RawSample(OtlpPointHead.Milliseconds(time), OtlpPointHead.HasNoValue(flags) ? Stale : value), _shape == MetricShape.Counter ? OtlpPointHead.StartOf(start, time) : 0);
        }

        return true;
    }

    /// <summary>
    /// <c>start = 2</c>, <c>time = 3</c>, <c>count = 4</c>, <c>sum = 5</c>, <c>bucket_counts = 6</c>, <c>explicit_bounds = 7</c>,
    /// <c>attributes = 9</c>, <c>flags = 10</c>.
    /// </summary>
    public bool TryHistogram(ReadOnlySpan<byte> data, ByteRange point)
    {
        _buckets.Clear();
        var head = new OtlpPointHead();
        var reader = new ProtoReader(data, point);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (6, ProtoReader.Fixed64 or ProtoReader.Bytes):
                    _buckets.ReadCounts(ref reader, data, wire);
                    break;
                case (7, ProtoReader.Fixed64 or ProtoReader.Bytes):
                    _buckets.ReadBounds(ref reader, data, wire);
                    break;
                default:
                    head.Read(ref reader, field, wire, flagsField: 10);
                    break;
            }
        }

        if (reader.Failed || !TryHead(data, point, 9, head, "le"u8, out var taken))
        {
            return false;
        }

        if (!taken)
        {
            return true;
        }

        if (!_buckets.Agree(head.Count))
        {
            series.Refuse(SampleRefusal.BrokenHistogram);
            return true;
        }

        AddTotals(head);
        double upTo = 0;
        for (var i = 0; i < _buckets.Bounds && !series.TooMany; i++)
        {
            upTo += _buckets.Counts[i];
            AddBucket(head, TextOf(_buckets.BoundAt(i)), upTo);
        }

        AddBucket(head, "+Inf"u8, head.Count);
        return true;
    }

    /// <summary>
    /// <c>attributes = 1</c>, <c>start = 2</c>, <c>time = 3</c>, <c>count = 4</c>, <c>sum = 5</c>, <c>scale = 6</c>, <c>zero_count = 7</c>,
    /// <c>positive = 8</c>, <c>negative = 9</c>, <c>flags = 10</c>, <c>zero_threshold = 14</c>.
    /// </summary>
    public bool TryExponential(ReadOnlySpan<byte> data, ByteRange point)
    {
        var scale = 0;
        ulong zero = 0;
        double zeroThreshold = 0;
        ByteRange? positive = null, negative = null;
        var head = new OtlpPointHead();
        var reader = new ProtoReader(data, point);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (6, ProtoReader.Varint):
                    scale = (int)VarInt.UnZigZag((uint)reader.ReadVarint());
                    break;
                case (7, ProtoReader.Fixed64):
                    zero = reader.ReadFixed64();
                    break;
                case (8, ProtoReader.Bytes) when positive is null:
                    positive = reader.ReadBytes();
                    break;
                case (9, ProtoReader.Bytes) when negative is null:
                    negative = reader.ReadBytes();
                    break;
                case (8 or 9, ProtoReader.Bytes):
                    return false;
                case (14, ProtoReader.Fixed64):
                    zeroThreshold = reader.ReadDouble();
                    break;
                default:
                    head.Read(ref reader, field, wire, flagsField: 10);
                    break;
            }
        }

        if (reader.Failed || !_buckets.TryRead(data, negative, out _))
        {
            return false;
        }

        var below = _buckets.Total;
        if (!_buckets.TryRead(data, positive, out var offset) || !TryHead(data, point, 1, head, "le"u8, out var taken))
        {
            return false;
        }

        if (!taken)
        {
            return true;
        }

        if (scale is < ExponentialBuckets.LowestScale or > ExponentialBuckets.HighestScale || below + zero + _buckets.Total > head.Count || double.IsNaN(zeroThreshold) || _buckets.TooMany)
        {
            series.Refuse(SampleRefusal.BrokenHistogram);
            return true;
        }

        AddTotals(head);
        ExponentialBuckets.CountUpTo(scale, below, zero, zeroThreshold, offset, _buckets.Counts, _upTo);
        for (var i = 0; i < _upTo.Length; i++)
        {
            if (double.IsNaN(_upTo[i]))
            {
                series.Refuse(SampleRefusal.CoarseHistogram);
            }
            else
            {
                AddBucket(head, PowerTexts[i], _upTo[i]);
            }
        }

        AddBucket(head, "+Inf"u8, head.Count);
        return true;
    }

    /// <summary>
    /// <c>start = 2</c>, <c>time = 3</c>, <c>count = 4</c>, <c>sum = 5</c>, <c>quantile_values = 6</c> with <c>quantile = 1</c> and
    /// <c>value = 2</c>, <c>attributes = 7</c>, <c>flags = 8</c>. Always cumulative.
    /// </summary>
    public bool TrySummary(ReadOnlySpan<byte> data, ByteRange point)
    {
        var head = new OtlpPointHead { HasSum = true };
        var reader = new ProtoReader(data, point);
        while (reader.TryNext(out var field, out var wire))
        {
            head.Read(ref reader, field, wire, flagsField: 8);
        }

        _temporality = Cumulative;
        if (reader.Failed || !TryHead(data, point, 7, head, "quantile"u8, out var taken))
        {
            return false;
        }

        if (!taken)
        {
            return true;
        }

        AddTotals(head);
        reader = new ProtoReader(data, point);
        while (reader.TryNext(out var field, out var wire) && !series.TooMany)
        {
            if (field != 6 || wire != ProtoReader.Bytes)
            {
                reader.Skip();
                continue;
            }

            if (!TryQuantile(data, reader.ReadBytes(), out var quantile, out var value))
            {
                return false;
            }

            series.Add(default, "quantile"u8, TextOf(quantile), new RawSample(head.Time, value));
        }

        return true;
    }

    private static bool TryQuantile(ReadOnlySpan<byte> data, ByteRange message, out double quantile, out double value)
    {
        (quantile, value) = (0, 0);
        var reader = new ProtoReader(data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (1, ProtoReader.Fixed64):
                    quantile = reader.ReadDouble();
                    break;
                case (2, ProtoReader.Fixed64):
                    value = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return !reader.Failed;
    }

    /// <summary>Begins a point with buckets or quantiles, which is taken unless it has no temporality or no value.</summary>
    private bool TryHead(ReadOnlySpan<byte> data, ByteRange point, int attributesField, in OtlpPointHead head, ReadOnlySpan<byte> own, out bool taken)
    {
        taken = false;
        if (_temporality is not (Delta or Cumulative))
        {
            series.RefusePoint(SampleRefusal.Temporality);
            return true;
        }

        if (!series.TryPoint(data, point, attributesField, own, out taken))
        {
            return false;
        }

        if (taken && OtlpPointHead.HasNoValue(head.Flags))
        {
            series.Add("_count"u8, default, default, new RawSample(head.Time, Stale));
            taken = false;
        }

        return true;
    }

    private void AddTotals(in OtlpPointHead head)
    {
        series.Add("_count"u8, default, default, new RawSample(head.Time, head.Count), head.Start);
        if (head.HasSum)
        {
            series.Add("_sum"u8, default, default, new RawSample(head.Time, head.Sum), head.Start);
        }
    }

    private void AddBucket(in OtlpPointHead head, ReadOnlySpan<byte> bound, double upTo) =>
        series.Add("_bucket"u8, "le"u8, bound, new RawSample(head.Time, upTo), head.Start);

    private byte[] TextOf(double value)
    {
        if (!_texts.TryGetValue(value, out var text))
        {
            _texts[value] = text = Encoding.ASCII.GetBytes(PlainNumber.Of(value));
        }

        return text;
    }
}
