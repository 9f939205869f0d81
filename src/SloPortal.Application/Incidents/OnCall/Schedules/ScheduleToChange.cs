using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

internal static class ScheduleToChange
{
    /// <summary>The schedule, when it is in use and the actor may change what belongs to its team. Two changes of one schedule wait for each other.</summary>
    public static async Task<Outcome<Schedule>> OwnedAsync(Change change, string slug, CancellationToken ct)
    {
        var found = await InUseAsync(change, slug, ct);
        return found.Succeeded && !change.Actor.MayChangeFor(found.Value.TeamId) ? await OfTeamAsync(change.Db, found.Value.TeamId, ct) : found;
    }

    /// <summary>The schedule, when it is in use and the actor belongs to its team.</summary>
    public static async Task<Outcome<Schedule>> OfMemberAsync(Change change, string slug, CancellationToken ct)
    {
        var found = await InUseAsync(change, slug, ct);
        return found.Succeeded && !change.Actor.IsAdministrator && !change.Actor.TeamIds.Contains(found.Value.TeamId) ? await OfTeamAsync(change.Db, found.Value.TeamId, ct) : found;
    }

    /// <summary>Names by id; refused where somebody does not belong to the team or has a closed account.</summary>
    public static async Task<Outcome<IReadOnlyDictionary<Guid, string>>> MembersAsync(PortalDbContext db, Guid teamId, string field, IEnumerable<Guid> people, CancellationToken ct)
    {
        var asked = people.Distinct().ToList();
        var known = await db.Users.Where(p => asked.Contains(p.Id)).Select(p => new { p.Id, p.DisplayName, p.DisabledAt, IsMember = db.TeamMembers.Any(m => m.TeamId == teamId && m.PersonId == p.Id) }).ToListAsync(ct);
        if (known.Count < asked.Count)
            return Refusal.Invalid(field, "Somebody whom you named has no account here. Choose the people again.");
        if (known.Find(p => p.DisabledAt is not null) is { } closed)
            return Refusal.Invalid(field, $"The account of {closed.DisplayName} is closed, so no page would reach them. Choose somebody else.");
        if (known.Find(p => !p.IsMember) is { } stranger)
            return Refusal.Invalid(field, $"{stranger.DisplayName} does not belong to the team. Choose a member, or add them to the team first.");
        return known.ToDictionary(p => p.Id, p => p.DisplayName);
    }

    private static async Task<Outcome<Schedule>> InUseAsync(Change change, string slug, CancellationToken ct)
    {
        await change.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"schedule/" + slug}, 0))", ct);
        var schedule = await change.Db.Schedules.SingleOrDefaultAsync(s => s.Slug == slug, ct);
        if (schedule is null)
            return Refusal.NotFound($"The schedule \"{slug}\"");
        return schedule.ArchivedAt is null ? schedule : Refusal.Conflict($"{schedule.Name} is archived, so nobody is on call by it. Make a new schedule.");
    }

    private static async Task<Refusal> OfTeamAsync(PortalDbContext db, Guid teamId, CancellationToken ct) =>
        Denial.OfTeam(await db.Teams.Where(t => t.Id == teamId).Select(t => t.Name).SingleAsync(ct));
}
