using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>
/// 128 bits that stand for a source and the encoded labels of one of its series. The hash is seeded anew by every process, so it is
/// never stored, and a sender cannot prepare labels that collide.
/// </summary>
public readonly record struct SeriesKey(ulong High, ulong Low)
{
    private static readonly long Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>The key of labels in the encoding of remote write: repeated field 1 of a <c>TimeSeries</c>.</summary>
    public static SeriesKey Of(int sourceId, ReadOnlySpan<byte> encodedLabels)
    {
        var hash = XxHash128.HashToUInt128(encodedLabels, Seed ^ (sourceId * unchecked((long)0x9E3779B97F4A7C15)));
        return new SeriesKey((ulong)(hash >> 64), (ulong)hash);
    }

    /// <summary>The canonical key: that of the labels sorted by name, as Prometheus sends them.</summary>
    public static SeriesKey Of(int sourceId, LabelSet labels)
    {
        var encoded = new ArrayBufferWriter<byte>(256);
        foreach (var (name, value) in labels.Labels)
        {
            var nameLength = Encoding.UTF8.GetByteCount(name);
            var valueLength = Encoding.UTF8.GetByteCount(value);
            var inner = 1 + VarInt.Length((ulong)nameLength) + nameLength + 1 + VarInt.Length((ulong)valueLength) + valueLength;
            var span = encoded.GetSpan(inner + 11);
            var at = 0;
            span[at++] = 0x0A;
            at += VarInt.Write(span[at..], (ulong)inner);
            span[at++] = 0x0A;
            at += VarInt.Write(span[at..], (ulong)nameLength);
            at += Encoding.UTF8.GetBytes(name, span[at..]);
            span[at++] = 0x12;
            at += VarInt.Write(span[at..], (ulong)valueLength);
            at += Encoding.UTF8.GetBytes(value, span[at..]);
            encoded.Advance(at);
        }

        return Of(sourceId, encoded.WrittenSpan);
    }

    /// <summary>The bits are already well mixed, so any of them serve.</summary>
    public override int GetHashCode() => (int)Low;
}
