using System.Buffers.Binary;
using SloPortal.Application.Tests.Measurement.Ingest;
using Snappier;

namespace SloPortal.Benchmarks;

/// <summary>
/// Scrapes of the same series, one after another, written cheaply enough that the sender leaves the machine to who receives: the labels stand
/// once, and each scrape changes the time and the value of every sample in place.
/// </summary>
internal sealed class ScrapeTemplate
{
    private const int TimeBytes = 6;
    private const int ValueBytes = sizeof(double);

    // Two tags with the lengths that follow from them, the value and the time.
    private const int SampleBytes = 2 + 1 + ValueBytes + 1 + TimeBytes;

    private readonly byte[] message;
    private readonly int[] ends;
    private readonly double[] values;
    private readonly byte[] packed;
    private readonly int scrapes;
    private readonly Random random;

    /// <param name="first">The number of its first series.</param>
    /// <param name="series">How many series it has.</param>
    /// <param name="scrapes">How many scrapes go into one request, as of a sender that has fallen behind.</param>
    public ScrapeTemplate(int first, int series, int scrapes)
    {
        this.scrapes = scrapes;
        var sample = WriteRequestBuilder.Sample(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1);
        var request = new WriteRequestBuilder();
        ends = new int[series];
        values = new double[series];
        for (var i = 0; i < series; i++)
        {
            request.Series([ScrapeBodies.LabelsOf(first + i), .. Enumerable.Repeat(sample, scrapes)]);
            ends[i] = request.Length;
        }
        message = request.Decompressed();
        packed = new byte[Snappy.GetMaxCompressedLength(message.Length)];
        random = new Random(first);
    }

    /// <summary>How many samples a request has.</summary>
    public int Samples => ends.Length * scrapes;

    /// <summary>What all counters rose by since the first sample of each.</summary>
    public double Risen { get; private set; }

    /// <summary>The next scrapes, a millisecond apart, the last of them at a time in milliseconds since 1970. Good until the next call.</summary>
    public ReadOnlyMemory<byte> Next(long time)
    {
        for (var i = 0; i < ends.Length; i++)
        {
            for (var s = 1; s <= scrapes; s++)
            {
                var rise = random.Next(1, 40);
                Risen += values[i] > 0 ? rise : 0;
                values[i] += rise;
                Write(ends[i] - ((scrapes - s) * SampleBytes), (ulong)(time - scrapes + s), values[i]);
            }
        }
        return packed.AsMemory(0, Snappy.Compress(message, packed));
    }

    private void Write(int end, ulong time, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(message.AsSpan(end - TimeBytes - 1 - ValueBytes), value);
        for (var b = 0; b < TimeBytes; b++, time >>= 7)
            message[end - TimeBytes + b] = (byte)((time & 0x7F) | (b < TimeBytes - 1 ? 0x80u : 0));
    }
}
