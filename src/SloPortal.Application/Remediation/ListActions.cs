using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation;

/// <summary>An action in a list.</summary>
/// <param name="Team">Short name of the team that does it.</param>
/// <param name="Assignee">Name; null where the team has not said who.</param>
/// <param name="DueOn">The last day on which it is on time, in UTC.</param>
/// <param name="Incident">Number of the incident that it follows from.</param>
/// <param name="Postmortem">Number of the postmortem that it follows from.</param>
public sealed record ActionRow(
    int Number, string Code, string Title, ActionState State, string Team, string TeamName, string? Assignee, DateOnly DueOn, bool IsOverdue,
    int? Incident, int? Postmortem, string? Service, string? ServiceName, DateTimeOffset? EndedAt);

/// <param name="Overdue">How many of those that match, whatever page and whether only overdue ones are asked for.</param>
/// <param name="MayCreate">The actor may give a team something to do.</param>
public sealed record ActionList(Page<ActionRow> Actions, int Overdue, bool MayCreate);

/// <summary>Actions, what is overdue first: open ones by the day on which they are due, then those that ended last.</summary>
/// <param name="Mine">Only those assigned to the actor or to one of their teams.</param>
/// <param name="Team">Short name.</param>
/// <param name="Service">Short name.</param>
/// <param name="Open">True for those that wait or are in progress, false for those that ended.</param>
/// <param name="Text">In code, title and description.</param>
/// <param name="Postmortem">Number.</param>
/// <param name="Incident">Number; what follows from an incident that was merged into it counts too.</param>
public sealed record ListActions(
    bool Mine = false, string? Team = null, string? Service = null, ActionState? State = null, bool? Open = null, bool Overdue = false, string? Text = null,
    int? Postmortem = null, int? Incident = null, int Page = 1, int Size = 50)
{
    public sealed class Validator : AbstractValidator<ListActions>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, Page<ActionRow>.Last).WithMessage("Pages are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page holds 1 to 200 actions.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<ActionList>> HandleAsync(ListActions request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            var today = clock.GetUtcNowInMicroseconds().Today();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var matching = await MatchingAsync(db, db.ActionsFor(actor).AsNoTracking(), request, actor, ct);
            var overdue = matching.OverdueOn(today);
            var shown = request.Overdue ? overdue : matching;
            var total = await shown.CountAsync(ct);
            var rows = await shown
                .OrderBy(a => a.EndedAt != null).ThenByDescending(a => a.EndedAt).ThenBy(a => a.DueOn).ThenBy(a => a.Number)
                .Skip((request.Page - 1) * request.Size).Take(request.Size)
                .Select(a => new
                {
                    Action = a,
                    Team = db.Teams.Where(t => t.Id == a.OwnerTeamId).Select(t => new { t.Slug, t.Name }).First(),
                    Assignee = db.Users.Where(p => p.Id == a.AssigneeId).Select(p => p.DisplayName).FirstOrDefault(),
                    Incident = db.Incidents.Where(i => i.Id == a.IncidentId).Select(i => (int?)i.Number).FirstOrDefault(),
                    Postmortem = db.Postmortems.Where(p => p.Id == a.PostmortemId).Select(p => (int?)p.Number).FirstOrDefault(),
                    Service = db.Services.Where(s => s.Id == a.ServiceId).Select(s => new { s.Slug, s.Name }).FirstOrDefault(),
                }).ToListAsync(ct);
            return new ActionList(
                new Page<ActionRow>(
                    rows.ConvertAll(r => new ActionRow(
                        r.Action.Number, r.Action.Code, r.Action.Title, r.Action.State, r.Team.Slug, r.Team.Name, r.Assignee, r.Action.DueOn, r.Action.IsOverdueOn(today),
                        r.Incident, r.Postmortem, r.Service?.Slug, r.Service?.Name, r.Action.EndedAt)),
                    total, request.Page, request.Size),
                request.Overdue ? total : await overdue.CountAsync(ct), actor.May(Permission.Respond));
        }

        private static async Task<IQueryable<ActionItem>> MatchingAsync(PortalDbContext db, IQueryable<ActionItem> actions, ListActions request, Actor actor, CancellationToken ct)
        {
            if (request.Mine)
                actions = actions.OfMine(actor);
            if (!string.IsNullOrWhiteSpace(request.Team))
                actions = actions.Where(a => db.Teams.Any(t => t.Id == a.OwnerTeamId && t.Slug == request.Team));
            if (!string.IsNullOrWhiteSpace(request.Service))
                actions = actions.Where(a => db.Services.Any(s => s.Id == a.ServiceId && s.Slug == request.Service));
            if (request.State is { } state)
                actions = actions.Where(a => a.State == state);
            if (request.Open is { } open)
                actions = actions.Where(a => (a.EndedAt == null) == open);
            if (request.Postmortem is { } postmortem)
                actions = actions.Where(a => db.Postmortems.Any(p => p.Id == a.PostmortemId && p.Number == postmortem));
            if (request.Incident is { } incident)
            {
                // Looked up before, since with "this one or merged into it" inside of the query the database goes through every action.
                var asked = db.Incidents.Where(i => i.Number == incident).Select(i => i.Id);
                Guid?[] incidents = [.. await asked.Concat(db.Incidents.Where(i => asked.Contains(i.MergedIntoId!.Value)).Select(i => i.Id)).ToListAsync(ct)];
                actions = actions.Where(a => incidents.Contains(a.IncidentId));
            }
            if (!string.IsNullOrWhiteSpace(request.Text))
            {
                var pattern = TextSearch.Contains(request.Text);
                actions = actions.Where(a => EF.Functions.ILike(a.Title, pattern, "\\") || EF.Functions.ILike(a.Description, pattern, "\\") || EF.Functions.ILike("ACT-" + a.Number, pattern, "\\"));
            }
            return actions;
        }
    }
}
