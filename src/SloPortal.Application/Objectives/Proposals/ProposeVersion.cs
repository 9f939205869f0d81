using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Puts new terms forward for an objective that exists. The version in force stays until these are signed and take effect.</summary>
public sealed record ProposeVersion(string Service, string Objective, ProposedTerms Terms)
{
    public sealed class Validator : AbstractValidator<ProposeVersion>
    {
        public Validator() => RuleFor(r => r.Terms).NotNull().WithMessage("Give the terms.").SetValidator(new ProposedTerms.Validator());
    }

    public sealed class Handler(UnitOfWork work, ProposalDraft draft)
    {
        /// <returns>The id of the proposal.</returns>
        public Task<Outcome<Guid>> HandleAsync(ProposeVersion request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ProposeVersion, Guid>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, byFile: false, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        /// <param name="request">The request.</param>
        /// <param name="change">The change.</param>
        /// <param name="byFile">It comes from a file, which may change what files manage.</param>
        /// <param name="ct">Cancels.</param>
        internal async Task<Outcome<Guid>> ApplyAsync(ProposeVersion request, Change change, bool byFile, CancellationToken ct)
        {
            var service = await AgreementRules.ActorMustOwnTheServiceAsync(change.Db, request.Service, change.Actor, ct);
            if (!service.Succeeded)
                return service.Refusal;
            var objective = await change.Db.Objectives.SingleOrDefaultAsync(o => o.ServiceId == service.Value.Id && o.Slug == request.Objective, ct);
            if (objective is null)
                return Refusal.NotFound($"The objective \"{request.Objective}\" of {service.Value.Name}");
            if (objective.ArchivedAt is not null)
                return Refusal.Conflict($"{objective.Name} is archived, so nothing more is agreed about it.");
            if (!byFile && AgreementRules.FilesMustNotManage(objective) is { } managed)
                return managed;
            return await draft.AddAsync(change, service.Value, objective, request.Terms, ct);
        }
    }
}
