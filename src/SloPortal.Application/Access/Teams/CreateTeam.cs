using FluentValidation;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Adds a team.</summary>
public sealed record CreateTeam(string Slug, string Name, string Description)
{
    public sealed class Validator : AbstractValidator<CreateTeam>
    {
        public Validator()
        {
            RuleFor(r => r.Slug).MustBeSlug();
            RuleFor(r => r.Name).NotEmpty().WithMessage("Give the team a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
            RuleFor(r => r.Description).NotNull().WithMessage("Leave the description empty rather than out.").MaximumLength(2000).WithMessage("A description has at most 2,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(CreateTeam request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateTeam, Guid>(request, actor, Permission.Administer, change =>
            {
                var team = new Team(Guid.CreateVersion7(change.Now), request.Slug, request.Name.Trim(), request.Description.Trim(), change.Now);
                change.Db.Teams.Add(team);
                change.Audit("team.created", "team", team.Id, team.Name, new { request.Slug });
                change.Publish("teams");
                return Task.FromResult<Outcome<Guid>>(team.Id);
            }, ct);
    }
}
