using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Remediation;

/// <summary>The figures beside the navigation.</summary>
/// <param name="FiringAlerts">Burn alerts that fire now, on all services.</param>
/// <param name="Signatures">Proposals that wait for the actor's signature.</param>
/// <param name="OpenIncidents">Of those that the actor may see.</param>
/// <param name="OverdueActions">Assigned to the actor or to one of their teams.</param>
public sealed record NeedCounts(int FiringAlerts, int Signatures, int OpenIncidents, int OverdueActions)
{
    public static NeedCounts None { get; } = new(0, 0, 0, 0);
}

/// <summary>Counts what the frame of every page shows; since every page asks, an answer is shared until something changes.</summary>
/// <remarks>It stands in the lowest area that it reads, since an area may read those above it only.</remarks>
public sealed record CountNeeds
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SharedReads shared, TimeProvider clock)
    {
        public async Task<NeedCounts> HandleAsync(CountNeeds request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return NeedCounts.None;
            return await shared.GetAsync((request, actor.PersonId), async reading =>
            {
                await using var db = await contexts.CreateDbContextAsync(reading);
                return new NeedCounts(
                    await db.Alerts.CountAsync(a => a.ResolvedAt == null, reading),
                    await db.Proposals.CountAsync(WaitingProposals.For(actor.PersonId), reading),
                    await db.IncidentsFor(actor).CountAsync(i => i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed, reading),
                    await db.ActionsFor(actor).OfMine(actor).OverdueOn(clock.GetUtcNowInMicroseconds().Today()).CountAsync(reading));
            }, ct);
        }
    }
}
