namespace SloPortal.Application.Measurement.Ingest;

/// <summary>Bytes that grow in arrays borrowed from the pool. Dispose gives them back.</summary>
internal sealed class PooledBytes(int firstGuess) : IDisposable
{
    private byte[] _bytes = IngestPool.Bodies.Rent(firstGuess);

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Hands the array over to somebody who returns it to the pool.</summary>
    public byte[] Take()
    {
        var bytes = _bytes;
        (_bytes, Length) = ([], 0);
        return bytes;
    }

    public void Clear() => Length = 0;

    /// <summary>Room for at least so many bytes behind the written ones.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            var larger = IngestPool.Bodies.Rent(Math.Max(_bytes.Length * 2, Length + bytes));
            Written.CopyTo(larger);
            Return();
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    /// <summary>Counts bytes that were written into the room.</summary>
    public void Advance(int bytes) => Length += bytes;

    public void Add(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void AddVarint(ulong value) => Length += VarInt.Write(Room(VarInt.MaxLength), value);

    /// <summary>Adds field 1 of a <c>TimeSeries</c> of remote write: a label.</summary>
    public void AddLabel(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Add(0x0A);
        AddVarint((ulong)(1 + VarInt.Length((ulong)name.Length) + name.Length + 1 + VarInt.Length((ulong)value.Length) + value.Length));
        Add(0x0A);
        AddVarint((ulong)name.Length);
        Add(name);
        Add(0x12);
        AddVarint((ulong)value.Length);
        Add(value);
    }

    public void Dispose()
    {
        Return();
        (_bytes, Length) = ([], 0);
    }

    private void Return()
    {
        if (_bytes.Length > 0)
        {
            IngestPool.Bodies.Return(_bytes);
        }
    }
}
