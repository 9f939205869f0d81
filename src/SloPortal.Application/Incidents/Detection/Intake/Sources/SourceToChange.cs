using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

internal static class SourceToChange
{
    /// <summary>The team, when the actor may change what belongs to it.</summary>
    public static async Task<Outcome<Team>> TeamAsync(PortalDbContext db, string slug, Actor actor, CancellationToken ct)
    {
        var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, ct);
        if (team is null)
            return Refusal.NotFound($"The team \"{slug}\"");
        return actor.MayChangeFor(team.Id) ? team : Denial.OfTeam(team.Name);
    }

    /// <summary>The source of a team, when the actor may change it.</summary>
    public static async Task<Outcome<SignalSource>> FindAsync(PortalDbContext db, string team, Guid id, Actor actor, CancellationToken ct)
    {
        var found = await TeamAsync(db, team, actor, ct);
        if (!found.Succeeded)
            return found.Refusal;
        var source = await db.SignalSources.SingleOrDefaultAsync(s => s.Id == id && s.TeamId == found.Value.Id && s.RemovedAt == null, ct);
        return source is null ? Refusal.NotFound("The signal source") : source;
    }

    /// <summary>
    /// The id of the service that a source is about; null where none is named. It belongs to the team of the source: whoever holds a key must
    /// not put deployments on the axis of others.
    /// </summary>
    public static async Task<Outcome<Guid?>> ServiceAsync(PortalDbContext db, string? slug, Team team, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(slug))
            return (Guid?)null;
        var service = await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == slug.Trim() && s.ArchivedAt == null, ct);
        if (service is null)
            return Refusal.Invalid(nameof(AddSignalSource.Service), $"There is no service \"{slug}\". Choose one of the team's.");
        return service.OwnerTeamId == team.Id ? service.Id : Refusal.Invalid(nameof(AddSignalSource.Service), $"{service.Name} does not belong to {team.Name}. Choose a service of the team.");
    }
}
