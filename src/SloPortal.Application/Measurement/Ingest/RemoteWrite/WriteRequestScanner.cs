using System.Buffers.Binary;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.RemoteWrite;

/// <summary>
/// One pass over a <c>WriteRequest</c>: <c>timeseries = 1</c> with <c>labels = 1</c>, <c>samples = 2</c> (<c>value = 1</c> double,
/// <c>timestamp = 2</c> int64), <c>exemplars = 3</c> skipped, <c>histograms = 4</c> counted; <c>metadata = 3</c> and unknown fields
/// skipped by wire type.
/// </summary>
internal ref struct WriteRequestScanner
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly Span<byte> _data;
    private readonly DecodedWrite _into;
    private readonly WriteLimits _limits;
    private int _at;
    private bool _tooMany;

    private WriteRequestScanner(Span<byte> data, DecodedWrite into, WriteLimits limits)
    {
        _data = data;
        _into = into;
        _limits = limits;
    }

    /// <summary>Fills <paramref name="into"/>. The bytes may be moved within <paramref name="data"/>. Null when all was read.</summary>
    public static WriteProblem? Scan(Span<byte> data, DecodedWrite into, WriteLimits limits)
    {
        var scanner = new WriteRequestScanner(data, into, limits);
        if (scanner.ScanRequest())
        {
            return null;
        }

        return scanner._tooMany
            ? new WriteProblem(
                WriteFault.TooLarge,
                $"The request holds more than {limits.MaxSamples} samples; lower max_samples_per_send in the queue_config of the sender.")
            : new WriteProblem(
                WriteFault.Malformed,
                $"The body is not a remote-write 1.0 WriteRequest: it cannot be read at byte {scanner._at} after decompression.");
    }

    private bool ScanRequest()
    {
        while (_at < _data.Length)
        {
            if (!TryReadTag(_data.Length, out var field, out var wire))
            {
                return false;
            }

            if (field == 1 && wire == Bytes)
            {
                if (!TryReadLength(_data.Length, out var end) || !ScanTimeSeries(end))
                {
                    return false;
                }
            }
            else if (!TrySkip(wire, _data.Length))
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanTimeSeries(int end)
    {
        var firstSample = _into.SampleCount;
        int labelsAt = _at, labelsEnd = _at;
        while (_at < end)
        {
            var start = _at;
            if (!TryReadTag(end, out var field, out var wire))
            {
                return false;
            }

            if (wire != Bytes || field is not (1 or 2))
            {
                if (field == 4 && wire == Bytes)
                {
                    _into.Refuse(SampleRefusal.NativeHistogram, point: 0);
                }

                if (!TrySkip(wire, end))
                {
                    return false;
                }

                continue;
            }

            if (!TryReadLength(end, out var fieldEnd))
            {
                return false;
            }

            if (field == 2)
            {
                if (!ScanSample(fieldEnd))
                {
                    return false;
                }

                continue;
            }

            // Senders write the labels first and together. Where one does not, the label is moved up over bytes that were read.
            if (start != labelsEnd)
            {
                _data[start..fieldEnd].CopyTo(_data[labelsEnd..]);
                _into.LabelsMoved = true;
            }

            labelsEnd += fieldEnd - start;
            _at = fieldEnd;
        }

        var count = _into.SampleCount - firstSample;
        if (count > 0)
        {
            var length = labelsEnd - labelsAt;
            var key = SeriesKey.Of(_into.SourceId, _data.Slice(labelsAt, length));
            _into.Add(new SeriesSlot(key, labelsAt, length, firstSample, count));
        }

        return true;
    }

    private bool ScanSample(int end)
    {
        double value = 0;
        long time = 0;
        while (_at < end)
        {
            if (!TryReadTag(end, out var field, out var wire))
            {
                return false;
            }

            if (field == 1 && wire == Fixed64)
            {
                if (end - _at < sizeof(double))
                {
                    return false;
                }

                value = BinaryPrimitives.ReadDoubleLittleEndian(_data.Slice(_at, sizeof(double)));
                _at += sizeof(double);
            }
            else if (field == 2 && wire == Varint)
            {
                if (!VarInt.TryRead(_data[..end], ref _at, out var bits))
                {
                    return false;
                }

                time = (long)bits;
            }
            else if (!TrySkip(wire, end))
            {
                return false;
            }
        }

        _tooMany = _into.SampleCount == _limits.MaxSamples;
        if (_tooMany)
        {
            return false;
        }

        _into.Add(new RawSample(time, value));
        return true;
    }

    private bool TryReadTag(int end, out int field, out int wire)
    {
        // Nearly all tags are one byte.
        ulong tag = _data[_at];
        if (tag < 0x80)
        {
            _at++;
        }
        else if (!VarInt.TryRead(_data[..end], ref _at, out tag) || tag > uint.MaxValue)
        {
            field = wire = 0;
            return false;
        }

        field = (int)(tag >> 3);
        wire = (int)(tag & 7);
        return field != 0;
    }

    private bool TryReadLength(int end, out int fieldEnd)
    {
        fieldEnd = 0;
        if (!VarInt.TryRead(_data[..end], ref _at, out var length) || length > (ulong)(end - _at))
        {
            return false;
        }

        fieldEnd = _at + (int)length;
        return true;
    }

    private bool TrySkip(int wire, int end)
    {
        switch (wire)
        {
            case Varint:
                return VarInt.TryRead(_data[..end], ref _at, out _);
            case Fixed64:
                return TryAdvance(8, end);
            case Fixed32:
                return TryAdvance(4, end);
            case Bytes:
                if (!TryReadLength(end, out var fieldEnd))
                {
                    return false;
                }

                _at = fieldEnd;
                return true;
            default:
                // Groups (3 and 4) were never part of this message.
                return false;
        }
    }

    private bool TryAdvance(int bytes, int end)
    {
        if (end - _at < bytes)
        {
            return false;
        }

        _at += bytes;
        return true;
    }
}
