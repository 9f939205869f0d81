using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Application.Reviews;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation;

/// <summary>Gives a team something to do. The team and the assignee are told.</summary>
/// <param name="Team">Short name of the team that does it.</param>
/// <param name="DueOn">The last day on which it is on time, in UTC.</param>
/// <param name="Assignee">A member of the team; null leaves that to the team.</param>
/// <param name="Service">Short name of the service that it changes.</param>
/// <param name="Incident">Number of the incident that it follows from.</param>
/// <param name="Postmortem">Number of the postmortem that it follows from; then the incident is that one's.</param>
/// <returns>Its number.</returns>
public sealed record CreateAction(
    string Title, string Team, DateOnly DueOn, string? Description = null, Guid? Assignee = null, string? Service = null, int? Incident = null, int? Postmortem = null)
{
    public sealed class Validator : AbstractValidator<CreateAction>
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
        public Task<Outcome<int>> HandleAsync(CreateAction request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateAction, int>(request, actor, Permission.Respond, async change =>
            {
                if (ActionToChange.DueMustNotBeOver(request.DueOn, change.Now) is { } over)
                    return over;
                var origin = await OriginAsync(change, request, ct);
                if (!origin.Succeeded)
                    return origin.Refusal;
                Guid? service = null;
                if (!string.IsNullOrEmpty(request.Service))
                {
                    service = await change.Db.Services.Where(s => s.Slug == request.Service).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(ct);
                    if (service is null)
                        return Refusal.Invalid(nameof(Service), $"There is no service \"{request.Service}\".");
                }
                var team = await ActionToChange.TeamAsync(change, request.Team, request.Assignee, origin.Value.Incident, ct);
                if (!team.Succeeded)
                    return team.Refusal;

                var action = new ActionItem(
                    Guid.CreateVersion7(change.Now), request.Title.Trim(), request.Description?.Trim() ?? "", team.Value, request.Assignee, request.DueOn,
                    origin.Value.Incident, origin.Value.Postmortem, service, actor.PersonId, change.Now);
                change.Db.Actions.Add(action);
                // The database gives the number.
                await change.Db.SaveChangesAsync(ct);
                ActionToChange.Record(change, action, "created", new { request.Team, request.DueOn, request.Assignee, request.Service, request.Incident, request.Postmortem });
                await ActionToChange.TellAsync(change, action, $"{actor.Name} gave your team {action.Code}: {action.Title}", ct);
                return action.Number;
            }, ct);

        private static async Task<Outcome<Origin>> OriginAsync(Change change, CreateAction request, CancellationToken ct)
        {
            if (request.Postmortem is { } postmortem)
            {
                var found = await change.Db.PostmortemsFor(change.Actor).Where(p => p.Number == postmortem).Select(p => new { p.Id, p.IncidentId }).SingleOrDefaultAsync(ct);
                return found is null ? Refusal.NotFound(Domain.Reviews.Writing.Postmortem.CodeOf(postmortem)) : new Origin(found.IncidentId, found.Id);
            }
            if (request.Incident is not { } incident)
                return new Origin(null, null);
            var id = await change.Db.IncidentsFor(change.Actor).Where(i => i.Number == incident).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(ct);
            return id is null ? Refusal.NotFound($"The incident {Domain.Incidents.Incident.CodeOf(incident)}") : new Origin(id, null);
        }

        private sealed record Origin(Guid? Incident, Guid? Postmortem);
    }
}
