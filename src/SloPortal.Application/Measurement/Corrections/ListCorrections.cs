using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Corrections;

namespace SloPortal.Application.Measurement.Corrections;

/// <summary>One correction and what it did.</summary>
/// <param name="Measured">What was measured in its minutes; null where it is not in force.</param>
/// <param name="Counted">What counts in them instead.</param>
/// <param name="MayDecide">Whether the actor may approve it now.</param>
public sealed record CorrectionRow(
    Guid Id, CorrectionKind Kind, CorrectionState State, DateTimeOffset From, DateTimeOffset To, string? Recurrence, string TimeZone, double? Good, double? Total,
    string Reason, string Evidence, string ProposedBy, DateTimeOffset ProposedAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionNote,
    string? WithdrawnBy, DateTimeOffset? WithdrawnAt, string? WithdrawnReason, EventCounts? Measured, EventCounts? Counted, bool MayDecide);

/// <summary>All corrections of an SLI that there ever were, those that wait first and then the newest.</summary>
public sealed record ListCorrections(int SliId)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, OriginalCounts originals)
    {
        public async Task<Outcome<CorrectionRow[]>> HandleAsync(ListCorrections request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await (from sli in db.Slis
                              join service in db.Services on sli.ServiceId equals service.Id
                              where sli.Id == request.SliId
                              select (Guid?)service.OwnerTeamId).SingleOrDefaultAsync(ct);
            if (team is null)
                return Refusal.NotFound("The SLI");
            var rows = await db.Corrections.AsNoTracking().Where(c => c.SliId == request.SliId)
                .OrderBy(c => c.State == CorrectionState.Proposed ? 0 : 1).ThenByDescending(c => c.ProposedAt).ToListAsync(ct);
            var effects = await originals.EffectsAsync([.. rows.Where(c => c.State == CorrectionState.InForce).Select(c => c.Id)], ct);
            return rows.Select(c =>
            {
                (EventCounts Measured, EventCounts Counted)? effect = effects.TryGetValue(c.Id, out var known) ? known : null;
                return new CorrectionRow(
                    c.Id, c.Kind, c.State, c.From, c.To, c.Recurrence, c.TimeZone, c.Good, c.Total, c.Reason, c.Evidence, c.ProposedByName, c.ProposedAt,
                    c.DecidedByName, c.DecidedAt, c.DecisionNote, c.WithdrawnByName, c.WithdrawnAt, c.WithdrawnReason, effect?.Measured, effect?.Counted,
                    c.State == CorrectionState.Proposed && actor.MayChangeFor(team.Value) && actor.PersonId != c.ProposedBy);
            }).ToArray();
        }
    }
}
