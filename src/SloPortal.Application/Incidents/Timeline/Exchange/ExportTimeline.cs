using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Timeline.Exchange;

/// <summary>Read the entries once; they come from the database as they are read.</summary>
/// <param name="Code">Of the incident.</param>
/// <param name="At">As of when.</param>
public sealed record TimelineExport(string Code, string Title, DateTimeOffset At, IAsyncEnumerable<EntryRow> Entries);

/// <summary>All entries of an incident and of those merged into it, the earliest first by corrected times, with what corrects them. Recorded: an export leaves the portal.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Format">Only for the record: "csv" or "json".</param>
/// <param name="KnownAt">The timeline as it had been recorded at that moment; null is now.</param>
public sealed record ExportTimeline(int Incident, string Format, DateTimeOffset? KnownAt = null)
{
    /// <summary>Entries that are read at a time.</summary>
    internal const int Portion = 500;

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts)
    {
        public Task<Outcome<TimelineExport>> HandleAsync(ExportTimeline request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ExportTimeline, TimelineExport>(request, actor, Permission.Read, async change =>
            {
                var knownAt = request.KnownAt?.ToUniversalTime() ?? change.Now;
                if (await TimelineScope.FindAsync(change.Db, request.Incident, actor, request.KnownAt is null ? null : knownAt, ct) is not { } scope)
                    return IncidentToChange.NotFound(request.Incident);
                var code = scope.Codes[scope.Id];
                change.Audit("incident.timeline_exported", "incident", scope.Id, $"{code} {scope.Title}", new { request.Format, request.KnownAt });
                return new TimelineExport(code, scope.Title, knownAt, StreamAsync(scope, knownAt, ct));
            }, ct);

        /// <summary>What is recorded while it is read is left out, and so is what corrects a clock meanwhile.</summary>
        private async IAsyncEnumerable<EntryRow> StreamAsync(TimelineScope scope, DateTimeOffset knownAt, [EnumeratorCancellation] CancellationToken ct)
        {
            var chains = scope.Ids;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var all = db.TimelineEntries.AsNoTracking().Where(e => chains.Contains(e.IncidentId) && e.RecordedAt <= knownAt);
            var clocks = await TimelineClocks.ReadAsync(db, chains, knownAt, ct);
            var timed = await TimedEntry.ReadAsync(all, ct);
            var open = clocks.AreAsTheySay ? new HashSet<Guid>() : clocks.Open(scope.Id, timed);
            foreach (var portion in timed.OrderBy(e => clocks.TimeOf(scope.Id, e).At).ThenBy(e => e.RecordedAt).ThenBy(e => e.Number).Select(e => e.Id).Chunk(Portion))
            {
                var entries = await all.Where(e => portion.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
                foreach (var row in await scope.RowsAsync(db, [.. portion.Select(id => entries[id])], knownAt, newest: false, clocks, open, ct))
                    yield return row;
            }
        }
    }
}
