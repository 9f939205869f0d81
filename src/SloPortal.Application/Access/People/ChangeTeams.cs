using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Makes a person a member of exactly these teams.</summary>
/// <param name="Teams">Slugs.</param>
public sealed record ChangeTeams(Guid PersonId, IReadOnlyList<string> Teams)
{
    public sealed class Validator : AbstractValidator<ChangeTeams>
    {
        public Validator() => RuleFor(r => r.Teams).NotNull().WithMessage("Give the list of teams; it may be empty.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeTeams request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeTeams, Done>(request, actor, Permission.Administer, async change =>
            {
                var name = await change.Db.Users.Where(p => p.Id == request.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(ct);
                if (name is null)
                    return Refusal.NotFound("This person");
                var wanted = await change.Db.Teams.Where(t => request.Teams.Contains(t.Slug)).ToListAsync(ct);
                if (request.Teams.Except(wanted.Select(t => t.Slug)).FirstOrDefault() is { } unknown)
                    return Refusal.Invalid(nameof(Teams), $"There is no team \"{unknown}\".");
                var held = await change.Db.TeamMembers.Where(m => m.PersonId == request.PersonId).ToListAsync(ct);
                change.Db.TeamMembers.RemoveRange(held.Where(m => wanted.All(t => t.Id != m.TeamId)));
                change.Db.TeamMembers.AddRange(wanted.Where(t => held.All(m => m.TeamId != t.Id)).Select(t => new TeamMember(t.Id, request.PersonId)));
                change.Audit("person.teams-changed", "person", request.PersonId, name, new { Teams = wanted.Select(t => t.Slug).Order() });
                change.Publish("teams");
                change.Publish("people");
                return Done.Value;
            }, ct);
    }
}
