namespace SloPortal.Application.Measurement.Ingest.Log;

/// <summary>
/// Writes the samples of a group, in the order in which they were taken, for one row of <c>ingest_log</c>: the evicted series, then for
/// each sample the series as a difference to the one before, the time likewise, and the value. About 7 bytes a sample.
/// </summary>
public sealed class IngestLogWriter
{
    private readonly PayloadBuffer _evictions = new();
    private readonly PayloadBuffer _samples = new();
    private readonly PayloadBuffer _head = new();
    private byte[] _row = [];
    private int _evictionCount;
    private int _lastSeries;
    private long _lastTime;

    /// <summary>How many samples were written.</summary>
    public int SampleCount { get; private set; }

    /// <summary>About how long the row is.</summary>
    public long Bytes => _evictions.Written.Length + _samples.Written.Length;

    /// <summary>Whether there is nothing that another portal would have to know.</summary>
    public bool IsEmpty => SampleCount == 0 && _evictionCount == 0;

    /// <summary>Forgets a series. Evictions come first when the row is read, so they must also be first in the group.</summary>
    /// <exception cref="InvalidOperationException">Samples were written already.</exception>
    public void Evict(int seriesId)
    {
        if (SampleCount > 0)
        {
            throw new InvalidOperationException("Evictions must be logged before the samples of their group.");
        }

        _evictions.Reserve(VarInt.MaxLength);
        _evictions.Varint((ulong)seriesId);
        _evictionCount++;
    }

    /// <summary>Adds an accepted sample.</summary>
    public void Add(int seriesId, long time, double value)
    {
        _samples.Reserve(PayloadBuffer.MaxSampleBytes);
        _samples.Sample(VarInt.ZigZag((long)seriesId - _lastSeries), time - _lastTime, value);
        (_lastSeries, _lastTime) = (seriesId, time);
        SampleCount++;
    }

    /// <summary>The row, in an array that the next group writes into.</summary>
    public ReadOnlyMemory<byte> Row()
    {
        _head.Clear();
        _head.Reserve(VarInt.MaxLength * 2);
        _head.Varint((ulong)_evictionCount);
        var evictions = _evictions.Written;
        _head.Reserve(evictions.Length + VarInt.MaxLength);
        _head.Bytes(evictions);
        _head.Varint((ulong)SampleCount);
        var length = PayloadFrame.Length(_head.Written, _samples.Written);
        if (_row.Length < length)
        {
            _row = new byte[Math.Max(length, 2 * _row.Length)];
        }

        PayloadFrame.Wrap(PayloadFrame.LogKind, _head.Written, _samples.Written, _row.AsSpan(0, length));
        return _row.AsMemory(0, length);
    }

    /// <summary>Empties it for the next group.</summary>
    public void Clear()
    {
        _evictions.Clear();
        _samples.Clear();
        (_evictionCount, SampleCount, _lastSeries, _lastTime) = (0, 0, 0, 0);
    }
}
