using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>What an entry of <see cref="EntryKind.Pin"/> says to programs.</summary>
/// <param name="Entry">As it was first recorded, whatever corrects it.</param>
/// <param name="Number">Of the entry that was chosen.</param>
internal sealed record PinDetails(Guid Entry, int Number, string? Label, bool IsPinned)
{
    public PinSaid Said => new(Entry, Label, IsPinned);
}

/// <summary>What an entry of <see cref="EntryKind.Link"/> says to programs.</summary>
/// <param name="Number">Of the entry that was linked.</param>
/// <param name="IsTakenBack">The entry does not rest on it, as was said before.</param>
internal sealed record LinkDetails(Guid Entry, int Number, EvidenceKind Kind, string Reference, DateTimeOffset? At, bool IsTakenBack = false)
{
    public Evidence Evidence => new(Kind, Reference, At);
}

/// <summary>Reads the pins and the links of a timeline out of its entries.</summary>
internal static class MarkReading
{
    /// <param name="knownAt">What was recorded later is left out; null is now.</param>
    public static async Task<TimelineMarks> OfAsync(PortalDbContext db, TimelineScope scope, Actor actor, DateTimeOffset? knownAt, CancellationToken ct)
    {
        var chains = scope.Ids;
        var said = await db.TimelineEntries.AsNoTracking()
            .Where(e => chains.Contains(e.IncidentId) && (e.Kind == EntryKind.Pin || e.Kind == EntryKind.Link || e.Kind == EntryKind.Triage) && (knownAt == null || e.RecordedAt <= knownAt))
            .OrderBy(e => e.RecordedAt).ThenBy(e => e.Number).Select(e => new Mark(e.Id, e.IncidentId, e.Kind, e.Details, e.AuthorName, e.RecordedAt)).ToListAsync(ct);
        return said.Count == 0 ? TimelineMarks.None : new(await PinsAsync(db, scope, said, knownAt, ct), await LinksAsync(db, actor, said, ct));
    }

    /// <summary>What is pinned in an incident now.</summary>
    public static async Task<IReadOnlyList<PinSaid>> PinnedAsync(PortalDbContext db, Guid incident, CancellationToken ct)
    {
        var said = await db.TimelineEntries.AsNoTracking().Where(e => e.IncidentId == incident && e.Kind == EntryKind.Pin).OrderBy(e => e.Number).Select(e => e.Details).ToListAsync(ct);
        return PinnedEntries.Of(said.Select(d => Read<PinDetails>(d).Said), p => p);
    }

    /// <summary>The entry that one corrects, and so on, until the one that corrects none.</summary>
    public static async Task<TimelineEntry> FirstOfAsync(PortalDbContext db, TimelineEntry entry, CancellationToken ct)
    {
        while (entry.SupersedesId is { } original)
            entry = await db.TimelineEntries.AsNoTracking().SingleAsync(e => e.Id == original, ct);
        return entry;
    }

    /// <summary>The incident's own; what was pinned in one that was merged into it was for those who worked on that.</summary>
    private static async Task<IReadOnlyList<PinRow>> PinsAsync(PortalDbContext db, TimelineScope scope, List<Mark> said, DateTimeOffset? knownAt, CancellationToken ct)
    {
        var pinned = PinnedEntries.Of(said.Where(m => m.Kind == EntryKind.Pin && m.Incident == scope.Id).Select(m => (Mark: m, Details: Read<PinDetails>(m.Details))), p => p.Details.Said);
        var chains = scope.Ids;
        Guid[] wanted = [.. pinned.Select(p => p.Details.Entry)];
        var known = new Dictionary<Guid, (TimelineEntry Now, bool IsCorrected)>();
        foreach (var entry in await db.TimelineEntries.AsNoTracking().Where(e => wanted.Contains(e.Id) && chains.Contains(e.IncidentId)).ToListAsync(ct))
            known[entry.Id] = (entry, false);
        // One step for all of them at a time; most were never corrected.
        for (var open = wanted; open.Length > 0;)
        {
            var corrections = await db.TimelineEntries.AsNoTracking()
                .Where(e => chains.Contains(e.IncidentId) && e.SupersedesId != null && open.Contains(e.SupersedesId.Value) && (knownAt == null || e.RecordedAt <= knownAt)).ToListAsync(ct);
            foreach (var (first, now) in known.ToList())
            {
                if (corrections.Find(c => c.SupersedesId == now.Now.Id) is { } correction)
                    known[first] = (correction, true);
            }
            open = [.. corrections.Select(c => c.Id)];
        }
        var clocks = pinned.Count == 0 ? new([]) : await TimelineClocks.ReadAsync(db, chains, knownAt, ct);
        return [.. pinned.Where(p => known.ContainsKey(p.Details.Entry)).Select(p => Row(p.Mark, p.Details, known[p.Details.Entry])).OrderBy(p => p.OccurredAt).ThenBy(p => p.PinnedAt)];

        PinRow Row(Mark mark, PinDetails pin, (TimelineEntry Now, bool IsCorrected) entry) => new(
            pin.Entry, entry.Now.Id, scope.Codes[entry.Now.IncidentId], entry.Now.Number, clocks.TimeOf(scope.Id, TimedEntry.Of(entry.Now)).At, pin.Label, entry.Now.Body, entry.IsCorrected && entry.Now.RecordedAt > mark.RecordedAt, mark.By, mark.RecordedAt);
    }

    private static async Task<IReadOnlyList<LinkRow>> LinksAsync(PortalDbContext db, Actor actor, List<Mark> said, CancellationToken ct)
    {
        List<(Mark Mark, Guid Entry, Evidence Evidence, string? Why)> links =
        [
            // The last word on each counts.
            .. said.Where(m => m.Kind == EntryKind.Link).Select(m => (Mark: m, Details: Read<LinkDetails>(m.Details)))
                .GroupBy(l => (l.Details.Entry, l.Details.Evidence)).Select(g => g.Last()).Where(l => !l.Details.IsTakenBack).Select(l => (l.Mark, l.Details.Entry, l.Details.Evidence, (string?)null)),
            // What the portal found rests on its evidence from the beginning.
            .. said.Where(m => m.Kind == EntryKind.Triage).SelectMany(m => Read<TriageFinding>(m.Details).Items.Select(i => (m, m.Id, i.Evidence, (string?)i.Why))),
        ];
        var titles = await EvidenceTitles.OfAsync(db, actor, [.. links.Select(l => l.Evidence)], ct);
        return [.. links.Where(l => titles.ContainsKey(l.Evidence)).Select(l => new LinkRow(l.Entry, l.Evidence, titles[l.Evidence].Text, titles[l.Evidence].Within, l.Mark.By, l.Mark.RecordedAt, l.Why))];
    }

    private static T Read<T>(string details) => JsonSerializer.Deserialize<T>(details, PortalJson.Options)!;

    private sealed record Mark(Guid Id, Guid Incident, EntryKind Kind, string Details, string By, DateTimeOffset RecordedAt);
}
