using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Remediation;

/// <summary>Says anew what is to be done, by whom and until when. A team or an assignee who is new to it is told.</summary>
/// <param name="Version">As it was read; another one means that somebody else changed it since. Null skips the check.</param>
public sealed record PlanAction(int Number, string Title, string Team, DateOnly DueOn, string? Description = null, Guid? Assignee = null, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<PlanAction>
    {
        public Validator()
        {
            RuleFor(r => r.Title).MustBeActionTitle();
            RuleFor(r => r.Description).MustBeActionDescription();
            RuleFor(r => r.Team).MustBeOwnerTeam();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(PlanAction request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PlanAction, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await ActionToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var action = found.Value;
                if (request.Version is { } read && read != action.Version)
                    return Refusal.Conflict("Somebody else changed this action since you opened it. Your text is still here; look at their change, and make yours again.");
                if (request.DueOn != action.DueOn && ActionToChange.DueMustNotBeOver(request.DueOn, change.Now) is { } over)
                    return over;
                var team = await ActionToChange.TeamAsync(change, request.Team, request.Assignee, action.IncidentId, ct);
                if (!team.Succeeded)
                    return team.Refusal;
                var (title, description, owner, assignee, due) = (action.Title, action.Description, action.OwnerTeamId, action.AssigneeId, action.DueOn);
                if (action.Plan(request.Title.Trim(), request.Description?.Trim() ?? "", team.Value, request.Assignee, request.DueOn) is { } refused)
                    return refused;
                var changes = new FieldChanges().Add("title", title, action.Title).Add("description", description, action.Description)
                    .Add("ownerTeam", owner, action.OwnerTeamId).Add("assignee", assignee, action.AssigneeId).Add("dueOn", due, action.DueOn);
                ActionToChange.Record(change, action, "planned", changes.Details);
                if (owner != action.OwnerTeamId || assignee != action.AssigneeId || due != action.DueOn)
                    await ActionToChange.TellAsync(change, action, $"{actor.Name} changed team, assignee or day of {action.Code}: {action.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
