using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Exchange;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Timeline.Exchange;

/// <summary>A timeline as a file: everything of an entry, what was recorded beside what it was corrected to.</summary>
internal static class TimelineFormats
{
    private const string Header =
        "time,recorded_time,clock,offset_seconds,uncertainty_seconds,order_open,recorded_at,kind,provenance,author,source,text,reason,corrects,corrected_by,incident,number,client_key,details,hash";

    /// <summary>CSV with a header, see <see cref="CsvLine"/>. <c>time</c> is corrected by the offset of the clock, <c>recorded_time</c> what that clock said.</summary>
    public static async Task WriteCsvAsync(IAsyncEnumerable<EntryRow> entries, Stream stream, CancellationToken ct)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(Header.AsMemory(), ct);
        await foreach (var e in entries.WithCancellation(ct))
        {
            await writer.WriteLineAsync(CsvLine.Of(
            [
                CsvLine.Instant(e.Time.At), CsvLine.Instant(e.OccurredAt), e.Time.Clock, Number(e.Time.OffsetSeconds), Number(e.Time.UncertaintySeconds), e.Time.IsOrderOpen ? "true" : "false",
                CsvLine.Instant(e.RecordedAt), Word(e.Kind), Word(e.Provenance), e.Author, e.Source, e.Body, e.Reason ?? "", Named(e.Corrects), Named(e.CorrectedBy),
                e.Incident, e.Number.ToString(CultureInfo.InvariantCulture), e.ClientKey, e.Details.GetRawText(), e.Hash,
            ]).AsMemory(), ct);
        }
    }

    /// <summary>One JSON object: the incident, as of when, and the entries as the API gives them.</summary>
    public static async Task WriteJsonAsync(TimelineExport export, IAsyncEnumerable<EntryRow> entries, Stream stream, CancellationToken ct)
    {
        // The serializer flushes what it writes to without waiting, which a response refuses; the pipe takes it.
        var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(pipe, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("incident", export.Code);
        json.WriteString("title", export.Title);
        json.WriteString("asOf", CsvLine.Instant(export.At));
        json.WriteStartArray("entries");
        await foreach (var entry in entries.WithCancellation(ct))
        {
            JsonSerializer.Serialize(json, entry, PortalJson.Options);
            await pipe.FlushAsync(ct);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
        await pipe.CompleteAsync();
    }

    private static string Number(decimal seconds) => seconds.ToString(CultureInfo.InvariantCulture);

    private static string Named(EntryReference? entry) => entry is null ? "" : $"{entry.Incident}#{entry.Number.ToString(CultureInfo.InvariantCulture)}";

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
