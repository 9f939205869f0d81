using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>The chains that make up a timeline: the incident's own, and of each that was merged into it, from the merge on.</summary>
internal sealed record TimelineScope(Guid Id, int Number, string Title, bool IsRestricted, DateTimeOffset StartedAt, IncidentStatus Status, IReadOnlyDictionary<Guid, string> Codes)
{
    private static readonly JsonElement NoDetails = JsonSerializer.Deserialize<JsonElement>("{}");

    /// <summary>The scope as the actor may see it; null where there is nothing, or nothing for them.</summary>
    /// <param name="knownAt">What was merged later is left out.</param>
    public static async Task<TimelineScope?> FindAsync(PortalDbContext db, int number, Actor actor, DateTimeOffset? knownAt, CancellationToken ct)
    {
        var parts = await db.IncidentsFor(actor).AsNoTracking()
            .Where(i => i.Number == number || (db.Incidents.Any(s => s.Id == i.MergedIntoId && s.Number == number) && (knownAt == null || i.MergedAt <= knownAt)))
            .Select(i => new { i.Id, i.Number, i.Title, i.IsRestricted, i.StartedAt, i.Status }).ToListAsync(ct);
        if (parts.Find(p => p.Number == number) is not { } found)
            return null;
        var codes = parts.ToDictionary(p => p.Id, p => Incident.CodeOf(p.Number));
        return new TimelineScope(found.Id, number, found.Title, found.IsRestricted, found.StartedAt, found.Status, codes);
    }

    public Guid[] Ids => [.. Codes.Keys];

    public Task RecordReadAsync(SensitiveReads reads, Actor actor, CancellationToken ct) =>
        IsRestricted ? reads.RecordAsync(actor, "incident.read", "incident", Id, $"{Incident.CodeOf(Number)} {Title}", ct) : Task.CompletedTask;

    /// <summary>With what corrects them and what they correct.</summary>
    /// <param name="newest">They are the end of their chains, so that what corrects one of them is among them.</param>
    /// <param name="open">Those that may have happened the other way round.</param>
    public async Task<IReadOnlyList<EntryRow>> RowsAsync(PortalDbContext db, IReadOnlyList<TimelineEntry> entries, DateTimeOffset? knownAt, bool newest, TimelineClocks clocks, IReadOnlySet<Guid> open, CancellationToken ct)
    {
        var (ids, chains) = (newest ? [] : entries.Select(e => e.Id).ToArray(), Ids);
        var originals = entries.Select(e => e.SupersedesId).OfType<Guid>().ToArray();
        var others = ids.Length + originals.Length == 0 ? [] : await db.TimelineEntries.AsNoTracking()
            .Where(e => chains.Contains(e.IncidentId) && (originals.Contains(e.Id) || (e.SupersedesId != null && ids.Contains(e.SupersedesId.Value))) && (knownAt == null || e.RecordedAt <= knownAt))
            .ToListAsync(ct);
        if (newest)
            others = [.. others.Concat(entries.Where(e => e.SupersedesId is not null)).DistinctBy(e => e.Id)];
        var byId = others.ToDictionary(e => e.Id);
        var corrections = others.Where(e => e.SupersedesId is not null).ToLookup(e => e.SupersedesId!.Value);
        return [.. entries.Select(e => new EntryRow(
            e.Id, Codes[e.IncidentId], e.Number, e.OccurredAt, e.RecordedAt, e.Kind, e.Provenance, e.AuthorKind, e.AuthorName, e.Source, e.Body,
            e.Details == "{}" ? NoDetails : JsonSerializer.Deserialize<JsonElement>(e.Details),
            e.SupersedesId is { } original && byId.TryGetValue(original, out var corrected) ? Reference(corrected) : null,
            corrections[e.Id].MinBy(c => c.RecordedAt) is { } correction ? Reference(correction) : null,
            e.ClientKey, Convert.ToHexStringLower(e.Hash), clocks.TimeOf(Id, TimedEntry.Of(e), open.Contains(e.Id))))];
    }

    private EntryReference Reference(TimelineEntry e) => new(e.Id, Codes[e.IncidentId], e.Number, e.AuthorName, e.RecordedAt, e.Body);
}
