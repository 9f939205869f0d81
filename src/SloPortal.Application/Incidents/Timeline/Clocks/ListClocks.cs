using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline.Clocks;

/// <summary>The clocks by which a timeline is told, and what they are off by. Reading that of a restricted incident is recorded.</summary>
/// <param name="Incident">Number.</param>
/// <param name="KnownAt">As it had been recorded at that moment; null is now.</param>
public sealed record ListClocks(int Incident, DateTimeOffset? KnownAt = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<IReadOnlyList<ClockRow>>> HandleAsync(ListClocks request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var knownAt = request.KnownAt?.ToUniversalTime();
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, knownAt, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            await scope.RecordReadAsync(reads, actor, ct);
            var chains = scope.Ids;
            var clocks = await TimelineClocks.ReadAsync(db, chains, knownAt, ct);
            var entries = await TimedEntry.ReadAsync(
                db.TimelineEntries.AsNoTracking().Where(e => chains.Contains(e.IncidentId) && !EntryKinds.NotWhatHappened.Contains(e.Kind) && (knownAt == null || e.RecordedAt <= knownAt)), ct);
            return entries.GroupBy(e => e.Clock).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            {
                var last = clocks.Last(scope.Id, scope.Id, g.Key);
                return new ClockRow(g.Key, g.Count(), last?.Details.OffsetSeconds ?? 0, last?.Details.UncertaintySeconds ?? 0, last?.Details.Reason, last?.By, last?.RecordedAt, last?.Entry);
            }).ToList();
        }
    }
}

/// <param name="Clock">The source of entries, or the watch of a person who entered them afterwards.</param>
/// <param name="Entries">How many are told by it.</param>
/// <param name="OffsetSeconds">What it says minus the true time.</param>
/// <param name="UncertaintySeconds">To either side.</param>
/// <param name="Reason">Null while nobody said anything of it.</param>
/// <param name="Entry">The line of the timeline that says so.</param>
public sealed record ClockRow(string Clock, int Entries, decimal OffsetSeconds, decimal UncertaintySeconds, string? Reason, string? By, DateTimeOffset? RecordedAt, Guid? Entry);
