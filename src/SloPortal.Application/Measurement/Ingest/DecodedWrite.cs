using System.Buffers;
using Snappier;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>One series of a request: its key, where its labels stand in the buffer, and which samples are its own.</summary>
/// <param name="Key">Stands for source and labels.</param>
/// <param name="LabelsAt">Where the labels begin.</param>
/// <param name="LabelsLength">How many bytes they take.</param>
/// <param name="FirstSample">The first of its samples.</param>
/// <param name="SampleCount">How many samples it has.</param>
/// <param name="Start">Since when its samples are running totals, in milliseconds since 1970; 0 where the sender does not say.</param>
/// <param name="Point">Which point of the request it belongs to, where a point makes several series; they follow each other.</param>
internal readonly record struct SeriesSlot(SeriesKey Key, int LabelsAt, int LabelsLength, int FirstSample, int SampleCount, long Start = 0, int Point = 0);

/// <summary>
/// What one request holds, in arrays borrowed from the pool. Made by a decoder such as <see cref="RemoteWriteDecoder"/> on the thread
/// of the request, read by the one writer, then disposed.
/// </summary>
public sealed class DecodedWrite : IDisposable
{
    private byte[] _buffer;
    private ReadOnlyMemory<byte> _packed;
    private IDisposable? _packedOwner;
    private SeriesSlot[] _slots = IngestPool<SeriesSlot>.Waiting.Rent(2048);
    private RawSample[] _samples = IngestPool<RawSample>.Waiting.Rent(2048);
    private int _slotCount;
    private int _length;
    private HashSet<int>? _rejectedPoints;
    private bool _disposed;

    /// <summary>The labels will stand where they were read.</summary>
    internal DecodedWrite(int sourceId, byte[] pooledBuffer)
    {
        SourceId = sourceId;
        _buffer = pooledBuffer;
    }

    /// <summary>The labels will be written with <see cref="Append"/>.</summary>
    internal DecodedWrite(int sourceId)
        : this(sourceId, IngestPool.Bodies.Rent(16 * 1024))
    {
    }

    /// <summary>The source that sent the request.</summary>
    public int SourceId { get; }

    /// <summary>How many float samples the request holds.</summary>
    public int SampleCount { get; private set; }

    /// <summary>What became of its samples: what the decoder refused, and the rest once it is stored. Can be read after all else is given back.</summary>
    public SourceTally Tally { get; } = new();

    /// <summary>Whether it comes above the rate of its source, so that of each series one sample of a minute is kept.</summary>
    internal bool IsThinned { get; set; }

    /// <summary>How many points of it were refused, in whole or in part.</summary>
    public int RejectedPoints => _rejectedPoints?.Count ?? 0;

    /// <summary>How many bytes of labels it holds, where they were written.</summary>
    internal int LabelBytes => _length;

    internal ReadOnlySpan<SeriesSlot> Slots => _slots.AsSpan(0, _slotCount);

    /// <summary>Whether the labels of a series stand elsewhere than in the body.</summary>
    internal bool LabelsMoved { get; set; }

    internal ReadOnlySpan<byte> LabelsOf(in SeriesSlot slot)
    {
        if (_buffer.Length == 0 && !_packed.IsEmpty)
        {
            _buffer = IngestPool.Bodies.Rent(Snappy.GetUncompressedLength(_packed.Span));
            Snappy.Decompress(_packed.Span, _buffer);
        }

        return _buffer.AsSpan(slot.LabelsAt, slot.LabelsLength);
    }

    /// <summary>
    /// Keeps the body as it came in place of what it holds, a tenth of that: while it waits only its samples are needed, and its labels only
    /// where a series is new.
    /// </summary>
    /// <param name="body">The compressed request.</param>
    /// <param name="owner">Of the body, from here on disposed with this.</param>
    internal void Pack(ReadOnlyMemory<byte> body, IDisposable? owner)
    {
        (_packed, _packedOwner) = (body, owner);
        PackAgain();
    }

    /// <summary>Gives back what <see cref="LabelsOf"/> unpacked. It can be unpacked again.</summary>
    internal void PackAgain()
    {
        if (!_packed.IsEmpty)
        {
            ReturnBuffer();
        }
    }

    internal ReadOnlySpan<RawSample> SamplesOf(in SeriesSlot slot) => _samples.AsSpan(slot.FirstSample, slot.SampleCount);

    /// <summary>Refuses something that gives no sample.</summary>
    internal void Refuse(SampleRefusal reason, int point, int count = 1)
    {
        Tally.Arrived += count;
        Tally.Refuse(reason, count);
        RejectPoint(point);
    }

    /// <summary>Counts a point as refused, once, however many of its series were.</summary>
    internal void RejectPoint(int point) => (_rejectedPoints ??= []).Add(point);

    /// <summary>Writes bytes of labels behind those that there are.</summary>
    /// <returns>Where they begin.</returns>
    internal int Append(ReadOnlySpan<byte> labels)
    {
        while (_length + labels.Length > _buffer.Length)
        {
            Grow(ref _buffer, IngestPool.Bodies);
        }

        labels.CopyTo(_buffer.AsSpan(_length));
        _length += labels.Length;
        return _length - labels.Length;
    }

    /// <summary>The key of the labels that stand there.</summary>
    internal SeriesKey KeyOf(int labelsAt, int labelsLength) => SeriesKey.Of(SourceId, _buffer.AsSpan(labelsAt, labelsLength));

    internal void Add(RawSample sample)
    {
        if (SampleCount == _samples.Length)
        {
            Grow(ref _samples, IngestPool<RawSample>.Waiting);
        }

        _samples[SampleCount++] = sample;
    }

    internal void Add(in SeriesSlot slot)
    {
        if (_slotCount == _slots.Length)
        {
            Grow(ref _slots, IngestPool<SeriesSlot>.Waiting);
        }

        _slots[_slotCount++] = slot;
    }

    /// <summary>Gives the arrays back. What was read from them must not be used any more.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        ReturnBuffer();
        _packedOwner?.Dispose();
        IngestPool<SeriesSlot>.Waiting.Return(_slots);
        IngestPool<RawSample>.Waiting.Return(_samples);
        (_packed, _slots, _samples) = (default, [], []);
        (_slotCount, SampleCount) = (0, 0);
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
        {
            IngestPool.Bodies.Return(_buffer);
            _buffer = [];
        }
    }

    private static void Grow<T>(ref T[] array, ArrayPool<T> pool)
    {
        var larger = pool.Rent(array.Length * 2);
        array.CopyTo(larger, 0);
        pool.Return(array);
        array = larger;
    }
}
