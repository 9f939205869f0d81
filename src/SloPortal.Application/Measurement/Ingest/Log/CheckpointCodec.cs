using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Log;

/// <summary>
/// Writes histories for <c>ingest_checkpoints</c>: the number of series, then for each one its id as a difference to the one before, the
/// number of its samples, and the samples, each with the time since the one before (across series, as these are scraped together).
/// </summary>
internal sealed class CheckpointWriter
{
    private readonly PayloadBuffer _body = new();
    private readonly PayloadBuffer _head = new();
    private long _lastSeries;
    private long _lastTime;

    public int SeriesCount { get; private set; }

    public void Add(int seriesId, in SeriesHistory history)
    {
        _body.Reserve((2 * VarInt.MaxLength) + (SeriesHistory.Capacity * PayloadBuffer.MaxSampleBytes));
        _body.Varint(VarInt.ZigZag(seriesId - _lastSeries));
        _body.Varint((ulong)history.Count);
        for (var i = 0; i < history.Count; i++)
        {
            _body.Sample(0, history.TimeAt(i) - _lastTime, history.ValueAt(i));
            _lastTime = history.TimeAt(i);
        }

        _lastSeries = seriesId;
        SeriesCount++;
    }

    public byte[] ToArrayAndClear()
    {
        _head.Clear();
        _head.Reserve(VarInt.MaxLength);
        _head.Varint((ulong)SeriesCount);
        var chunk = new byte[PayloadFrame.Length(_head.Written, _body.Written)];
        PayloadFrame.Wrap(PayloadFrame.CheckpointKind, _head.Written, _body.Written, chunk);
        _body.Clear();
        (SeriesCount, _lastSeries, _lastTime) = (0, 0, 0);
        return chunk;
    }
}

/// <summary>Reads what <see cref="CheckpointWriter"/> wrote.</summary>
internal ref struct CheckpointReader
{
    private PayloadReader _reader;
    private int _seriesLeft;
    private long _lastSeries;
    private long _lastTime;

    /// <exception cref="InvalidDataException">The chunk is of another version, cut off or damaged.</exception>
    public CheckpointReader(ReadOnlySpan<byte> chunk)
    {
        _reader = new PayloadReader(PayloadFrame.Unwrap(PayloadFrame.CheckpointKind, chunk));
        _seriesLeft = _reader.Count();
    }

    public bool TryRead(out int seriesId, out SeriesHistory history)
    {
        history = default;
        seriesId = 0;
        if (_seriesLeft == 0)
        {
            _reader.MustEnd();
            return false;
        }

        _seriesLeft--;
        _lastSeries += VarInt.UnZigZag(_reader.Varint());
        seriesId = (int)_lastSeries;
        var count = _reader.Count();
        for (var i = 0; i < count; i++)
        {
            _reader.Sample(out _, out var time, out var value);
            _lastTime += time;
            history.Restore(_lastTime, value);
        }

        return true;
    }
}
