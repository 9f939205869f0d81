using Google.Protobuf;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.RemoteWrite;
using SloPortal.Domain.Measurement;
using Snappier;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public class RemoteWriteV2DecoderTests
{
    private static readonly string[] Symbols = ["", "__name__", "up", "job", "api", "help"];

    [Fact]
    public void TryDecode_SymbolsAndReferences_AreLabels()
    {
        using var write = Decode(new Request
        {
            Symbols = { Symbols },
            Timeseries =
            {
                new TimeSeriesV2
                {
                    LabelsRefs = { 1, 2, 3, 4 },
                    Samples = { At(1000, 1.5), At(-5, double.NaN) },
                    Exemplars = { new Exemplar { LabelsRefs = { 3, 4 }, Value = 3 } },
                    Metadata = new Metadata { Type = 1, HelpRef = 5 },
                    CreatedTimestamp = 400,
                },
                new TimeSeriesV2 { LabelsRefs = { 1, 2 }, Samples = { At(0, 7) }, Metadata = new Metadata { Type = 2 }, CreatedTimestamp = 400 },
            },
        });

        Assert.Equal(["up{job=\"api\"} 1.5 at 1000 since 400", "up{job=\"api\"} NaN at -5 since 400", "up{} 7 at 0"], DecodedText.Of(write));
    }

    [Fact]
    public void TryDecode_SameLabels_HaveTheKeyOfVersion1()
    {
        using var two = Decode(new Request { Symbols = { Symbols }, Timeseries = { new TimeSeriesV2 { LabelsRefs = { 1, 2, 3, 4 }, Samples = { At(1, 1) } } } });
        Assert.True(RemoteWriteDecoder.TryDecode(
            new WriteRequestBuilder().Series([("__name__", "up"), ("job", "api")], (1, 1)).Body(), 1, new WriteLimits(), out var one, out _));
        Assert.Equal(one.Slots[0].Key, two.Slots[0].Key);
        one.Dispose();
    }

    [Fact]
    public void TryDecode_NativeHistograms_AreRefusedOneByOne()
    {
        using var write = Decode(new Request
        {
            Symbols = { Symbols },
            Timeseries = { new TimeSeriesV2 { LabelsRefs = { 1, 2 }, Histograms = { new Histogram { CountInt = 1 }, new Histogram { CountInt = 2 } } } },
        });
        Assert.Equal(0, write.SampleCount);
        Assert.Equal([(SampleRefusal.NativeHistogram, 2)], write.Tally.Refusals());
    }

    [Fact]
    public void TryDecode_OneLongSymbolForManyLabels_IsRefusedAndNotWrittenOut()
    {
        var series = new TimeSeriesV2 { Samples = { At(1, 1) } };
        series.LabelsRefs.Add(Enumerable.Repeat(6u, 20_000));
        using var write = Decode(new Request { Symbols = { Symbols, new string('x', 60_000) }, Timeseries = { series } });
        Assert.Equal([(SampleRefusal.LabelsTooLong, 1)], write.Tally.Refusals());
        Assert.Equal(0, write.LabelBytes);
    }

    [Theory]
    [InlineData(1u, 6u)]
    [InlineData(1u)]
    [InlineData(1u, uint.MaxValue)]
    public void TryDecode_ReferencesThatLeadNowhere_SaysSo(params uint[] references)
    {
        var request = new Request { Symbols = { Symbols }, Timeseries = { new TimeSeriesV2 { LabelsRefs = { references }, Samples = { At(1, 1) } } } };
        Assert.False(TryDecode(request, new WriteLimits(), out _, out var problem));
        Assert.StartsWith("The body is not a remote-write 2.0 Request", problem!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_MoreSamplesThanTheLimit_IsTooLarge()
    {
        var request = new Request { Symbols = { Symbols }, Timeseries = { new TimeSeriesV2 { LabelsRefs = { 1, 2 }, Samples = { At(1, 1), At(2, 2), At(3, 3) } } } };
        Assert.False(TryDecode(request, new WriteLimits(MaxSamples: 2), out _, out var problem));
        Assert.Equal(WriteFault.TooLarge, problem!.Fault);
    }

    [Fact]
    public void Fold_CreatedTimestamp_CountsTheFirstSampleAndKnowsARestart()
    {
        const long Minute = UnixMinute.Milliseconds;
        var table = new SeriesTable(new SeriesLimits(), new LabelLimits());
        table.UseSlis(new SliSet([new ReadSli(1, null, new CounterRatio(SeriesSelector.Parse("up"), null, SeriesSelector.Parse("up")))]));
        var group = new IngestGroup();
        foreach (var (created, time, value) in ((long, long, double)[])[(Minute, 2 * Minute, 30), (Minute, 3 * Minute, 32), (3 * Minute + 1, 4 * Minute, 40)])
        {
            using var write = Decode(new Request
            {
                Symbols = { Symbols },
                Timeseries = { new TimeSeriesV2 { LabelsRefs = { 1, 2 }, Samples = { At(time, value) }, CreatedTimestamp = created } },
            });
            table.Fold(write, new SampleRules(1, long.MaxValue), group);
        }

        Assert.Equal([new(1, 2, 30, 30), new(1, 3, 2, 2), new(1, 4, 40, 40)], group.Minutes.InOrder());
    }

    private static Sample At(long time, double value) => new() { Timestamp = time, Value = value };

    private static DecodedWrite Decode(Request request)
    {
        Assert.True(TryDecode(request, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        return write!;
    }

    private static bool TryDecode(Request request, WriteLimits limits, out DecodedWrite? write, out WriteProblem? problem) =>
        RemoteWriteDecoder.TryDecode(Snappy.CompressToArray(request.ToByteArray()), 1, limits, out write, out problem, RemoteWriteVersion.Two);
}
