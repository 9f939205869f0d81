using System.IO.Compression;
using System.Security.Cryptography;
using SloPortal.Application.Reviews.Archive.Verifying;

namespace SloPortal.Application.Tests.Reviews.Archive;

public sealed class ArchiveIndexTests
{
    [Theory]
    [InlineData(2, "index.html")]
    [InlineData(4, "index-1.html index-2.html index.html")]
    [InlineData(5, "index-1.html index-2.html index-3.html index.html")]
    public async Task Add_MoreThanAPage_IsSplitAndIndexLeadsToEachPage(int documents, string pages)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var stream = new MemoryStream(await ArchiveSample.ZipAsync(key, rowsOnAPage: 2, [.. Enumerable.Range(1, documents).Select(i => ArchiveSample.Document($"PM-{i}"))]));

        Assert.True(ArchiveVerifier.Verify(stream).IsWhole);
        using var zip = new ZipArchive(stream);
        var files = zip.Entries.Where(e => e.Name.EndsWith(".html", StringComparison.Ordinal)).ToDictionary(e => e.Name, Read);
        Assert.Equal(pages.Split(' '), files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files.Keys.Where(name => name != "index.html"), name => Assert.Contains($"href=\"{name}\"", files["index.html"], StringComparison.Ordinal));
        var rows = string.Concat(files.Values);
        Assert.All(Enumerable.Range(1, documents), i => Assert.Equal(2, rows.Split($"<td>PM-{i}</td>").Length));
        Assert.Contains($"{documents} published", files["index.html"], StringComparison.Ordinal);
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
