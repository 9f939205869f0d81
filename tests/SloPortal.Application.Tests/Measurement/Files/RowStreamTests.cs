using System.IO.Compression;
using System.Text;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Tests.Measurement.Files;

public sealed class RowStreamTests
{
    private static readonly RowMapping Csv = new() { Delimiter = ",", Time = new TimeRule("time", TimeForm.Iso), Counts = new CountRule(RowMeaning.Counts) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_QuotesAndLineBreaks_AreNumberedByTheirLine()
    {
        var rows = await ReadAsync("time,note\n1,\"a \"\"b\"\",\nc\"\n\n2,d\r\n3,e");

        Assert.Equal([(2, "1|a \"b\",\nc"), (5, "2|d"), (6, "3|e")], rows.Select(r => (r.Line, string.Join('|', r.Fields!))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"closed\",")]
    public async Task Rows_QuoteNeverClosed_CostsOneRow(string before)
    {
        var rows = await ReadAsync($"time,note\n1,a\n{before}2,\"b\n3,c\n4,d\n");

        Assert.Equal([2, 3, 4, 5], rows.Select(r => r.Line));
        Assert.NotNull(rows[1].Problem);
        Assert.Equal(["3", "c"], rows[2].Fields!);
    }

    [Fact]
    public async Task Rows_QuoteNeverClosedInALongFile_CostsOneRow()
    {
        var lines = Enumerable.Range(1, 30_000).Select(n => n == 7 ? $"{n},\"open" : $"{n},value").ToArray();
        var rows = await ReadAsync("time,note\n" + string.Join('\n', lines));

        Assert.Equal(30_000, rows.Count);
        Assert.Equal(8, Assert.Single(rows, r => r.Fields is null).Line);
        Assert.Equal("30000", rows[^1].Fields![0]);
        Assert.Equal(30_001, rows[^1].Line);
    }

    [Fact]
    public async Task Rows_ValueTooLong_CostsOneRow()
    {
        var rows = await ReadAsync($"time,note\n1,a\n2,{new string('x', 100_000)}\n3,c\n");

        Assert.Equal([true, false, true], rows.Select(r => r.Fields is not null));
        Assert.Equal("3", rows[2].Fields![0]);
    }

    [Fact]
    public async Task Rows_HeaderWithGapsAndTwins_NamesEachColumnOnce()
    {
        using var rows = await FileText.OpenRowsAsync(Bytes("a,,a\n1,2,3"), Csv, Ct);

        Assert.Equal(["a", "Column 2", "a (2)"], rows.Columns);
    }

    [Fact]
    public async Task Rows_WithoutHeader_BeginWithTheFirstLine()
    {
        using var rows = await FileText.OpenRowsAsync(Bytes("1;2\n3;4"), Csv with { HasHeader = false, Delimiter = ";" }, Ct);

        Assert.Equal(["Column 1", "Column 2"], rows.Columns);
        Assert.Equal(["1", "2"], (await rows.NextAsync(Ct))!.Value.Fields!);
        Assert.Equal(2, (await rows.NextAsync(Ct))!.Value.Line);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("iso-8859-1", false)]
    [InlineData("utf-8", true)]
    public async Task Rows_InAnEncoding_AreReadInIt(string encoding, bool packed)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes("time,note\n" + string.Concat(Enumerable.Repeat("1,Grüße\n", 20_000)));
        var rows = await ReadAsync(packed ? Packed(bytes) : new MemoryStream(bytes), Csv);

        Assert.Equal(20_000, rows.Count);
        Assert.All(rows, r => Assert.Equal("Grüße", r.Fields![1]));
    }

    [Fact]
    public async Task Lines_ThatDoNotMatch_AreToldApart()
    {
        var rows = await ReadAsync(Bytes("a 1\r\nnothing\r\n\r\nb 2"), Csv with { Format = RowFormat.Lines, Pattern = "^(?<name>\\w) (?<n>\\d)$" });

        Assert.Equal([1, 2, 4], rows.Select(r => r.Line));
        Assert.Equal([false, true, false], rows.Select(r => r.Others));
        Assert.Equal(["b", "2"], rows[2].Fields!);
    }

    [Theory]
    [InlineData("a;b\n1;2\n3;4\n", ";")]
    [InlineData("a\tb\n1\t2\n", "\t")]
    [InlineData("a,b\n1,2\n", ",")]
    [InlineData("alone\n", ",")]
    [InlineData("", ",")]
    public void DelimiterOf_Beginning_IsWhatItUses(string text, string delimiter) => Assert.Equal(delimiter, CsvRows.DelimiterOf(text));

    [Fact]
    public void Next_EqualRows_AreNumbered_AndNeighboursDoNotRunTogether()
    {
        var names = new RowKey();
        Guid[] keys = [names.Next(["a", "bc"]), names.Next(["ab", "c"]), names.Next(["a", "bc"])];

        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(keys[2], RowKey.Of(["a", "bc"], 1));
    }

    private static Task<List<RawRow>> ReadAsync(string text) => ReadAsync(Bytes(text), Csv);

    private static async Task<List<RawRow>> ReadAsync(Stream file, RowMapping mapping)
    {
        using var rows = await FileText.OpenRowsAsync(file, mapping, Ct);
        var all = new List<RawRow>();
        while (await rows.NextAsync(Ct) is { } row)
            all.Add(row);
        return all;
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static MemoryStream Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(bytes);
        packed.Position = 0;
        return packed;
    }
}
