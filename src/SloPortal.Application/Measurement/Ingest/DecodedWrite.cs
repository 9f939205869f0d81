using System.Buffers;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>One series of a request: its key, where its labels stand in the buffer, and which samples are its own.</summary>
internal readonly record struct SeriesSlot(SeriesKey Key, int LabelsAt, int LabelsLength, int FirstSample, int SampleCount);

/// <summary>
/// What one remote-write request holds, in arrays borrowed from the pool. Made by <see cref="RemoteWriteDecoder"/> on the thread
/// of the request, read by the one writer, then disposed.
/// </summary>
public sealed class DecodedWrite : IDisposable
{
    private byte[] _buffer;
    private SeriesSlot[] _slots = ArrayPool<SeriesSlot>.Shared.Rent(2048);
    private RawSample[] _samples = ArrayPool<RawSample>.Shared.Rent(2048);
    private int _slotCount;
    private bool _disposed;

    internal DecodedWrite(int sourceId, byte[] pooledBuffer)
    {
        SourceId = sourceId;
        _buffer = pooledBuffer;
    }

    /// <summary>The source that sent the request.</summary>
    public int SourceId { get; }

    /// <summary>How many float samples the request holds.</summary>
    public int SampleCount { get; private set; }

    /// <summary>How many native histograms it holds; they are not read.</summary>
    public int NativeHistogramCount { get; internal set; }

    internal ReadOnlySpan<SeriesSlot> Slots => _slots.AsSpan(0, _slotCount);

    internal ReadOnlySpan<byte> LabelsOf(in SeriesSlot slot) => _buffer.AsSpan(slot.LabelsAt, slot.LabelsLength);

    internal ReadOnlySpan<RawSample> SamplesOf(in SeriesSlot slot) => _samples.AsSpan(slot.FirstSample, slot.SampleCount);

    internal void Add(RawSample sample)
    {
        if (SampleCount == _samples.Length)
        {
            Grow(ref _samples);
        }

        _samples[SampleCount++] = sample;
    }

    internal void Add(in SeriesSlot slot)
    {
        if (_slotCount == _slots.Length)
        {
            Grow(ref _slots);
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
        ArrayPool<byte>.Shared.Return(_buffer);
        ArrayPool<SeriesSlot>.Shared.Return(_slots);
        ArrayPool<RawSample>.Shared.Return(_samples);
        (_buffer, _slots, _samples) = ([], [], []);
        (_slotCount, SampleCount) = (0, 0);
    }

    private static void Grow<T>(ref T[] array)
    {
        var larger = ArrayPool<T>.Shared.Rent(array.Length * 2);
        array.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
