using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Application.Reviews.Archive.Verifying;
using Xunit;

namespace SloPortal.Application.Tests.Reviews.Archive;

public sealed class ArchiveVerifierTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task Verify_Untouched_IsWhole()
    {
        var report = Verify(await ArchiveSample.ZipAsync(key, ArchiveSample.Document(), ArchiveSample.Document("PM-2")));

        Assert.True(report.IsWhole);
        Assert.Equal(9, report.Files);
        Assert.Equal(2, report.Postmortems);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), report.KeyFingerprint);
    }

    [Theory]
    [InlineData("postmortems/PM-1/PM-1.md")]
    [InlineData("postmortems/PM-1/PM-1.pdf")]
    [InlineData("index.html")]
    [InlineData("SHA256SUMS")]
    public async Task Verify_OneByteFlipped_NamesTheFile(string path)
    {
        var altered = Rewrite(await ArchiveSample.ZipAsync(key, ArchiveSample.Document()), (name, content) =>
        {
            if (name == path)
                content[content.Length / 2] ^= 1;
            return content;
        });

        Assert.Equal([(ArchiveFault.Altered, path)], Findings(altered));
    }

    [Fact]
    public async Task Verify_FileRemovedAndAnotherAdded_NamesBoth()
    {
        var altered = Rewrite(await ArchiveSample.ZipAsync(key, ArchiveSample.Document()),
            (name, content) => name == "postmortems/PM-1/PM-1.json" ? null : content, ("postmortems/PM-1/extra.txt", "more"u8.ToArray()));

        Assert.Equal([(ArchiveFault.Removed, "postmortems/PM-1/PM-1.json"), (ArchiveFault.Added, "postmortems/PM-1/extra.txt")], Findings(altered));
    }

    [Fact]
    public async Task Verify_ManifestRewrittenToMatch_SaysThatTheSignatureDiffers()
    {
        var altered = Rewrite(await ArchiveSample.ZipAsync(key, ArchiveSample.Document()), (name, content) =>
            name == "manifest.json" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("Ruth", "Rita", StringComparison.Ordinal)) : content);

        Assert.Equal([(ArchiveFault.SignatureDiffers, "manifest.json")], Findings(altered));
    }

    [Fact]
    public async Task Verify_SealedAgainWithAnotherKey_IsToldByTheExpectedKey()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = await ArchiveSample.ZipAsync(other, ArchiveSample.Document(title: "Nothing happened"));

        Assert.True(Verify(forged).IsWhole);
        Assert.Contains(Findings(forged, key.ExportSubjectPublicKeyInfoPem()), f => f.Fault == ArchiveFault.KeyDiffers);
    }

    [Fact]
    public async Task Verify_EntryTwice_NamesIt()
    {
        var original = await ArchiveSample.ZipAsync(key, ArchiveSample.Document());
        var altered = Rewrite(original, (_, content) => content, ("index.html", "other"u8.ToArray()));

        Assert.Contains((ArchiveFault.Added, "index.html"), Findings(altered));
    }

    [Fact]
    public async Task Verify_CutAnywhere_AnswersWithoutThrowing()
    {
        var whole = await ArchiveSample.ZipAsync(key, ArchiveSample.Document());
        for (var length = 0; length < whole.Length; length += 97)
            Assert.False(Verify(whole[..length]).IsWhole);
    }

    [Fact]
    public async Task Verify_BytesAltered_NeverThrowsAndNeverOverlooksContent()
    {
        var whole = await ArchiveSample.ZipAsync(key, ArchiveSample.Document());
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var altered = (byte[])whole.Clone();
            for (var flips = random.Next(1, 8); flips > 0; flips--)
                altered[random.Next(altered.Length)] ^= (byte)(1 << random.Next(8));
            var report = Verify(altered);
            // A flip in a date or another field of the zip's own structure changes no content.
            if (report.IsWhole)
                Assert.Equal(Contents(whole), Contents(altered));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a zip")]
    [InlineData("PK")]
    public void Verify_NoZip_SaysSo(string content)
    {
        var finding = Assert.Single(Verify(Encoding.UTF8.GetBytes(content)).Findings);
        Assert.Equal(ArchiveFault.Unreadable, finding.Fault);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"sloportal-archive/1\",\"files\":[null]}")]
    [InlineData("{\"format\":\"sloportal-archive/1\",\"files\":[{\"path\":\"a\",\"size\":-1,\"sha256\":\"\"}]}")]
    [InlineData("{\"format\":\"sloportal-archive/2\",\"files\":[]}")]
    public void Verify_ManifestThatIsNone_SaysSo(string manifest)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var stream = zip.CreateEntry("manifest.json").Open())
            stream.Write(Encoding.UTF8.GetBytes(manifest));

        Assert.Equal(ArchiveFault.Unreadable, Assert.Single(Verify(file.ToArray()).Findings).Fault);
    }

    private static ArchiveReport Verify(byte[] file, string? expectedKey = null)
    {
        using var stream = new MemoryStream(file);
        return ArchiveVerifier.Verify(stream, expectedKey);
    }

    private static List<(ArchiveFault Fault, string Path)> Findings(byte[] file, string? expectedKey = null) =>
        [.. Verify(file, expectedKey).Findings.Select(f => (f.Fault, f.Path))];

    private static Dictionary<string, string> Contents(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return zip.Entries.Where(e => !e.FullName.EndsWith('/')).ToDictionary(e => e.FullName, e =>
        {
            using var content = e.Open();
            return Convert.ToHexString(SHA256.HashData(content));
        });
    }

    private static byte[] Rewrite(byte[] file, Func<string, byte[], byte[]?> change, params (string Name, byte[] Content)[] added)
    {
        using var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(file)))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var content = new MemoryStream();
                using (var stream = entry.Open())
                    stream.CopyTo(content);
                if (change(entry.FullName, content.ToArray()) is { } kept)
                    Add(target, entry.FullName, kept);
            }
            foreach (var (name, content) in added)
                Add(target, name, content);
        }
        return result.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(content);
    }
}
