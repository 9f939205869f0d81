using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>
/// What was recorded since a reading, in the order of recording. By the numbers of each chain and not by time: the writer holds its chain until it commits, so
/// no entry appears behind one that was read.
/// </summary>
/// <param name="Incident">Number.</param>
/// <param name="Heads">How far each chain was read. One that is not among them was merged meanwhile and comes whole.</param>
public sealed record FollowTimeline(int Incident, IReadOnlyList<ChainHead> Heads)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<TimelineNews>> HandleAsync(FollowTimeline request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, null, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            var read = request.Heads.ToDictionary(h => h.Incident, h => h.Number);
            var entries = new List<TimelineEntry>();
            foreach (var chain in scope.Codes.Keys)
            {
                var after = read.GetValueOrDefault(chain);
                var news = await db.TimelineEntries.AsNoTracking().Where(e => e.IncidentId == chain && e.Number > after).OrderBy(e => e.Number).ToListAsync(ct);
                entries.AddRange(news);
                read[chain] = news.Count > 0 ? news[^1].Number : after;
            }
            // What corrects a pinned entry changes the list of pins.
            var marks = entries.Any(e => EntryKinds.IsMark(e.Kind) || e.Kind == EntryKind.Triage || e.SupersedesId is not null) ? await MarkReading.OfAsync(db, scope, actor, null, ct) : null;
            var clocks = entries.Count == 0 ? null : await TimelineClocks.ReadAsync(db, scope.Ids, null, ct);
            return new TimelineNews(
                clocks is null ? [] : await scope.RowsAsync(db, entries, null, newest: true, clocks, new HashSet<Guid>(), ct), [.. scope.Codes.Keys.Select(id => new ChainHead(id, read[id]))], marks);
        }
    }
}

/// <param name="Entries">Whether their order is open is not told; the timeline is read again for that.</param>
/// <param name="Marks">All of them, where they may have changed; else null.</param>
public sealed record TimelineNews(IReadOnlyList<EntryRow> Entries, IReadOnlyList<ChainHead> Heads, TimelineMarks? Marks = null);
