using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components.Forms;
using SloPortal.Application.Reviews.Archive.Import;
using SloPortal.Domain.Common;
using SloPortal.Web.Common;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>
/// Files as somebody chose them in the browser: Markdown, or zips of it. What is counted is what comes out, so that a small zip cannot
/// become much; names are only names, and nothing is written to a disk.
/// </summary>
internal static class PostmortemUpload
{
    /// <summary>The browser tells of all of them in one message, which <see cref="RequestLimits.PageMessage"/> has to hold; a zip holds more.</summary>
    public const int MostChosen = 500;

    private const int MostBytesOfFile = 1 << 20;
    private const long MostBytes = RequestLimits.Import;

    public static async Task<Outcome<IReadOnlyList<ImportedFile>>> ReadAsync(IReadOnlyList<IBrowserFile> chosen, CancellationToken ct)
    {
        var files = new List<ImportedFile>();
        var left = MostBytes;
        foreach (var file in chosen)
        {
            if (file.Size > MostBytes)
                return TooMuch();
            await using var stream = file.OpenReadStream(MostBytes, ct);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, ct);
            content.Position = 0;
            if (file.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
            {
                left -= content.Length;
                files.Add(new ImportedFile(file.Name, await ReadTextAsync(content, ct)));
            }
            else if (file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                var read = await ReadZipAsync(file.Name, content, left, ct);
                if (!read.Succeeded)
                    return read.Refusal;
                left -= read.Value.Sum(f => (long)f.Text.Length);
                files.AddRange(read.Value);
            }
            else
            {
                return Refusal.Invalid($"\"{file.Name}\" is neither a Markdown file (.md) nor a zip. Choose others.");
            }
            if (left < 0)
                return TooMuch();
        }
        return files.Count == 0 ? Refusal.Invalid("There is no Markdown file (.md) among them.") : files;
    }

    /// <summary>At most one byte more than a file may have, which is then refused by its size.</summary>
    public static async Task<string> ReadTextAsync(Stream stream, CancellationToken ct)
    {
        var buffer = new byte[MostBytesOfFile + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<Outcome<IReadOnlyList<ImportedFile>>> ReadZipAsync(string name, Stream content, long left, CancellationToken ct)
    {
        try
        {
            await using var zip = new ZipArchive(content, ZipArchiveMode.Read);
            var files = new List<ImportedFile>();
            foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)).Take(ImportPostmortems.MostFiles + 1))
            {
                await using var stream = await entry.OpenAsync(ct);
                var text = await ReadTextAsync(stream, ct);
                left -= text.Length;
                if (left < 0)
                    return TooMuch();
                files.Add(new ImportedFile(entry.Name, text));
            }
            return files;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            return Refusal.Invalid($"\"{name}\" is not a zip that can be read. It may be damaged or have a password.");
        }
    }

    private static Refusal TooMuch() =>
        Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"That is more than {MostBytes >> 20} MiB of text at a time. Import it in several parts, or with: sloportal import postmortems FOLDER"));
}
