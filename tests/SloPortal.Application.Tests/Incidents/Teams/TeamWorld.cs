using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Detection.Intake;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Teams;

/// <summary>Two teams with people beside the roles of an incident world.</summary>
internal sealed record TeamWorld(IncidentWorld World, Actor Priya, Actor Paul, Actor Core) : IAsyncDisposable
{
    public static async Task<TeamWorld> CreateAsync(bool calls = false)
    {
        var world = await IncidentWorld.CreateAsync();
        await using var db = await world.Portal.ContextAsync();
        var (payments, core) = (new Team(Guid.NewGuid(), "payments", "Payments", "", world.Now), new Team(Guid.NewGuid(), "core", "Core", "", world.Now));
        db.Teams.AddRange(payments, core);
        await db.SaveChangesAsync(Ct);
        var made = new TeamWorld(world, await PersonAsync("Priya", payments), await PersonAsync("Paul", payments), await PersonAsync("Cora", core));
        if (calls)
        {
            var policy = new EscalationPolicy(Guid.NewGuid(), payments.Id, "Payments first", 0, [new(10, [new(EscalationTargetKind.Person, made.Priya.PersonId)])], world.Now);
            var rules = new PagingRules(payments.Id);
            rules.Replace([new(SignalSeverity.Info, null, PagingHours.Any, PagingAction.Record, null, []), new(SignalSeverity.Warning, null, PagingHours.Any, PagingAction.Page, policy.Id, [])], world.Now);
            db.AddRange(policy, rules);
            await db.SaveChangesAsync(Ct);
        }
        return made;

        async Task<Actor> PersonAsync(string name, Team team)
        {
            var person = await world.AddPersonAsync(name, Role.Viewer);
            db.TeamMembers.Add(new TeamMember(team.Id, person.PersonId));
            await db.SaveChangesAsync(Ct);
            return person with { TeamIds = ImmutableHashSet.Create(team.Id) };
        }
    }

    public async Task<int> AskAsync(int number, string team = "payments", string part = "Look at the queue") =>
        (await World.Get<AskTeam.Handler>().HandleAsync(new(number, team, part), World.Commander, Ct)).Require();

    public async Task LeadAsync(int number, Actor by, string team = "payments") => (await World.Get<LeadTeam.Handler>().HandleAsync(new(number, team), by, Ct)).Require();

    public async Task<Guid> OfferAsync(int number, Actor by, string from = "payments", string to = "core", Guid? task = null)
    {
        (await World.Get<OfferHandOff.Handler>().HandleAsync(new(number, from, to, "It climbs; the bank is told.", task), by, Ct)).Require();
        return (await ReadAsync(number)).HandOffs[0].Id;
    }

    public async Task<IncidentTeamsRead> ReadAsync(int number, Actor? by = null) => (await World.Get<GetIncidentTeams.Handler>().HandleAsync(new(number), by ?? World.Commander, Ct)).Require();

    public async Task<IReadOnlyList<string>> NoticesAsync(Actor of) => [.. (await World.Get<ListNotices.Handler>().HandleAsync(new(), of, Ct)).Require().Notices.Select(n => n.Text)];

    public async Task<IReadOnlyList<Page>> PagesAsync()
    {
        await using var db = await World.Portal.ContextAsync();
        return await db.Pages.AsNoTracking().OrderBy(p => p.Number).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
