using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Adds a person to a team, or takes them out of it. Doing it twice changes nothing.</summary>
public sealed record ChangeTeamMember(string Team, Guid PersonId, bool Belongs)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeTeamMember request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeTeamMember, Done>(request, actor, Permission.Administer, async change =>
            {
                var team = await change.Db.Teams.SingleOrDefaultAsync(t => t.Slug == request.Team, ct);
                if (team is null)
                    return Refusal.NotFound($"The team \"{request.Team}\"");
                var name = await change.Db.Users.Where(p => p.Id == request.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(ct);
                if (name is null)
                    return Refusal.NotFound("This person");
                var member = await change.Db.TeamMembers.SingleOrDefaultAsync(m => m.TeamId == team.Id && m.PersonId == request.PersonId, ct);
                if (request.Belongs && member is null)
                    change.Db.TeamMembers.Add(new TeamMember(team.Id, request.PersonId));
                else if (!request.Belongs && member is not null)
                    change.Db.TeamMembers.Remove(member);
                change.Audit(request.Belongs ? "team.member-added" : "team.member-removed", "team", team.Id, team.Name, new { request.PersonId, Name = name });
                change.Publish("teams");
                change.Publish("people");
                return Done.Value;
            }, ct);
    }
}
