using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Clocks;

namespace SloPortal.Application.Incidents.Timeline.Clocks;

/// <summary>An entry as far as its time goes.</summary>
/// <param name="Clock">By which it was told.</param>
internal sealed record TimedEntry(Guid Id, Guid IncidentId, int Number, EntryKind Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, Guid? SupersedesId, string Clock)
{
    public static TimedEntry Of(TimelineEntry e) => new(e.Id, e.IncidentId, e.Number, e.Kind, e.OccurredAt, e.RecordedAt, e.SupersedesId, ClockOf(e.Source, e.Provenance, e.AuthorName, e.SupersedesId, e.Details));

    public static async Task<List<TimedEntry>> ReadAsync(IQueryable<TimelineEntry> entries, CancellationToken ct) =>
        (await entries.Select(e => new { e.Id, e.IncidentId, e.Number, e.Kind, e.OccurredAt, e.RecordedAt, e.SupersedesId, e.Source, e.Provenance, e.AuthorName, Details = e.SupersedesId == null ? "" : e.Details }).ToListAsync(ct))
            .ConvertAll(e => new TimedEntry(e.Id, e.IncidentId, e.Number, e.Kind, e.OccurredAt, e.RecordedAt, e.SupersedesId, ClockOf(e.Source, e.Provenance, e.AuthorName, e.SupersedesId, e.Details)));

    public static string ClockOf(string source, Provenance provenance, string author, Guid? supersedes, string details) =>
        EntryClock.Of(source, source is NewEntry.Portal or EntryRules.Api, provenance, author, supersedes is null ? null : Kept(details));

    /// <summary>What a correction that leaves the time says of its clock.</summary>
    private static string? Kept(string details)
    {
        using var read = JsonDocument.Parse(details);
        return read.RootElement.TryGetProperty("clock", out var clock) ? clock.GetString() : null;
    }
}
