using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Classifying;

namespace SloPortal.Application.Measurement.Classifying;

/// <summary>Says which failures of a service touch users. It counts nothing by itself: an SLI is made of it.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Version">As it was read; 0 where there were none.</param>
public sealed record SaveFailureRules(string Service, RulesDraft Draft, uint Version)
{
    public sealed class Validator : AbstractValidator<SaveFailureRules>
    {
        public Validator() => RuleFor(r => r.Draft).NotNull().WithMessage("Give the rules.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SaveFailureRules request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SaveFailureRules, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var service = await (from s in change.Db.Services
                                     join team in change.Db.Teams on s.OwnerTeamId equals team.Id
                                     where s.Slug == request.Service
                                     select new { s.Id, s.Name, s.ArchivedAt, TeamId = team.Id, TeamName = team.Name }).SingleOrDefaultAsync(ct);
                if (service is null)
                    return Refusal.NotFound($"The service \"{request.Service}\"");
                if (!actor.MayChangeFor(service.TeamId))
                    return Denial.OfTeam(service.TeamName);
                var built = request.Draft.Build();
                if (!built.Succeeded)
                    return built.Refusal;
                var rules = await change.Db.FailureRules.SingleOrDefaultAsync(r => r.ServiceId == service.Id, ct);
                if (rules is null)
                    change.Db.FailureRules.Add(rules = new FailureRules(service.Id));
                else
                    change.Db.Entry(rules).Property(r => r.Version).OriginalValue = request.Version;
                rules.Change(built.Value, actor.Name, change.Now);
                change.Audit("service.failure-rules-changed", "service", service.Id, service.Name, RulesDraft.Of(built.Value));
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}
