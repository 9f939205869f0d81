using System.Buffers.Binary;
using System.Text;
using Snappier;

namespace SloPortal.Application.Tests.Measurement.Ingest;

/// <summary>Writes remote-write requests byte by byte, as Prometheus does, and also as Prometheus never would.</summary>
public sealed class WriteRequestBuilder
{
    private readonly MemoryStream _request = new();

    public WriteRequestBuilder Series((string Name, string Value)[] labels, params (long Time, double Value)[] samples) =>
        Series([.. labels.Select(l => Label(l.Name, l.Value)), .. samples.Select(s => Sample(s.Time, s.Value))]);

    /// <summary>A series from its fields, in any order.</summary>
    public WriteRequestBuilder Series(params byte[][] fields)
    {
        _request.Write(Field(1, [.. fields.SelectMany(f => f)]));
        return this;
    }

    public WriteRequestBuilder Raw(params byte[] bytes)
    {
        _request.Write(bytes);
        return this;
    }

    /// <summary>How many bytes there are so far.</summary>
    public int Length => (int)_request.Length;

    public byte[] Decompressed() => _request.ToArray();

    public byte[] Body() => Snappy.CompressToArray(_request.ToArray());

    public static byte[] Label(string name, string value) => Label(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));

    public static byte[] Label(byte[] name, byte[] value) => Field(1, [.. Field(1, name), .. Field(2, value)]);

    /// <summary>Fields with the default value are left out, as Protocol Buffers do.</summary>
    public static byte[] Sample(long time, double value)
    {
        var sample = new List<byte>();
        if (BitConverter.DoubleToInt64Bits(value) != 0)
        {
            sample.Add(0x09);
            var bits = new byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(bits, value);
            sample.AddRange(bits);
        }

        if (time != 0)
        {
            sample.Add(0x10);
            sample.AddRange(Varint((ulong)time));
        }

        return Field(2, [.. sample]);
    }

    public static byte[] Field(int number, byte[] content) =>
        [.. Varint((ulong)((number << 3) | 2)), .. Varint((ulong)content.Length), .. content];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
