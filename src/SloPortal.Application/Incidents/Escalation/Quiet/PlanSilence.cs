using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <summary>Keeps signals of a team from calling anybody for a time, from now or from later. Pages that are open go on.</summary>
/// <param name="Service">Slug; null for all services of the team, and for signals that name none.</param>
/// <param name="Conditions">All of them must hold; none is every signal.</param>
/// <param name="StartsAt">Null is now. A start in the past is now, too: what has called has called.</param>
public sealed record PlanSilence(string Team, string? Service, IReadOnlyList<LabelCondition>? Conditions, DateTimeOffset? StartsAt, DateTimeOffset EndsAt, string Reason)
{
    public sealed class Validator : AbstractValidator<PlanSilence>
    {
        public Validator()
        {
            RuleFor(r => r.Conditions).AreConditions();
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why: whoever is on call reads it.").MaximumLength(Silence.MaxReason).WithMessage($"A reason has at most {Silence.MaxReason} characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(PlanSilence request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PlanSilence, Guid>(request, actor, Permission.Respond, async change =>
            {
                var place = await SilenceToChange.PlaceAsync(change.Db, request.Team, request.Service, ct);
                if (!place.Succeeded)
                    return place.Refusal;
                var (team, service) = place.Value;
                if (!SilenceToChange.MayQuiet(actor, team.Id))
                    return Denial.OfTeam(team.Name);
                var start = request.StartsAt is { } asked && asked > change.Now ? asked.ToUniversalTime() : change.Now;
                var end = request.EndsAt.ToUniversalTime();
                if (SilenceToChange.WrongTimes(start, end, change.Now) is { } wrong)
                    return Refusal.Invalid(nameof(EndsAt), wrong);
                var silence = new Silence(
                    Guid.CreateVersion7(change.Now), team.Id, service, request.Conditions ?? [], start, end, request.Reason.Trim(), actor.PersonId, actor.Name, change.Now);
                change.Db.Silences.Add(silence);
                change.Audit("silence.planned", "silence", silence.Id, team.Name, new { silence.StartsAt, silence.EndsAt, silence.Reason, request.Service, Conditions = silence.Conditions.Select(c => c.ToString()) });
                SilenceToChange.Publish(change);
                return silence.Id;
            }, ct);
    }
}
