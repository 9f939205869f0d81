using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary>Ends an objective: it is no longer evaluated or listed. What was agreed and what happened stays readable.</summary>
public sealed record ArchiveObjective(string Service, string Slug, string Reason)
{
    public sealed class Validator : AbstractValidator<ArchiveObjective>
    {
        public Validator() => RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why this objective ends.").MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveObjective request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveObjective, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ObjectiveToChange.FindAsync(change, request.Service, request.Slug, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var objective = found.Value;
                if (objective.ArchivedAt is not null)
                    return Refusal.Conflict($"{objective.Name} is archived already.");
                if (await change.Db.Proposals.AnyAsync(p => p.ObjectiveId == objective.Id && p.State == ProposalState.Open, ct))
                    return Refusal.Conflict($"A proposal for {objective.Name} waits for signatures. Sign, reject or withdraw it first.");
                objective.Archive(change.Now);
                change.Audit("objective.archived", "objective", objective.Id, objective.Name, new { Reason = request.Reason.Trim() });
                change.Publish("objectives");
                change.Publish($"objective/{objective.Id}");
                return Done.Value;
            }, ct);
    }
}
