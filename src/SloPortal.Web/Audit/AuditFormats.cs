using System.Globalization;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Web.Common;

namespace SloPortal.Web.Audit;

/// <summary>The audit as files: everything of an entry, in the order of the chain.</summary>
internal static class AuditFormats
{
    /// <summary>CSV with a header, see <see cref="CsvLine"/>.</summary>
    public static async Task WriteCsvAsync(IAsyncEnumerable<AuditRow> rows, Stream stream, CancellationToken ct)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync("number,recorded_at,actor_kind,actor_id,actor,action,subject_kind,subject_id,subject,details,hash");
        await foreach (var row in rows.WithCancellation(ct))
        {
            string[] cells =
            [
                row.Number.ToString(CultureInfo.InvariantCulture), CsvLine.Instant(row.RecordedAt), row.ActorKind.ToString(), row.ActorId.ToString(), row.ActorName,
                row.Action, row.SubjectKind, row.SubjectId, row.SubjectName, row.Details, row.Hash,
            ];
            await writer.WriteLineAsync(CsvLine.Of(cells).AsMemory(), ct);
        }
    }

    public static async Task WriteJsonLinesAsync(IAsyncEnumerable<AuditRow> rows, Stream stream, CancellationToken ct)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await foreach (var row in rows.WithCancellation(ct))
            await writer.WriteLineAsync(JsonSerializer.Serialize(row, PortalJson.Options).AsMemory(), ct);
    }
}
