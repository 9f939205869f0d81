using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <summary>What all that is done with silences shares.</summary>
internal static class SilenceToChange
{
    internal const string Topic = "silences";

    /// <summary>Those who are called for the team, and those who run incidents.</summary>
    public static bool MayQuiet(Actor actor, Guid teamId) =>
        actor.May(Permission.Respond) && (actor.TeamIds.Contains(teamId) || actor.May(Permission.RunIncidents));

    public static async Task<Outcome<Silence>> FindAsync(Change change, Guid id, Actor actor, CancellationToken ct)
    {
        if (await change.Db.Silences.SingleOrDefaultAsync(s => s.Id == id, ct) is not { } silence)
            return Refusal.NotFound("The silence");
        if (!MayQuiet(actor, silence.TeamId))
            return Denial.OfTeam(await change.Db.Teams.Where(t => t.Id == silence.TeamId).Select(t => t.Name).SingleAsync(ct));
        return silence.StateAt(change.Now) == SilenceState.Over
            ? Refusal.Conflict($"The silence is over since {silence.EndsAt:yyyy-MM-dd HH:mm} UTC. Plan another.")
            : silence;
    }

    /// <summary>The team, and the service where one is named, which must be the team's.</summary>
    public static async Task<Outcome<(Team Team, Guid? Service)>> PlaceAsync(PortalDbContext db, string teamSlug, string? serviceSlug, CancellationToken ct)
    {
        if (await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == teamSlug, ct) is not { } team)
            return Refusal.NotFound($"The team \"{teamSlug}\"");
        if (string.IsNullOrEmpty(serviceSlug))
            return (team, (Guid?)null);
        var service = await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == serviceSlug && s.OwnerTeamId == team.Id, ct);
        return service is null
            ? Refusal.Invalid("Service", $"\"{serviceSlug}\" is no service of {team.Name}. Choose one of its services.")
            : (team, (Guid?)service.Id);
    }

    public static string? WrongTimes(DateTimeOffset startsAt, DateTimeOffset endsAt, DateTimeOffset now) =>
        endsAt <= now ? "The end is in the past. Choose one that is still to come."
        : endsAt <= startsAt ? "A silence ends after it begins. Choose a later end."
        : endsAt - startsAt > Silence.Longest ? $"A silence lasts at most {Silence.Longest.TotalDays:0} days. What is quiet for longer belongs in the paging rules."
        : null;

    /// <summary>"all signals", or what they must be: for the audit and for messages.</summary>
    public static string Words(Silence silence, string? serviceName)
    {
        var conditions = string.Join(", ", silence.Conditions);
        return (serviceName, conditions) switch
        {
            (null, "") => "all signals",
            (null, _) => $"signals with {conditions}",
            (_, "") => $"signals about {serviceName}",
            _ => $"signals about {serviceName} with {conditions}",
        };
    }

    /// <summary>Those that fire now and fit.</summary>
    public static async Task<List<Signal>> FiringAsync(PortalDbContext db, Silence silence, CancellationToken ct) =>
        [.. (await db.Signals.AsNoTracking().Where(s => s.TeamId == silence.TeamId && s.State != SignalState.Resolved).ToListAsync(ct)).Where(silence.Fits)];

    public static void Publish(Change change)
    {
        change.Publish(Topic);
        change.Publish(PageAddresses.Topic);
    }
}
