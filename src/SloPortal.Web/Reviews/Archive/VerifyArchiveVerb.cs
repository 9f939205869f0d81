using System.Globalization;
using SloPortal.Application.Reviews.Archive.Verifying;
using SloPortal.Web.Common;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>Exit code 0 when the archive is whole, 1 when something was found, 2 when there is nothing to verify.</summary>
internal sealed class VerifyArchiveVerb : IVerb
{
    /// <summary>A public key has some 200 bytes.</summary>
    private const int LongestKey = 64 * 1024;

    public string Name => "verify";

    public string Summary => "verifies an exported archive: verify FILE [--key KEY.pem]";

    public bool NeedsPortal => false;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var (file, keyFile) = arguments switch
        {
            [_, var f] => (f, null),
            [_, var f, "--key", var k] => (f, k),
            [_, "--key", var k, var f] => (f, k),
            _ => (null, null),
        };
        if (file is null)
        {
            await output.WriteLineAsync("Usage: sloportal verify FILE [--key KEY.pem]");
            return 2;
        }
        ArchiveReport report;
        try
        {
            if (keyFile is not null && new FileInfo(keyFile).Length > LongestKey)
            {
                await output.WriteLineAsync($"{keyFile} is too long for a public key.");
                return 2;
            }
            await using var stream = File.OpenRead(file);
            report = ArchiveVerifier.Verify(stream, keyFile is null ? null : await File.ReadAllTextAsync(keyFile, ct));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await output.WriteLineAsync($"The file cannot be read: {e.Message}");
            return 2;
        }
        foreach (var line in Describe(report, keyFile is not null))
            await output.WriteLineAsync(line);
        return report.IsWhole ? 0 : 1;
    }

    public static IEnumerable<string> Describe(ArchiveReport report, bool keyGiven)
    {
        foreach (var finding in report.Findings)
            yield return finding.Path.Length == 0 ? finding.Sentence : $"{Printable(finding.Path)} {finding.Sentence}.";
        if (report.CreatedAt is { } createdAt)
            yield return string.Create(CultureInfo.InvariantCulture, $"{report.Postmortems:N0} postmortems, exported {createdAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {Printable(report.CreatedBy ?? "")}; {report.Files:N0} files hold.");
        if (report.KeyFingerprint.Length > 0)
            yield return $"Sealed with the key {report.KeyFingerprint}.";
        if (report.IsWhole)
            yield return keyGiven ? "The archive is whole, and sealed with the key that was given." : "The archive is whole. Compare the key with the one that the portal shows: whoever has another can seal anything.";
        else
            yield return report.Findings.Count == 1 ? "The archive does not hold: 1 finding." : string.Create(CultureInfo.InvariantCulture, $"The archive does not hold: {report.Findings.Count:N0} findings.");
    }

    /// <summary>A name in a hostile file must not steer the terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Take(500).Select(c => char.IsControl(c) ? '?' : c));
}
