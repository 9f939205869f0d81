using CsCheck;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Series;
using Snappier;
using static SloPortal.Application.Tests.Measurement.Ingest.WriteRequestBuilder;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public class RemoteWriteDecoderTests
{
    private static readonly (string, string)[] Up = [("__name__", "up"), ("job", "api")];

    [Fact]
    public void TryDecode_SeveralSeries_KeepsSamplesWithTheirSeries()
    {
        using var write = Decode(new WriteRequestBuilder()
            .Series(Up, (1000, 1.5), (2000, double.NaN), (0, 0), (-5, -1))
            .Series([("__name__", "down")], (3000, 7)));

        Assert.Equal(5, write.SampleCount);
        Assert.Equal(2, write.Slots.Length);
        Assert.Equal([new(1000, 1.5), new(2000, double.NaN), new(0, 0), new(-5, -1)], write.SamplesOf(write.Slots[0]));
        Assert.Equal([new(3000, 7)], write.SamplesOf(write.Slots[1]));
        Assert.Equal([.. Label("__name__", "up"), .. Label("job", "api")], write.LabelsOf(write.Slots[0]));
    }

    [Fact]
    public void TryDecode_SameLabels_GiveTheSameKeyPerSource()
    {
        using var one = Decode(new WriteRequestBuilder().Series(Up, (1, 1)).Series([("__name__", "up"), ("job", "web")], (1, 1)));
        using var two = Decode(new WriteRequestBuilder().Series(Up, (2, 2)));
        using var other = Decode(new WriteRequestBuilder().Series(Up, (2, 2)), sourceId: 2);
        Assert.Equal(one.Slots[0].Key, two.Slots[0].Key);
        Assert.NotEqual(one.Slots[0].Key, one.Slots[1].Key);
        Assert.NotEqual(one.Slots[0].Key, other.Slots[0].Key);
    }

    [Fact]
    public void TryDecode_LabelsAmongOtherFields_GiveTheKeyOfLabelsTogether()
    {
        using var together = Decode(new WriteRequestBuilder().Series(Up, (1, 1), (2, 2)));
        using var apart = Decode(new WriteRequestBuilder().Series(
            Sample(1, 1), Label("__name__", "up"), Field(3, [1, 2, 3]), Sample(2, 2), Label("job", "api")));
        Assert.Equal(together.Slots[0].Key, apart.Slots[0].Key);
        Assert.Equal(together.LabelsOf(together.Slots[0]), apart.LabelsOf(apart.Slots[0]));
        Assert.Equal(together.SamplesOf(together.Slots[0]), apart.SamplesOf(apart.Slots[0]));
    }

    [Fact]
    public void TryDecode_OtherFields_AreSkippedAndHistogramsCounted()
    {
        using var write = Decode(new WriteRequestBuilder()
            .Raw(Field(3, [0x08, 0x01]))
            .Series(Label("__name__", "up"), Field(4, [1, 2]), Field(4, []), [0x28, 0x96, 0x01], [0x35, 1, 2, 3, 4], [0x39, 1, 2, 3, 4, 5, 6, 7, 8], Sample(1, 1))
            .Raw(0xA0, 0x06, 0x01));
        Assert.Equal(1, write.SampleCount);
        Assert.Equal([(Domain.Measurement.SampleRefusal.NativeHistogram, 2)], write.Tally.Refusals());
    }

    [Fact]
    public void TryDecode_EmptyRequest_HoldsNothing()
    {
        using var write = Decode(new WriteRequestBuilder());
        Assert.Equal(0, write.SampleCount);
    }

    [Theory]
    [InlineData("0A05")]
    [InlineData("0A020A05")]
    [InlineData("0A021205")]
    [InlineData("0A0412020901")]
    [InlineData("0A051203108080")]
    [InlineData("0A0D120B10FFFFFFFFFFFFFFFFFF02")]
    [InlineData("0B")]
    [InlineData("00")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF01")]
    [InlineData("68656C6C6F")]
    public void TryDecode_NoWriteRequest_SaysSo(string hex)
    {
        var problem = Refuse(Snappy.CompressToArray(Convert.FromHexString(hex)));
        Assert.Equal(WriteFault.Malformed, problem.Fault);
        Assert.StartsWith("The body is not a remote-write 1.0 WriteRequest", problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("05")]
    [InlineData("0568656C6C6F")]
    [InlineData("80808008FFFFFF")]
    [InlineData("8080808080000000F0621A020803")]
    public void TryDecode_NoSnappyBlock_SaysSo(string hex)
    {
        var problem = Refuse(Convert.FromHexString(hex));
        Assert.Equal(WriteFault.Malformed, problem.Fault);
        Assert.Contains("snappy block", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_DeclaresMoreThanTheLimit_IsTooLarge()
    {
        var problem = Refuse([0x81, 0x80, 0x80, 0x10, 0]);
        Assert.Equal(WriteFault.TooLarge, problem.Fault);
        Assert.Contains("33554433 bytes", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_MoreSamplesThanTheLimit_IsTooLarge()
    {
        var body = new WriteRequestBuilder().Series(Up, (1, 1), (2, 2), (3, 3)).Body();
        Assert.False(RemoteWriteDecoder.TryDecode(body, 1, new WriteLimits(MaxSamples: 2), out _, out var problem));
        Assert.Equal(WriteFault.TooLarge, problem.Fault);
    }

    [Fact]
    public void TryDecode_AnyDamage_GivesAResultOrASentence()
    {
        var whole = new WriteRequestBuilder()
            .Series(Up, (1_700_000_000_000, 1.5), (1_700_000_015_000, 2))
            .Series(Label("__name__", "x"), Field(4, [1]), Sample(1, 2), Field(3, [1, 2]), Label("a", "b"))
            .Raw(Field(3, [8, 1]))
            .Decompressed();
        var damage = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[0, 6];
        Gen.Select(damage, Gen.Int[0, whole.Length], Gen.Bool).Sample(
            (changes, length, beforeCompression) =>
            {
                var bytes = beforeCompression ? whole : Snappy.CompressToArray(whole);
                bytes = [.. bytes];
                foreach (var (at, value) in changes)
                {
                    bytes[at % bytes.Length] = value;
                }

                bytes = length % 3 == 0 ? bytes[..Math.Min(length, bytes.Length)] : bytes;
                var body = beforeCompression ? Snappy.CompressToArray(bytes) : bytes;
                var read = RemoteWriteDecoder.TryDecode(body, 1, new WriteLimits(), out var write, out var problem);
                Assert.Equal(read, problem is null);
                if (write is not null)
                {
                    // What was read can be used: the labels lie inside the buffer and give labels or a reason.
                    var table = new SeriesTable(new SeriesLimits(), new LabelLimits());
                    var group = new IngestGroup();
                    table.Fold(write, new Domain.Measurement.SampleRules(0, long.MaxValue), group);
                    var tally = group.TallyOf(1);
                    Assert.Equal(tally.Arrived, tally.Unmatched + tally.Duplicates + tally.Refusals().Sum(r => r.Count));
                    write.Dispose();
                }
            },
            iter: 20_000);
    }

    private static DecodedWrite Decode(WriteRequestBuilder request, int sourceId = 1)
    {
        Assert.True(RemoteWriteDecoder.TryDecode(request.Body(), sourceId, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        return write;
    }

    private static WriteProblem Refuse(byte[] body)
    {
        Assert.False(RemoteWriteDecoder.TryDecode(body, 1, new WriteLimits(), out _, out var problem));
        return problem;
    }
}
