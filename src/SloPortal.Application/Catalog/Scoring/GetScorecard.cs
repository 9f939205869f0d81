using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Scoring;

/// <param name="Version">Sent back with a change, so that nobody overwrites what they have not seen.</param>
public sealed record ScorecardView(Scorecard Card, DateTimeOffset ChangedAt, uint Version, bool MayChange);

/// <summary>How scores come about.</summary>
public sealed record GetScorecard
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ScorecardView>> HandleAsync(GetScorecard request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var stored = await db.Scorecards.AsNoTracking().SingleAsync(ct);
            return new ScorecardView(stored.Card, stored.ChangedAt, stored.Version, actor.May(Permission.Administer));
        }
    }
}
