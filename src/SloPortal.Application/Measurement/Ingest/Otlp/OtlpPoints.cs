using System.Runtime.InteropServices;
using System.Text;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>What each kind of point counts, as series of Prometheus.</summary>
internal sealed class OtlpPoints(OtlpSeries series)
{
    /// <summary>AGGREGATION_TEMPORALITY_DELTA.</summary>
    public const ulong Delta = 1;

    private const ulong Cumulative = 2;

    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Nobody measures in so many. What comes beyond is passed over, and the point is refused.</summary>
    private const int MaxBuckets = 10_000;

    /// <summary>DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK: the series ended.</summary>
    private const ulong NoRecordedValue = 1;

    private static readonly double Stale = BitConverter.UInt64BitsToDouble(SampleRules.StaleMarkerBits);

    private static readonly byte[][] PowerTexts = [.. ExponentialBuckets.Bounds.ToArray().Select(b => Encoding.ASCII.GetBytes(PlainNumber.Of(b)))];

    private readonly Dictionary<double, byte[]> _texts = [];
    private readonly List<ulong> _counts = [];
    private readonly List<ulong> _bounds = [];
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
            series.Add(default, default, default, new RawSample(Milliseconds(time), HasNoValue(flags) ? Stale : value), _shape == MetricShape.Counter ? Milliseconds(start) : 0);
        }

        return true;
    }

    /// <summary>
    /// <c>start = 2</c>, <c>time = 3</c>, <c>count = 4</c>, <c>sum = 5</c>, <c>bucket_counts = 6</c>, <c>explicit_bounds = 7</c>,
    /// <c>attributes = 9</c>, <c>flags = 10</c>.
    /// </summary>
    public bool TryHistogram(ReadOnlySpan<byte> data, ByteRange point)
    {
        _counts.Clear();
        _bounds.Clear();
        var head = new Head();
        var reader = new ProtoReader(data, point);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (6, ProtoReader.Fixed64 or ProtoReader.Bytes):
                    ReadFixed(ref reader, data, wire, _counts);
                    break;
                case (7, ProtoReader.Fixed64 or ProtoReader.Bytes):
                    ReadFixed(ref reader, data, wire, _bounds);
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

        if (!Agree(head.Count))
        {
            series.Refuse(SampleRefusal.BrokenHistogram);
            return true;
        }

        AddTotals(head);
        double upTo = 0;
        for (var i = 0; i < _bounds.Count && !series.TooMany; i++)
        {
            upTo += _counts[i];
            AddBucket(head, TextOf(BoundAt(i)), upTo);
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
        var head = new Head();
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

        if (reader.Failed || !TryBuckets(data, negative, out _))
        {
            return false;
        }

        var below = Total();
        if (!TryBuckets(data, positive, out var offset) || !TryHead(data, point, 1, head, "le"u8, out var taken))
        {
            return false;
        }

        if (!taken)
        {
            return true;
        }

        if (scale is < ExponentialBuckets.LowestScale or > ExponentialBuckets.HighestScale || below + zero + Total() > head.Count || double.IsNaN(zeroThreshold) || _counts.Count > MaxBuckets)
        {
            series.Refuse(SampleRefusal.BrokenHistogram);
            return true;
        }

        AddTotals(head);
        ExponentialBuckets.CountUpTo(scale, below, zero, zeroThreshold, offset, CollectionsMarshal.AsSpan(_counts), _upTo);
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
        var head = new Head { HasSum = true };
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
    private bool TryHead(ReadOnlySpan<byte> data, ByteRange point, int attributesField, in Head head, ReadOnlySpan<byte> own, out bool taken)
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

        if (taken && HasNoValue(head.Flags))
        {
            series.Add("_count"u8, default, default, new RawSample(head.Time, Stale));
            taken = false;
        }

        return true;
    }

    private void AddTotals(in Head head)
    {
        series.Add("_count"u8, default, default, new RawSample(head.Time, head.Count), head.Start);
        if (head.HasSum)
        {
            series.Add("_sum"u8, default, default, new RawSample(head.Time, head.Sum), head.Start);
        }
    }

    private void AddBucket(in Head head, ReadOnlySpan<byte> bound, double upTo) =>
        series.Add("_bucket"u8, "le"u8, bound, new RawSample(head.Time, upTo), head.Start);

    /// <summary>Whether bounds, buckets and count of an explicit histogram fit together. One without buckets has a count only.</summary>
    private bool Agree(ulong count)
    {
        if (_counts.Count == 0 && _bounds.Count == 0)
        {
            return true;
        }

        if (_counts.Count != _bounds.Count + 1 || _bounds.Count > MaxBuckets || Total() - _counts[^1] > count)
        {
            return false;
        }

        for (var i = 0; i < _bounds.Count; i++)
        {
            if (!double.IsFinite(BoundAt(i)) || (i > 0 && BoundAt(i) <= BoundAt(i - 1)))
            {
                return false;
            }
        }

        return true;
    }

    private double BoundAt(int i) => BitConverter.UInt64BitsToDouble(_bounds[i]);

    private double Total()
    {
        double total = 0;
        foreach (var count in _counts)
        {
            total += count;
        }

        return total;
    }

    private byte[] TextOf(double value)
    {
        if (!_texts.TryGetValue(value, out var text))
        {
            _texts[value] = text = Encoding.ASCII.GetBytes(PlainNumber.Of(value));
        }

        return text;
    }

    /// <summary>Numbers of 64 bits, packed or one by one.</summary>
    private static void ReadFixed(ref ProtoReader reader, ReadOnlySpan<byte> data, int wire, List<ulong> into)
    {
        if (wire == ProtoReader.Fixed64)
        {
            Keep(into, reader.ReadFixed64());
            return;
        }

        var packed = new ProtoReader(data, reader.ReadBytes());
        while (packed.HasMore && !packed.Failed)
        {
            Keep(into, packed.ReadFixed64());
        }

        reader.FailIf(packed.Failed);
    }

    /// <summary><c>offset = 1</c>, <c>bucket_counts = 2</c>.</summary>
    private bool TryBuckets(ReadOnlySpan<byte> data, ByteRange? message, out int offset)
    {
        offset = 0;
        _counts.Clear();
        var reader = new ProtoReader(data, message ?? default);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (1, ProtoReader.Varint):
                    offset = (int)VarInt.UnZigZag((uint)reader.ReadVarint());
                    break;
                case (2, ProtoReader.Varint):
                    Keep(_counts, reader.ReadVarint());
                    break;
                case (2, ProtoReader.Bytes):
                    var packed = new ProtoReader(data, reader.ReadBytes());
                    while (packed.HasMore && !packed.Failed)
                    {
                        Keep(_counts, packed.ReadVarint());
                    }

                    reader.FailIf(packed.Failed);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return !reader.Failed;
    }

    private static void Keep(List<ulong> list, ulong value)
    {
        if (list.Count <= MaxBuckets + 1)
        {
            list.Add(value);
        }
    }

    private static bool HasNoValue(ulong flags) => (flags & NoRecordedValue) != 0;

    private static long Milliseconds(ulong nanoseconds) => (long)(nanoseconds / NanosecondsPerMillisecond);

    /// <summary>What all points with a count have under the same numbers.</summary>
    private struct Head
    {
        public long Start;
        public long Time;
        public ulong Count;
        public double Sum;
        public bool HasSum;
        public ulong Flags;

        public void Read(ref ProtoReader reader, int field, int wire, int flagsField)
        {
            switch (field, wire)
            {
                case (2, ProtoReader.Fixed64):
                    Start = Milliseconds(reader.ReadFixed64());
                    break;
                case (3, ProtoReader.Fixed64):
                    Time = Milliseconds(reader.ReadFixed64());
                    break;
                case (4, ProtoReader.Fixed64):
                    Count = reader.ReadFixed64();
                    break;
                case (5, ProtoReader.Fixed64):
                    (Sum, HasSum) = (reader.ReadDouble(), true);
                    break;
                case (_, ProtoReader.Varint) when field == flagsField:
                    Flags = reader.ReadVarint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
