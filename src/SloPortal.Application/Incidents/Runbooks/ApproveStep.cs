using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>Lets a step run that somebody else asked for. It starts within seconds, once.</summary>
/// <param name="Because">May be left out.</param>
public sealed record ApproveStep(int Number, Guid Run, string? Because = null)
{
    public sealed class Validator : AbstractValidator<ApproveStep>
    {
        public Validator() => RuleFor(r => r.Because).MaximumLength(2000).WithMessage("A reason has at most 2,000 characters.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(ApproveStep request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ApproveStep, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await StepToChange.FindAsync(change, request.Number, request.Run, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, run, service) = found.Value;
                if (found.Value.MustDecide(actor) is { } denied)
                    return denied;
                if (await StepToChange.MustRunStepsAsync(change, incident, ct) is { } stopped)
                    return stopped;
                if (!incident.ServiceIds.Contains(service.Id))
                    return Refusal.Conflict($"{service.Name} does not belong to {incident.Code} any more. Decline this, or add the service again.");
                var asked = await change.Db.Runbooks.AsNoTracking().SingleAsync(r => r.Id == run.RunbookId, ct);
                var inForce = await RunbookReading.InForce(change.Db).AsNoTracking().SingleAsync(r => r.ServiceId == service.Id, ct);
                if (inForce.MustStillHave(asked.StepOf(run.StepId)!) is { } changed)
                    return changed;
                var because = string.IsNullOrWhiteSpace(request.Because) ? null : request.Because.Trim();
                if (run.Approve(actor.PersonId, actor.Name, because, change.Now) is { } refusal)
                    return refusal;
                change.Tell(found.Value.ToTell(), $"{actor.Name} approved {found.Value.Subject} in {incident.Code}; it starts.", IncidentAddresses.Of(incident.Number));
                return await found.Value.SayAsync(change, "runbook.step_approved", $"Approves {found.Value.Subject}, asked by {run.AskedByName}{IncidentToChange.Because(because)}", null, ct);
            }, ct);
    }
}
