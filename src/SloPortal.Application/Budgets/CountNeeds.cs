using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Budgets;

/// <summary>The figures beside the navigation.</summary>
/// <param name="FiringAlerts">Burn alerts that fire now, on all services.</param>
/// <param name="Signatures">Proposals that wait for the actor's signature.</param>
public sealed record NeedCounts(int FiringAlerts, int Signatures)
{
    public static NeedCounts None { get; } = new(0, 0);
}

/// <summary>Counts what the frame of every page shows; since every page asks, an answer is kept for <see cref="Freshness"/>.</summary>
public sealed record CountNeeds
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, IMemoryCache cache)
    {
        public async Task<NeedCounts> HandleAsync(CountNeeds request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return NeedCounts.None;
            return await cache.GetOrCreateAsync(("needs", actor.PersonId), async entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = Freshness;
                await using var db = await contexts.CreateDbContextAsync(ct);
                return new NeedCounts(
                    await db.Alerts.CountAsync(a => a.ResolvedAt == null, ct),
                    await db.Proposals.CountAsync(WaitingProposals.For(actor.PersonId), ct));
            }) ?? NeedCounts.None;
        }
    }
}
