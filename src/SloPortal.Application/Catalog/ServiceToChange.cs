using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>What the operations that change a service share.</summary>
internal static class ServiceToChange
{
    /// <summary>The service and the team that owns it, or why the actor may not change it.</summary>
    public static async Task<(Service? Service, Team? Owner, Refusal? Refusal)> FindAsync(Change change, string slug, CancellationToken ct)
    {
        var found = await (from service in change.Db.Services
                           join team in change.Db.Teams on service.OwnerTeamId equals team.Id
                           where service.Slug == slug
                           select new { service, team }).SingleOrDefaultAsync(ct);
        if (found is null)
            return (null, null, Refusal.NotFound($"The service \"{slug}\""));
        return change.Actor.MayChangeFor(found.team.Id)
            ? (found.service, found.team, null)
            : (null, null, Denial.OfTeam(found.team.Name));
    }

    /// <summary>The team that is to own a service, when the actor may act for it.</summary>
    public static async Task<Outcome<Team>> OwnerAsync(Change change, string slug, CancellationToken ct)
    {
        var team = await change.Db.Teams.SingleOrDefaultAsync(t => t.Slug == slug, ct);
        if (team is null)
            return Refusal.Invalid(nameof(IServiceDescription.OwnerTeam), $"There is no team \"{slug}\".");
        return change.Actor.MayChangeFor(team.Id) ? team : Denial.OfTeam(team.Name);
    }

    public static Refusal SlugIsTaken(string slug) => new(RefusalKind.Conflict, $"Another service has the short name \"{slug}\". Choose another.",
        new Dictionary<string, string[]> { ["Slug"] = [$"Another service has the short name \"{slug}\". Choose another."] });
}
