using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Renames or describes a team.</summary>
/// <param name="Slug">The present slug.</param>
/// <param name="NewSlug">The slug from now on.</param>
/// <param name="Version">As read, to notice somebody else's change; null overwrites.</param>
public sealed record ChangeTeam(string Slug, string NewSlug, string Name, string Description, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ChangeTeam>
    {
        public Validator()
        {
            RuleFor(r => r.NewSlug).MustBeSlug();
            RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the team a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
            RuleFor(r => r.Description).NotNull().WithMessage("Leave the description empty rather than out.").MaximumLength(2000).WithMessage("A description has at most 2,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeTeam request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeTeam, Done>(request, actor, Permission.Administer, async change =>
            {
                var team = await change.Db.Teams.SingleOrDefaultAsync(t => t.Slug == request.Slug, ct);
                if (team is null)
                    return Refusal.NotFound($"The team \"{request.Slug}\"");
                if (request.Version is { } version)
                    change.Db.Entry(team).Property(t => t.Version).OriginalValue = version;
                var before = new { team.Slug, team.Name, team.Description };
                team.Describe(request.NewSlug, request.Name.Trim(), request.Description.Trim());
                change.Audit("team.changed", "team", team.Id, team.Name, new { Before = before, After = new { team.Slug, team.Name, team.Description } });
                change.Publish("teams");
                return Done.Value;
            }, ct);
    }
}
