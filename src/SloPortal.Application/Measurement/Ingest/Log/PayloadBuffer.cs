using System.Buffers.Binary;

namespace SloPortal.Application.Measurement.Ingest.Log;

/// <summary>A growing array of bytes that is used again. Callers ask for room once and then write without further checks.</summary>
internal sealed class PayloadBuffer
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Makes room for so many more bytes.</summary>
    public void Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }
    }

    public void Varint(ulong value) => _length += VarInt.Write(_bytes.AsSpan(_length), value);

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(double);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>
    /// A sample in at most <see cref="MaxSampleBytes"/>: a leading number with a bit beside it that tells how the value is written, the
    /// time since the sample before, and the value, which for a count is a short integer.
    /// </summary>
    public void Sample(ulong lead, long timeDelta, double value)
    {
        var whole = (ulong)(long)value;
        var isWhole = value >= 0 && value < 1L << 53 && whole == value;
        Varint((lead << 1) | (isWhole ? 1UL : 0));
        Varint(VarInt.ZigZag(timeDelta));
        if (isWhole)
        {
            Varint(whole);
        }
        else
        {
            Double(value);
        }
    }

    public const int MaxSampleBytes = 3 * VarInt.MaxLength;
}
