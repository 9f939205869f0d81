using System.Security.Cryptography;
using SloPortal.Application.Reviews.Archive.Exporting;
using SloPortal.Application.Reviews.Archive.Exporting.Pdf;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Tests.Reviews.Archive;

/// <summary>A small archive, made without a database.</summary>
internal static class ArchiveSample
{
    public static readonly DateTimeOffset At = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    public static ArchivedPostmortem Document(string code = "PM-1", string title = "Payments failed", string body = "# What happened\n\nThe vendor was away.") => new(
        code, title, "Payments failed for two hours.", "INC-7", IncidentSeverity.Sev2, At, At.AddHours(2), null,
        ["payments"], [new("external", "The vendor was away")], body, "Priya", At, "Ruth", At.AddDays(1), At.AddDays(2), [], [], [], []);

    public static Task<byte[]> ZipAsync(ECDsa key, params ArchivedPostmortem[] documents) => ZipAsync(key, rowsOnAPage: 1000, documents);

    public static async Task<byte[]> ZipAsync(ECDsa key, int rowsOnAPage, params ArchivedPostmortem[] documents)
    {
        using var file = new MemoryStream();
        await using (var zip = new ArchiveZip(file, At))
        {
            var index = new ArchiveIndex(zip, "all", At, rowsOnAPage);
            foreach (var document in documents)
            {
                await index.AddAsync(document, default);
                var folder = ArchiveFiles.FolderOf(document.Code);
                await zip.AddTextAsync($"{folder}/{document.Code}.md", ArchiveFiles.MarkdownOf(document), default);
                await zip.AddJsonAsync($"{folder}/{document.Code}.json", document, default);
                await zip.AddAsync($"{folder}/{document.Code}.pdf", PostmortemPdf.Write(document), default);
            }
            await index.CompleteAsync(default);
            await zip.AddTextAsync("README.txt", ArchiveFiles.ReadMe("Ruth", At, "all", documents.Length, Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))), default);
            await zip.SealAsync("Ruth", "all", documents.Length, key, default);
        }
        return file.ToArray();
    }
}
