using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Files;

/// <summary>An SLI of pushed counts, and who may bring rows for it.</summary>
internal sealed record FedSli(int Id, string Name, string Service, string ServiceName, Guid TeamId, string TeamName)
{
    /// <summary>As for a push: whoever may send samples and is of the owning team, or an administrator.</summary>
    public bool MayBeFedBy(Actor actor) => actor.May(Permission.SendSamples) && (actor.IsAdministrator || actor.TeamIds.Contains(TeamId));
}

internal static class FeedAccess
{
    /// <summary>The SLI, for whoever may bring rows for it.</summary>
    public static async Task<Outcome<FedSli>> FindAsync(PortalDbContext db, int sliId, Actor actor, CancellationToken ct)
    {
        var found = await ReadAsync(db, sliId, ct);
        if (!found.Succeeded)
            return found.Refusal;
        return !actor.May(Permission.SendSamples) ? Denial.Of(actor, Permission.SendSamples)
            : found.Value.MayBeFedBy(actor) ? found.Value : Denial.OfTeam(found.Value.TeamName);
    }

    /// <summary>The SLI, whoever asks.</summary>
    public static async Task<Outcome<FedSli>> ReadAsync(PortalDbContext db, int sliId, CancellationToken ct)
    {
        var found = await (from sli in db.Slis.AsNoTracking()
                           join service in db.Services on sli.ServiceId equals service.Id
                           join team in db.Teams on service.OwnerTeamId equals team.Id
                           where sli.Id == sliId
                           select new { sli.Name, sli.SourceId, sli.Definition, sli.ArchivedAt, service.Slug, ServiceName = service.Name, TeamId = team.Id, TeamName = team.Name }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Refusal.NotFound("The SLI");
        if (found.Definition is not PushedRatio || found.SourceId is not null)
            return Refusal.Invalid($"The SLI {found.Name} reads series or one source only; rows count for an SLI of pushed counts from any source.");
        return found.ArchivedAt is null ? new FedSli(sliId, found.Name, found.Slug, found.ServiceName, found.TeamId, found.TeamName)
            : Refusal.Invalid($"The SLI {found.Name} is archived and counts nothing any more.");
    }
}
