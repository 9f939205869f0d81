using System.Buffers.Binary;

namespace SloPortal.Application.Measurement.Ingest.Log;

/// <summary>Reads what <see cref="PayloadBuffer"/> wrote.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private int _at;

    public readonly bool AtEnd => _at == _content.Length;

    public ulong Varint() =>
        VarInt.TryRead(_content, ref _at, out var value) ? value : throw Short();

    /// <summary>A count of things that take at least one byte each, so that a wrong one cannot ask for memory.</summary>
    public int Count()
    {
        var count = Varint();
        return count <= (ulong)(_content.Length - _at) ? (int)count : throw Short();
    }

    public void Sample(out ulong lead, out long timeDelta, out double value)
    {
        var flagged = Varint();
        lead = flagged >> 1;
        timeDelta = VarInt.UnZigZag(Varint());
        if ((flagged & 1) != 0)
        {
            value = Varint();
            return;
        }

        if (_content.Length - _at < sizeof(double))
        {
            throw Short();
        }

        value = BinaryPrimitives.ReadDoubleLittleEndian(_content[_at..]);
        _at += sizeof(double);
    }

    public readonly void MustEnd()
    {
        if (!AtEnd)
        {
            throw new InvalidDataException($"The stored ingest state has {_content.Length - _at} bytes too many.");
        }
    }

    private readonly InvalidDataException Short() => new($"The stored ingest state cannot be read at byte {_at}.");
}
