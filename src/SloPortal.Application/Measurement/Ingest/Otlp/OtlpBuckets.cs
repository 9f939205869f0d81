using System.Runtime.InteropServices;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>The buckets of one histogram point, read into lists that the next point uses again.</summary>
internal sealed class OtlpBuckets
{
    /// <summary>Nobody measures in so many. What comes beyond is passed over, and the point is refused.</summary>
    private const int MaxBuckets = 10_000;

    private readonly List<ulong> _counts = [];
    private readonly List<ulong> _bounds = [];

    public ReadOnlySpan<ulong> Counts => CollectionsMarshal.AsSpan(_counts);

    /// <summary>How many bounds there are.</summary>
    public int Bounds => _bounds.Count;

    public bool TooMany => _counts.Count > MaxBuckets;

    public void Clear()
    {
        _counts.Clear();
        _bounds.Clear();
    }

    public void ReadCounts(ref ProtoReader reader, ReadOnlySpan<byte> data, int wire) => ReadFixed(ref reader, data, wire, _counts);

    public void ReadBounds(ref ProtoReader reader, ReadOnlySpan<byte> data, int wire) => ReadFixed(ref reader, data, wire, _bounds);

    /// <summary>Those of an exponential histogram in place of the present ones: <c>offset = 1</c>, <c>bucket_counts = 2</c>. None where there is no message.</summary>
    public bool TryRead(ReadOnlySpan<byte> data, ByteRange? message, out int offset)
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

    /// <summary>Whether bounds, buckets and count of an explicit histogram fit together. One without buckets has a count only.</summary>
    public bool Agree(ulong count)
    {
        if (_counts.Count == 0 && _bounds.Count == 0)
        {
            return true;
        }

        if (_counts.Count != _bounds.Count + 1 || _bounds.Count > MaxBuckets || Total - _counts[^1] > count)
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

    public double BoundAt(int i) => BitConverter.UInt64BitsToDouble(_bounds[i]);

    /// <summary>All that was counted in them.</summary>
    public double Total
    {
        get
        {
            double total = 0;
            foreach (var count in _counts)
            {
                total += count;
            }

            return total;
        }
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

    private static void Keep(List<ulong> list, ulong value)
    {
        if (list.Count <= MaxBuckets + 1)
        {
            list.Add(value);
        }
    }
}
