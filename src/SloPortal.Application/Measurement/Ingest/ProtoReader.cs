using System.Buffers.Binary;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>Where something stands in a message.</summary>
internal readonly record struct ByteRange(int Start, int End)
{
    public int Length => End - Start;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> data) => data[Start..End];
}

/// <summary>
/// Reads the fields of one message of Protocol Buffers, in the order in which they stand. When something cannot be read, <see cref="Failed"/>
/// stays set and <see cref="At"/> says where; nothing is ever read beyond the end of the message.
/// </summary>
internal ref struct ProtoReader
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _data;
    private int _wire;

    public ProtoReader(ReadOnlySpan<byte> data, ByteRange message)
    {
        _data = data[..message.End];
        At = message.Start;
    }

    /// <summary>The next byte to be read.</summary>
    public int At;

    /// <summary>Whether the message is damaged.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether anything is left, for numbers that stand packed without tags.</summary>
    public readonly bool HasMore => At < _data.Length;

    /// <summary>Takes over that a part of the message is damaged.</summary>
    public void FailIf(bool failed) => Failed |= failed;

    /// <summary>The tag of the next field. False at the end, and when it cannot be read.</summary>
    public bool TryNext(out int field, out int wire)
    {
        field = _wire = wire = 0;
        if (Failed || At == _data.Length)
        {
            return false;
        }

        if (!VarInt.TryRead(_data, ref At, out var tag) || tag > uint.MaxValue || tag >> 3 == 0)
        {
            return !(Failed = true);
        }

        (field, _wire) = ((int)(tag >> 3), (int)(tag & 7));
        wire = _wire;
        return true;
    }

    /// <summary>The content of a field of the kind <see cref="Bytes"/>.</summary>
    public ByteRange ReadBytes()
    {
        if (!VarInt.TryRead(_data, ref At, out var length) || length > (ulong)(_data.Length - At))
        {
            Failed = true;
            return new ByteRange(At, At);
        }

        var range = new ByteRange(At, At + (int)length);
        At = range.End;
        return range;
    }

    /// <summary>The content of a field of the kind <see cref="Varint"/>.</summary>
    public ulong ReadVarint()
    {
        if (!VarInt.TryRead(_data, ref At, out var value))
        {
            Failed = true;
        }

        return value;
    }

    /// <summary>The content of a field of the kind <see cref="Fixed64"/>.</summary>
    public ulong ReadFixed64()
    {
        if (_data.Length - At < sizeof(ulong))
        {
            Failed = true;
            return 0;
        }

        At += sizeof(ulong);
        return BinaryPrimitives.ReadUInt64LittleEndian(_data[(At - sizeof(ulong))..]);
    }

    /// <summary>The content of a field of the kind <see cref="Fixed64"/>, as a number.</summary>
    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    /// <summary>Passes over the field whose tag was read last. Groups are part of no message that is read here.</summary>
    public void Skip()
    {
        switch (_wire)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                ReadFixed64();
                break;
            case Bytes:
                ReadBytes();
                break;
            case Fixed32 when _data.Length - At >= sizeof(uint):
                At += sizeof(uint);
                break;
            default:
                Failed = true;
                break;
        }
    }
}
