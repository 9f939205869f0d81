using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>What happened, the latest first by corrected times: the entries of an incident and of those merged into it.</summary>
/// <param name="Incident">Number.</param>
/// <param name="KnownAt">The timeline as it had been recorded at that moment; null is now.</param>
/// <param name="Kinds">Only these; null or empty is all.</param>
/// <param name="Skip">Entries, counted from the latest.</param>
public sealed record GetTimeline(int Incident, DateTimeOffset? KnownAt = null, IReadOnlyCollection<EntryKind>? Kinds = null, int Skip = 0, int Take = GetTimeline.UsualTake)
{
    public const int UsualTake = 100;
    public const int MostTake = 1000;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<TimelinePage>> HandleAsync(GetTimeline request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Skip < 0 || request.Take is < 1 or > MostTake)
                return Refusal.Invalid($"Skip 0 or more entries, and take between 1 and {MostTake}.");
            var knownAt = request.KnownAt?.ToUniversalTime();
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, knownAt, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            await scope.RecordReadAsync(reads, actor, ct);
            // One moment for all that follows: what is recorded between the entries and their number would be counted here and again when it is followed.
            await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            var (chains, kinds) = (scope.Ids, request.Kinds?.ToArray() ?? []);
            var all = db.TimelineEntries.AsNoTracking().Where(e => chains.Contains(e.IncidentId));
            // The end of each chain, from which it is followed.
            var heads = await all.GroupBy(e => e.IncidentId).Select(g => new { g.Key, Number = g.Max(e => e.Number), First = g.Min(e => e.RecordedAt), Last = g.Max(e => e.RecordedAt) }).ToListAsync(ct);
            var shown = all.Where(e => (knownAt == null || e.RecordedAt <= knownAt) && (kinds.Length == 0 || kinds.Contains(e.Kind)));
            var clocks = await TimelineClocks.ReadAsync(db, chains, knownAt, ct);
            var (entries, open) = clocks.AreAsTheySay
                ? (await shown.OrderByDescending(e => e.OccurredAt).ThenByDescending(e => e.RecordedAt).ThenByDescending(e => e.Number).Skip(request.Skip).Take(request.Take).ToListAsync(ct), new HashSet<Guid>())
                : await ByCorrectedTimesAsync(all, scope, clocks, request with { KnownAt = knownAt }, ct);
            return new TimelinePage(
                await scope.RowsAsync(db, entries, knownAt, newest: false, clocks, open, ct), await shown.CountAsync(ct),
                heads.Count == 0 ? null : heads.Min(h => h.First), heads.Count == 0 ? null : heads.Max(h => h.Last),
                [.. scope.Codes.Keys.Select(id => new ChainHead(id, heads.Find(h => h.Key == id)?.Number ?? 0))],
                await MarkReading.OfAsync(db, scope, actor, knownAt, ct));
        }

        /// <summary>What clocks are off by is said in entries, which no index of the database knows: all are placed here, and those of the page read.</summary>
        private static async Task<(List<TimelineEntry> Entries, IReadOnlySet<Guid> Open)> ByCorrectedTimesAsync(
            IQueryable<TimelineEntry> all, TimelineScope scope, TimelineClocks clocks, GetTimeline request, CancellationToken ct)
        {
            var timed = await TimedEntry.ReadAsync(all.Where(e => request.KnownAt == null || e.RecordedAt <= request.KnownAt), ct);
            Guid[] ids = [.. timed.Where(e => request.Kinds is not { Count: > 0 } kinds || kinds.Contains(e.Kind))
                .OrderByDescending(e => clocks.TimeOf(scope.Id, e).At).ThenByDescending(e => e.RecordedAt).ThenByDescending(e => e.Number).Skip(request.Skip).Take(request.Take).Select(e => e.Id)];
            var place = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
            var entries = await all.Where(e => ids.Contains(e.Id)).ToListAsync(ct);
            return ([.. entries.OrderBy(e => place[e.Id])], clocks.Open(scope.Id, timed));
        }
    }
}

/// <param name="Total">How many there are in all.</param>
/// <param name="FirstRecorded">When the first entry of all was recorded, whatever was asked for.</param>
/// <param name="Heads">How far each chain was read, for <see cref="FollowTimeline"/>.</param>
/// <param name="Marks">What people said of the entries of the whole timeline.</param>
public sealed record TimelinePage(
    IReadOnlyList<EntryRow> Entries, int Total, DateTimeOffset? FirstRecorded, DateTimeOffset? LastRecorded, IReadOnlyList<ChainHead> Heads, TimelineMarks Marks);
