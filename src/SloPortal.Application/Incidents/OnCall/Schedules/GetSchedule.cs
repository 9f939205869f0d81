using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

public sealed record OverrideRow(Guid Id, DateTimeOffset From, DateTimeOffset To, string Person, string By, string? Reason);

/// <param name="Layers">As they were written last, the highest first.</param>
/// <param name="Members">Of the team, with open accounts; by name.</param>
/// <param name="Unreachable">Names of those in a layer whose account is closed: their shifts are gaps for whoever pages.</param>
/// <param name="Overrides">Those that go on or come.</param>
/// <param name="Version">To be given back with a change.</param>
/// <param name="MayChange">Whether the reader may write layers and overrides.</param>
/// <param name="MayTake">Whether the reader may take shifts.</param>
public sealed record ScheduleDetails(
    Guid Id, string Slug, string Name, string Team, string TeamName, string TimeZone, DateTimeOffset? ArchivedAt, uint Version, IReadOnlyList<LayerGiven> Layers,
    IReadOnlyList<PersonName> Members, IReadOnlyList<string> Unreachable, IReadOnlyList<OverrideRow> Overrides, ScheduleStrip Strip, bool MayChange, bool MayTake);

/// <summary>A schedule over a stretch of time.</summary>
/// <param name="From">Null is a day ago.</param>
/// <param name="Days">1 to 92.</param>
public sealed record GetSchedule(string Slug, DateTimeOffset? From = null, int Days = 14)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<ScheduleDetails>> HandleAsync(GetSchedule request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Days is < 1 or > 92)
                return Refusal.Invalid(nameof(Days), "Ask for 1 to 92 days.");
            if (request.From is { Year: < 2000 or > 2100 })
                return Refusal.Invalid(nameof(From), "Ask for a time between 2000 and 2100.");
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var schedule = await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == request.Slug, ct);
            if (schedule is null)
                return Refusal.NotFound($"The schedule \"{request.Slug}\"");
            var team = await db.Teams.AsNoTracking().SingleAsync(t => t.Id == schedule.TeamId, ct);
            var start = request.From?.ToUniversalTime() ?? now.AddDays(-1);
            var range = new Interval(start, start.AddDays(request.Days));
            var final = (await ScheduleReading.FinalAsync(db, [schedule], range, ct))[schedule.Id];
            var members = await db.TeamMembers.Where(m => m.TeamId == team.Id).Join(db.Users.Where(p => p.DisabledAt == null), m => m.PersonId, p => p.Id, (_, p) => p)
                .OrderBy(p => p.DisplayName).Select(p => new PersonName(p.Id, p.DisplayName)).ToListAsync(ct);
            var overrides = await db.ShiftOverrides.AsNoTracking().Where(o => o.ScheduleId == schedule.Id && o.RemovedAt == null && o.EndsAt > now)
                .Join(db.Users, o => o.PersonId, p => p.Id, (o, p) => new { o, p.DisplayName }).OrderBy(r => r.o.StartsAt)
                .Select(r => new OverrideRow(r.o.Id, r.o.StartsAt, r.o.EndsAt, r.DisplayName, r.o.ByName, r.o.Reason)).ToListAsync(ct);
            var inLayers = schedule.Plans.SelectMany(p => p.Rotation.People).Distinct().ToList();
            var closed = await db.Users.Where(p => inLayers.Contains(p.Id) && p.DisabledAt != null).OrderBy(p => p.DisplayName).Select(p => p.DisplayName).ToListAsync(ct);
            var inUse = schedule.ArchivedAt is null;
            return new ScheduleDetails(
                schedule.Id, schedule.Slug, schedule.Name, team.Slug, team.Name, schedule.TimeZone, schedule.ArchivedAt, schedule.Version, [.. schedule.Plans.Select(LayerGiven.Of)],
                members, closed, overrides, await ScheduleStrip.OfAsync(db, final, range, ct), inUse && actor.MayChangeFor(team.Id),
                inUse && actor.May(Permission.Respond) && actor.Kind != ActorKind.System && actor.TeamIds.Contains(team.Id));
        }
    }
}
