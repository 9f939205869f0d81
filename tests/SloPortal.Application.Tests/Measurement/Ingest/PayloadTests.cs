using CsCheck;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Log;
using SloPortal.Application.Measurement.Ingest.Series;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public class PayloadTests
{
    private static readonly Gen<LoggedSample> Samples = Gen.Select(
        Gen.Int[1, int.MaxValue],
        Gen.OneOf(Gen.Long[1_700_000_000_000, 1_700_000_100_000], Gen.Long),
        Gen.OneOf(Gen.Double[0, 1e6], Gen.Long[0, 1L << 54].Select(v => (double)v), Gen.Double),
        (series, time, value) => new LoggedSample(series, time, value));

    [Fact]
    public void Log_AnySamples_ReadAsWritten() =>
        Gen.Select(Samples.Array[0, 200], Gen.Int[1, int.MaxValue].Array[0, 20]).Sample((samples, evicted) =>
        {
            var (readEvicted, readSamples) = Read(Write(samples, evicted));
            Assert.Equal(evicted, readEvicted);
            Assert.Equal(samples, readSamples);
        });

    [Fact]
    public void Log_AnyDamage_IsInvalidData()
    {
        var row = Write([new(1, 1000, 5), new(2, 1000, 2.5), new(1, 2000, 6)], [7, 8]);
        Gen.Select(Gen.Int[0, row.Length - 1], Gen.Byte[1, 255]).Sample((at, flip) =>
        {
            var damaged = row.ToArray();
            damaged[at] ^= flip;
            Assert.Throws<InvalidDataException>(() => { Read(damaged); });
        });
        for (var length = 0; length < row.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => { Read(row[..length]); });
        }
    }

    [Fact]
    public void Log_UsualSamples_AreSmall()
    {
        var samples = Enumerable.Range(0, 10_000).Select(i => new LoggedSample(1 + (i % 5000), 1_700_000_000_000 + (i / 5000 * 15_000), i * 37)).ToArray();
        Assert.InRange(Write(samples, []).Length / (double)samples.Length, 3, 7);
    }

    [Fact]
    public void Evict_AfterSamples_IsABug()
    {
        var writer = new IngestLogWriter();
        writer.Add(1, 1, 1);
        Assert.Throws<InvalidOperationException>(() => writer.Evict(1));
    }

    [Fact]
    public void Restore_LogRow_IsInvalidData() =>
        Assert.Throws<InvalidDataException>(() => new SeriesTable(new SeriesLimits(), new LabelLimits()).Restore(Write([], [])));

    private static byte[] Write(LoggedSample[] samples, int[] evicted)
    {
        var writer = new IngestLogWriter();
        foreach (var id in evicted)
        {
            writer.Evict(id);
        }

        foreach (var (series, time, value) in samples)
        {
            writer.Add(series, time, value);
        }

        return writer.Row().ToArray();
    }

    private static (List<int> Evicted, List<LoggedSample> Samples) Read(byte[] row)
    {
        var reader = new IngestLogReader(row);
        var (evicted, samples) = (new List<int>(), new List<LoggedSample>());
        while (reader.TryReadEviction(out var id))
        {
            evicted.Add(id);
        }

        while (reader.TryReadSample(out var sample))
        {
            samples.Add(sample);
        }

        return (evicted, samples);
    }
}
