using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>
/// Puts a new objective forward. It exists from then on without a version, and is in force once owner and stakeholder have signed.
/// </summary>
public sealed record ProposeObjective(string Service, string Slug, string Name, string Description, ProposedTerms Terms)
{
    public sealed class Validator : AbstractValidator<ProposeObjective>
    {
        public Validator()
        {
            RuleFor(r => r.Slug).MustBeSlug();
            RuleFor(r => r.Name).MustBeObjectiveName();
            RuleFor(r => r.Description).MustBeObjectiveDescription();
            RuleFor(r => r.Terms).NotNull().WithMessage("Give the terms.").SetValidator(new ProposedTerms.Validator());
        }
    }

    public sealed class Handler(UnitOfWork work, ProposalDraft draft, IBurnAlerts alerts)
    {
        /// <returns>The id of the proposal.</returns>
        public Task<Outcome<Guid>> HandleAsync(ProposeObjective request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ProposeObjective, Guid>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, byFile: false, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        /// <param name="request">The request.</param>
        /// <param name="change">The change.</param>
        /// <param name="byFile">It comes from a file, which may change what files manage.</param>
        /// <param name="ct">Cancels.</param>
        internal async Task<Outcome<Guid>> ApplyAsync(ProposeObjective request, Change change, bool byFile, CancellationToken ct)
        {
            var service = await AgreementRules.ActorMustOwnTheServiceAsync(change.Db, request.Service, change.Actor, ct);
            if (!service.Succeeded)
                return service.Refusal;
            var objective = await change.Db.Objectives.SingleOrDefaultAsync(o => o.ServiceId == service.Value.Id && o.Slug == request.Slug, ct);
            if (objective is null)
            {
                objective = new Objective(Guid.CreateVersion7(change.Now), service.Value.Id, request.Slug, request.Name.Trim(), request.Description.Trim(), alerts.PolicyOfNewObjectives, change.Now);
                change.Db.Objectives.Add(objective);
                change.Audit("objective.created", "objective", objective.Id, objective.Name, new { request.Slug, Service = service.Value.Slug });
            }
            else if (objective.ArchivedAt is not null || await change.Db.ObjectiveVersions.AnyAsync(v => v.ObjectiveId == objective.Id, ct))
            {
                return Refusal.Invalid(nameof(Slug), $"{service.Value.Name} already has an objective \"{request.Slug}\". Propose a new version of it, or choose another name.");
            }
            else
            {
                // The first attempt was rejected or withdrawn; this is the next one.
                if (!byFile && AgreementRules.FilesMustNotManage(objective) is { } managed)
                    return managed;
                objective.Rename(request.Name.Trim(), request.Description.Trim());
            }
            return await draft.AddAsync(change, service.Value, objective, request.Terms, ct);
        }
    }
}
