using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>
/// The labels of many series, some 80 bytes each where objects would take 300. Each text stands once, in UTF-8, at an address; a series is
/// a list of addresses. Labels are read when an SLI changes or somebody asks, not when samples come, so they are put together then.
/// Nothing is removed: its owner makes a new one of what is left.
/// </summary>
internal sealed class LabelStore
{
    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;

    /// <summary>So many texts, those that came first, are also kept as they are put together: names, and values that many series share.</summary>
    private const int MostShared = 4096;

    private static readonly long Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    private readonly List<byte[]> _chunks = [new byte[ChunkSize]];
    private readonly Dictionary<int, string> _shared = [];
    private readonly Chunks<int> _series = new();
    private readonly List<int> _addresses = [];
    private byte[] _scratch = new byte[256];

    // Address of a text by its hash; 0 is a free place, and the address of nothing.
    private int[] _texts = new int[1024];
    private int _textCount;
    private int _used = 1;

    /// <summary>How many series have labels here.</summary>
    public int Count => _series.Count;

    /// <summary>Puts the labels together that <see cref="Add"/> gave this number.</summary>
    public LabelSet this[int number]
    {
        get
        {
            var (chunk, at) = PlaceOf(_series[number]);
            var labels = new KeyValuePair<string, string>[Next(chunk, ref at)];
            foreach (ref var label in labels.AsSpan())
            {
                var name = TextAt(Next(chunk, ref at));
                label = KeyValuePair.Create(name, TextAt(Next(chunk, ref at)));
            }

            return LabelSet.OfSorted(labels);
        }
    }

    /// <summary>Keeps the labels of one more series, and gives its number.</summary>
    public int Add(LabelSet labels)
    {
        // The texts first: they may open a chunk, in which the list then follows.
        _addresses.Clear();
        foreach (var (name, value) in labels.Labels)
        {
            _addresses.Add(AddressOf(name));
            _addresses.Add(AddressOf(value));
        }

        var at = Room((1 + _addresses.Count) * VarInt.MaxLength, out var room);
        var length = VarInt.Write(room, (ulong)labels.Labels.Count);
        foreach (var address in _addresses)
        {
            length += VarInt.Write(room[length..], (ulong)address);
        }

        _used += length;
        _series.Add(at);
        return _series.Count - 1;
    }

    private int AddressOf(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_scratch.Length < most)
        {
            _scratch = new byte[most];
        }

        ReadOnlySpan<byte> bytes = _scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, _scratch));
        if (4 * (_textCount + 1) > 3 * _texts.Length)
        {
            GrowTexts();
        }

        ref var place = ref Find(bytes);
        if (place == 0)
        {
            place = Room(VarInt.MaxLength + bytes.Length, out var room);
            var length = VarInt.Write(room, (ulong)bytes.Length);
            bytes.CopyTo(room[length..]);
            _used += length + bytes.Length;
            _textCount++;
            if (_shared.Count < MostShared)
            {
                _shared.Add(place, text);
            }
        }

        return place;
    }

    /// <summary>Where the address of a text stands, or would stand.</summary>
    private ref int Find(ReadOnlySpan<byte> text)
    {
        var mask = _texts.Length - 1;
        var place = (int)XxHash3.HashToUInt64(text, Seed) & mask;
        while (_texts[place] != 0 && !BytesAt(_texts[place]).SequenceEqual(text))
        {
            place = (place + 1) & mask;
        }

        return ref _texts[place];
    }

    private void GrowTexts()
    {
        var addresses = _texts;
        _texts = new int[2 * addresses.Length];
        foreach (var address in addresses)
        {
            if (address != 0)
            {
                Find(BytesAt(address)) = address;
            }
        }
    }

    private string TextAt(int address) => _shared.TryGetValue(address, out var text) ? text : Encoding.UTF8.GetString(BytesAt(address));

    private ReadOnlySpan<byte> BytesAt(int address)
    {
        var (chunk, at) = PlaceOf(address);
        var length = Next(chunk, ref at);
        return chunk.AsSpan(at, length);
    }

    private (byte[] Chunk, int At) PlaceOf(int address) => (_chunks[address >> ChunkBits], address & (ChunkSize - 1));

    private static int Next(byte[] chunk, ref int at)
    {
        VarInt.TryRead(chunk, ref at, out var value);
        return (int)value;
    }

    /// <summary>Room that lies in one chunk, and its address. What is written into it is counted by the caller.</summary>
    private int Room(int bytes, out Span<byte> room)
    {
        // What is longer than a chunk has one of its own, where an address tells only what begins in its first part.
        if (_used + bytes > _chunks[^1].Length || _used >= ChunkSize)
        {
            _chunks.Add(new byte[Math.Max(ChunkSize, bytes)]);
            _used = 0;
        }

        room = _chunks[^1].AsSpan(_used);
        return ((_chunks.Count - 1) << ChunkBits) + _used;
    }
}
