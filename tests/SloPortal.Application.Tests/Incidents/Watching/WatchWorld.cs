using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Measurement.Segments;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Watching;

/// <summary>Short ways to what is watched.</summary>
internal static class WatchWorld
{
    /// <summary>Four weeks as usual, a hundredth of the budget, and a last day that burns it 2.4 times as fast as it lasts.</summary>
    public static async Task BurnSlowlyAsync(this IncidentWorld world, double lastDay = 24)
    {
        await world.CountAsync(world.Objective.SliId, 29 * 4, i => i < 28 * 4 ? 2 : lastDay);
    }

    /// <summary>Bad events of each 6 hours up to noon, of 10,000.</summary>
    public static Task CountAsync(this IncidentWorld world, int counted, int stretches, Func<int, double> bad) => world.Portal.CountAsync(
        counted, [.. Enumerable.Range(0, stretches).Select(i => (Noon.AddHours(-6 * (stretches - i)), 10_000 - bad(i), 10_000d))]);

    /// <summary>Two segments, of which eu does far worse on the last day.</summary>
    public static async Task SplitAsync(this IncidentWorld world)
    {
        await using (var db = await world.Portal.ContextAsync())
        {
            var split = new SliSplit(world.Objective.SliId, ["region"], 10, Noon.AddDays(-40), "Ines", Noon.AddDays(-40));
            db.Add(split);
            await db.SaveChangesAsync(Ct);
            db.AddRange(new SliSegment(SliSegment.FirstId, split.Id, world.Objective.SliId, ["eu"], false, Noon.AddDays(-40), 1), new SliSegment(SliSegment.FirstId + 1, split.Id, world.Objective.SliId, ["us"], false, Noon.AddDays(-40), 1));
            await db.SaveChangesAsync(Ct);
        }
        await world.CountAsync(SliSegment.FirstId, 29 * 4, i => i < 28 * 4 ? 2 : 24);
        await world.CountAsync(SliSegment.FirstId + 1, 29 * 4, _ => 2);
    }

    public static Task LookAsync(this IncidentWorld world, BudgetWorld? portal = null) => (portal ?? world.Portal).Pass<LookForDegradation>().RunAsync(world.Now, Ct);

    public static async Task<IReadOnlyList<WatchRow>> WatchedAsync(this IncidentWorld world, WatchState? state = WatchState.Watched, Actor? by = null) =>
        (await world.Get<ListWatch.Handler>().HandleAsync(new(state), by ?? world.Responder, Ct)).Require().Items.Items;

    public static async Task<WatchDetails> WatchAsync(this IncidentWorld world, Guid id, Actor? by = null) => (await world.Get<GetWatch.Handler>().HandleAsync(new(id), by ?? world.Responder, Ct)).Require();

    /// <summary>What a look found, alone on the list.</summary>
    public static async Task<WatchRow> FindOneAsync(this IncidentWorld world)
    {
        await world.BurnSlowlyAsync();
        await world.LookAsync();
        return Assert.Single(await world.WatchedAsync());
    }

    /// <summary>Somebody of the team that owns the service.</summary>
    public static async Task<Actor> AddOwnerAsync(this IncidentWorld world)
    {
        var person = await world.AddPersonAsync("Olga", Role.Viewer);
        await using var db = await world.Portal.ContextAsync();
        db.TeamMembers.Add(new TeamMember(world.Objective.Team.Id, person.PersonId));
        await db.SaveChangesAsync(Ct);
        return person with { TeamIds = [world.Objective.Team.Id] };
    }

    public static async Task<IReadOnlyList<string>> NoticesAsync(this IncidentWorld world, Actor of)
    {
        await using var db = await world.Portal.ContextAsync();
        return await db.Notices.Where(n => n.PersonId == of.PersonId).OrderBy(n => n.CreatedAt).Select(n => n.Text).ToListAsync(Ct);
    }
}
