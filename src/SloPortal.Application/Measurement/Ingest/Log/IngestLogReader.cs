namespace SloPortal.Application.Measurement.Ingest.Log;

/// <summary>A sample as the log tells it.</summary>
public readonly record struct LoggedSample(int SeriesId, long Time, double Value);

/// <summary>Reads a row of <c>ingest_log</c>: first all evictions, then all samples.</summary>
public ref struct IngestLogReader
{
    private PayloadReader _reader;
    private int _evictionsLeft;
    private int _samplesLeft;
    private long _lastSeries;
    private long _lastTime;

    /// <summary>Checks the whole row before any of it is used.</summary>
    /// <exception cref="InvalidDataException">The row is of another version, cut off or damaged.</exception>
    public IngestLogReader(ReadOnlySpan<byte> row)
    {
        _reader = new PayloadReader(PayloadFrame.Unwrap(PayloadFrame.LogKind, row));
        _evictionsLeft = _reader.Count();
        _samplesLeft = -1;
    }

    /// <summary>The next evicted series. False when there are no more.</summary>
    public bool TryReadEviction(out int seriesId)
    {
        seriesId = 0;
        if (_evictionsLeft == 0)
        {
            return false;
        }

        _evictionsLeft--;
        seriesId = checked((int)_reader.Varint());
        return true;
    }

    /// <summary>The next sample. False when there are no more.</summary>
    /// <exception cref="InvalidOperationException">The evictions were not read first.</exception>
    public bool TryReadSample(out LoggedSample sample)
    {
        if (_evictionsLeft > 0)
        {
            throw new InvalidOperationException("Read the evictions first.");
        }

        if (_samplesLeft < 0)
        {
            _samplesLeft = _reader.Count();
        }

        if (_samplesLeft == 0)
        {
            _reader.MustEnd();
            sample = default;
            return false;
        }

        _samplesLeft--;
        _reader.Sample(out var series, out var time, out var value);
        _lastSeries += VarInt.UnZigZag(series);
        _lastTime += time;
        sample = new LoggedSample((int)_lastSeries, _lastTime, value);
        return true;
    }
}
