namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>
/// A list that grows by pieces, so that growing copies nothing and leaves no array behind that was outgrown. A place stays where it is.
/// </summary>
internal sealed class Chunks<T>
{
    private const int Bits = 9;
    private const int Size = 1 << Bits;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> Bits][index & (Size - 1)];

    public void Add(in T item)
    {
        if (Count == _chunks.Count << Bits)
        {
            _chunks.Add(new T[Size]);
        }

        this[Count++] = item;
    }

    /// <summary>Drops what stands behind so many.</summary>
    public void CutTo(int count)
    {
        Count = count;
        var needed = (count + Size - 1) >> Bits;
        _chunks.RemoveRange(needed, _chunks.Count - needed);
    }
}
