using System.Buffers.Binary;
using System.Text;

namespace SloPortal.TestSupport.Live;

/// <summary>As much of MessagePack as the messages between a page and its circuit need.</summary>
internal sealed class PackedWriter
{
    private readonly MemoryStream bytes = new();

    public PackedWriter Array(int count) => Byte(0x90 | count);

    public PackedWriter Map() => Byte(0x80);

    public PackedWriter Nil() => Byte(0xC0);

    public PackedWriter Bool(bool value) => Byte(value ? 0xC3 : 0xC2);

    public PackedWriter Int(long value)
    {
        if (value is >= 0 and < 128)
            return Byte((int)value);
        Byte(0xD3);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, value);
        bytes.Write(eight);
        return this;
    }

    public PackedWriter Text(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        Byte(0xDB);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, utf8.Length);
        bytes.Write(four);
        bytes.Write(utf8);
        return this;
    }

    /// <summary>With its length before it, as it goes over the socket.</summary>
    public byte[] Framed()
    {
        var length = (int)bytes.Length;
        var framed = new MemoryStream();
        for (var rest = (uint)length; ;)
        {
            var seven = (byte)(rest & 0x7F);
            rest >>= 7;
            framed.WriteByte(rest == 0 ? seven : (byte)(seven | 0x80));
            if (rest == 0)
                break;
        }
        bytes.WriteTo(framed);
        return framed.ToArray();
    }

    private PackedWriter Byte(int value)
    {
        bytes.WriteByte((byte)value);
        return this;
    }
}

/// <summary>Reads what <see cref="PackedWriter"/> writes, and what a circuit sends.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Null, bool, long, string, byte[] or object[]; a map is skipped and null.</summary>
    public object? Next()
    {
        var first = Take(1)[0];
        return first switch
        {
            < 0x80 => (long)first,
            < 0x90 => Map(first & 0x0F),
            < 0xA0 => Array(first & 0x0F),
            < 0xC0 => Encoding.UTF8.GetString(Take(first & 0x1F)),
            0xC0 => null,
            0xC2 => false,
            0xC3 => true,
            0xC4 => Take(Take(1)[0]).ToArray(),
            0xC5 => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))).ToArray(),
            0xC6 => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))).ToArray(),
            0xCA => Skip(4),
            0xCB => Skip(8),
            0xCC => (long)Take(1)[0],
            0xCD => (long)BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xCE => (long)BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xCF or 0xD3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            0xD0 => (long)(sbyte)Take(1)[0],
            0xD1 => (long)BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xD2 => (long)BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xD9 => Encoding.UTF8.GetString(Take(Take(1)[0])),
            0xDA => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)))),
            0xDB => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)))),
            0xDC => Array(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
            0xDE => Map(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
            >= 0xE0 => (long)(sbyte)first,
            _ => throw new InvalidDataException($"The byte {first:X2} begins nothing that a circuit sends."),
        };
    }

    private object?[] Array(int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
            items[i] = Next();
        return items;
    }

    private object? Map(int count)
    {
        for (var i = 0; i < 2 * count; i++)
            Next();
        return null;
    }

    private object? Skip(int count)
    {
        Take(count);
        return null;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
