using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;

namespace SloPortal.Application.Tests.Reviews.Archive;

/// <summary>The commands that README.txt of an archive gives, run as they stand there.</summary>
public sealed partial class OfflineVerificationTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string folder = Directory.CreateTempSubdirectory("sloportal-archive-").FullName;

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Commands_UntouchedArchive_FindNothing()
    {
        var commands = await UnpackAsync();

        Assert.Contains("Verified OK", await RunAsync(commands[0]), StringComparison.Ordinal);
        Assert.Equal("", await RunAsync(commands[1]));
        var hashes = Hash().Matches(await RunAsync(commands[2])).Select(m => m.Value).ToList();
        Assert.Equal(2, hashes.Count);
        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal("", await RunAsync(commands[3]));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), await RunAsync(commands[4]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_FilesAlteredRemovedAndAdded_NameThem()
    {
        var commands = await UnpackAsync();
        var markdown = Path.Combine(folder, "postmortems/PM-1/PM-1.md");
        await File.WriteAllTextAsync(markdown, (await File.ReadAllTextAsync(markdown)).Replace("vendor", "lender", StringComparison.Ordinal));
        File.Delete(Path.Combine(folder, "postmortems/PM-1/PM-1.json"));
        await File.WriteAllTextAsync(Path.Combine(folder, "postmortems/PM-1/more.txt"), "more");

        Assert.Contains("PM-1.md: FAILED", await RunAsync(commands[1]), StringComparison.Ordinal);
        var difference = await RunAsync(commands[3]);
        Assert.Contains("< postmortems/PM-1/PM-1.json", difference, StringComparison.Ordinal);
        Assert.Contains("> postmortems/PM-1/more.txt", difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_ManifestAltered_SignatureFails()
    {
        var commands = await UnpackAsync();
        var manifest = Path.Combine(folder, "manifest.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("Ruth", "Rita", StringComparison.Ordinal));

        Assert.Contains("Verification failure", await RunAsync(commands[0]), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Unpacks a small archive and lists the commands of its README.</summary>
    private async Task<List<string>> UnpackAsync()
    {
        await using (var zip = new ZipArchive(new MemoryStream(await ArchiveSample.ZipAsync(key, ArchiveSample.Document()))))
            await zip.ExtractToDirectoryAsync(folder);
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "README.txt"));
        return [.. lines.Select(l => l.Trim()).Where(l => l.StartsWith("openssl", StringComparison.Ordinal) || l.StartsWith("sha256sum", StringComparison.Ordinal)
            || l.StartsWith("grep", StringComparison.Ordinal) || l.StartsWith("diff", StringComparison.Ordinal)).Select(l => l.Replace("KEY.pem", "public-key.pem", StringComparison.Ordinal))];
    }

    private async Task<string> RunAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", command + " 2>&1"]) { RedirectStandardOutput = true, WorkingDirectory = folder, Environment = { ["LC_ALL"] = "C" } })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();
}
