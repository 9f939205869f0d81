using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.RemoteWrite;

/// <summary>
/// One pass over an <c>io.prometheus.write.v2.Request</c> (prompb/io/prometheus/write/v2/types.proto): <c>symbols = 4</c> and
/// <c>timeseries = 5</c> with <c>labels_refs = 1</c>, <c>samples = 2</c>, <c>histograms = 3</c> refused, <c>exemplars = 4</c> skipped,
/// <c>metadata = 5</c> with <c>type = 1</c>, and <c>created_timestamp = 6</c>.
/// </summary>
internal ref struct WriteRequestV2Scanner
{
    private const ulong Gauge = 2;

    /// <summary>Far more than the table takes, so that it is the one that refuses.</summary>
    private const int MaxLabelBytes = 64 * 1024;

    /// <summary>Symbols are written out for each series.</summary>
    private const int LabelsPerByte = 4;

    private readonly ReadOnlySpan<byte> _data;
    private readonly DecodedWrite _into;
    private readonly WriteLimits _limits;
    private readonly List<ByteRange> _symbols = [];
    private readonly PooledBytes _labels;
    private int _failedAt;
    private bool _tooMany;

    private WriteRequestV2Scanner(ReadOnlySpan<byte> data, DecodedWrite into, WriteLimits limits, PooledBytes labels)
    {
        _data = data;
        _into = into;
        _limits = limits;
        _labels = labels;
    }

    /// <summary>Fills <paramref name="into"/>. Null when all was read.</summary>
    public static WriteProblem? Scan(ReadOnlySpan<byte> data, DecodedWrite into, WriteLimits limits)
    {
        using var labels = new PooledBytes(1024);
        var scanner = new WriteRequestV2Scanner(data, into, limits, labels);
        if (scanner.ScanRequest())
        {
            return null;
        }

        return scanner._tooMany
            ? new WriteProblem(WriteFault.TooLarge, $"The request holds more than {limits.MaxSamples} samples, or too many labels; lower max_samples_per_send in the queue_config of the sender.")
            : new WriteProblem(WriteFault.Malformed, $"The body is not a remote-write 2.0 Request: it cannot be read near byte {scanner._failedAt} after decompression.");
    }

    private bool ScanRequest()
    {
        var whole = new ByteRange(0, _data.Length);
        var reader = new ProtoReader(_data, whole);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field == 4 && wire == ProtoReader.Bytes)
            {
                _symbols.Add(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Failed)
        {
            return Fail(reader.At);
        }

        reader = new ProtoReader(_data, whole);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != 5 || wire != ProtoReader.Bytes)
            {
                reader.Skip();
            }
            else if (!ScanSeries(reader.ReadBytes()))
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanSeries(ByteRange message)
    {
        _labels.Clear();
        ulong type = 0;
        long created = 0;
        int? name = null;
        var histograms = 0;
        var tooLong = false;
        var reader = new ProtoReader(_data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (1, ProtoReader.Varint):
                    if (!TryRef(reader.ReadVarint(), ref name, ref tooLong))
                    {
                        return Fail(reader.At);
                    }

                    break;
                case (1, ProtoReader.Bytes):
                    var packed = new ProtoReader(_data, reader.ReadBytes());
                    while (packed.HasMore && !packed.Failed)
                    {
                        if (!TryRef(packed.ReadVarint(), ref name, ref tooLong))
                        {
                            return Fail(packed.At);
                        }
                    }

                    reader.FailIf(packed.Failed);
                    break;
                case (3, ProtoReader.Bytes):
                    histograms++;
                    reader.ReadBytes();
                    break;
                case (5, ProtoReader.Bytes):
                    if (!TryType(reader.ReadBytes(), ref type))
                    {
                        return Fail(reader.At);
                    }

                    break;
                case (6, ProtoReader.Varint):
                    created = (long)reader.ReadVarint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // A name without a value.
        if (reader.Failed || name is not null)
        {
            return Fail(reader.At);
        }

        if (histograms > 0)
        {
            _into.Refuse(SampleRefusal.NativeHistogram, point: 0, histograms);
        }

        return ScanSamples(message, tooLong, type == Gauge ? 0 : created);
    }

    private bool ScanSamples(ByteRange message, bool tooLong, long start)
    {
        var first = _into.SampleCount;
        var reader = new ProtoReader(_data, message);
        var refused = 0;
        while (reader.TryNext(out var field, out var wire))
        {
            if (field != 2 || wire != ProtoReader.Bytes)
            {
                reader.Skip();
                continue;
            }

            if (!TrySample(reader.ReadBytes(), out var sample))
            {
                return Fail(reader.At);
            }

            if (tooLong)
            {
                refused++;
                continue;
            }

            if (_into.SampleCount == _limits.MaxSamples)
            {
                _tooMany = true;
                return false;
            }

            _into.Add(sample);
        }

        if (refused > 0)
        {
            _into.Refuse(SampleRefusal.LabelsTooLong, point: 0, refused);
        }

        var count = _into.SampleCount - first;
        if (count > 0)
        {
            var at = _into.Append(_labels.Written);
            _into.Add(new SeriesSlot(_into.KeyOf(at, _labels.Length), at, _labels.Length, first, count, start));
            _tooMany = _into.LabelBytes > (long)_limits.MaxDecompressedBytes * LabelsPerByte;
        }

        return !_tooMany;
    }

    /// <summary>Takes the next reference: a name, then its value. False when there is no such symbol.</summary>
    private readonly bool TryRef(ulong reference, ref int? name, ref bool tooLong)
    {
        if (reference >= (ulong)_symbols.Count)
        {
            return false;
        }

        if (name is not { } known)
        {
            name = (int)reference;
            return true;
        }

        name = null;
        var (key, value) = (_symbols[known], _symbols[(int)reference]);
        tooLong |= _labels.Length + key.Length + (long)value.Length > MaxLabelBytes;
        if (!tooLong)
        {
            _labels.AddLabel(key.Of(_data), value.Of(_data));
        }

        return true;
    }

    private readonly bool TryType(ByteRange message, ref ulong type)
    {
        var reader = new ProtoReader(_data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            if (field == 1 && wire == ProtoReader.Varint)
            {
                type = reader.ReadVarint();
            }
            else
            {
                reader.Skip();
            }
        }

        return !reader.Failed;
    }

    private readonly bool TrySample(ByteRange message, out RawSample sample)
    {
        double value = 0;
        long time = 0;
        var reader = new ProtoReader(_data, message);
        while (reader.TryNext(out var field, out var wire))
        {
            switch (field, wire)
            {
                case (1, ProtoReader.Fixed64):
                    value = reader.ReadDouble();
                    break;
                case (2, ProtoReader.Varint):
                    time = (long)reader.ReadVarint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        sample = new RawSample(time, value);
        return !reader.Failed;
    }

    private bool Fail(int at)
    {
        _failedAt = at;
        return false;
    }
}
