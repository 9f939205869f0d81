using System.Text;
using Microsoft.AspNetCore.Components.Forms;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Domain.Common;
using SloPortal.Web.Common;

namespace SloPortal.Web.Objectives.AsCode;

/// <summary>Files of objectives as somebody chose them in the browser. Names are only names, and nothing is written to a disk.</summary>
internal static class CodeUpload
{
    public static async Task<Outcome<IReadOnlyList<CodeSource>>> ReadAsync(IReadOnlyList<IBrowserFile> chosen, CancellationToken ct)
    {
        var files = new List<CodeSource>();
        if (chosen.Sum(f => Math.Min(f.Size, CodeSource.MostBytes)) > RequestLimits.Import)
            return Refusal.Invalid($"That is more than {RequestLimits.Import >> 20} MiB of text at a time. Import it in several parts, or with: sloportal import openslo PATH");
        foreach (var file in chosen)
        {
            // One that is too large is read so far that it is refused by its size, in its own line.
            await using var stream = file.OpenReadStream(long.MaxValue, ct);
            files.Add(new CodeSource(file.Name, await ReadTextAsync(stream, ct)));
        }
        return files;
    }

    /// <summary>At most one byte more than a file may have.</summary>
    public static async Task<string> ReadTextAsync(Stream stream, CancellationToken ct)
    {
        var buffer = new byte[CodeSource.MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
