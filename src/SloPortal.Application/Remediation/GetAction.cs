using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation;

/// <summary>The incident or the postmortem that an action follows from.</summary>
/// <param name="Name">"INC-42 Checkout fails".</param>
public sealed record ActionOrigin(int Number, string Name);

/// <summary>The service that an action changes.</summary>
public sealed record ChangedService(string Slug, string Name);

/// <summary>An action with all that its page shows.</summary>
/// <param name="DueOn">The last day on which it is on time, in UTC.</param>
/// <param name="ProofUrl">Where one sees that it is done.</param>
/// <param name="Outcome">What the proof shows; for what was dropped, why.</param>
/// <param name="MayChange">The actor may plan, begin, complete, drop and reopen it.</param>
/// <param name="Version">To be given back with what people edit.</param>
public sealed record ActionDetail(
    int Number, string Code, string Title, string Description, ActionState State, string Team, string TeamName, Guid? AssigneeId, string? Assignee, DateOnly DueOn, bool IsOverdue,
    ActionOrigin? Incident, ActionOrigin? Postmortem, ChangedService? Service, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? ProofUrl, string? Outcome,
    bool MayChange, uint Version)
{
    public bool IsOpen => State is ActionState.Open or ActionState.InProgress;
}

/// <summary>One action. Reading that of a restricted incident is recorded.</summary>
public sealed record GetAction(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads, TimeProvider clock)
    {
        public async Task<Outcome<ActionDetail>> HandleAsync(GetAction request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await db.ActionsFor(actor).AsNoTracking().Where(a => a.Number == request.Number)
                .Select(a => new
                {
                    Action = a,
                    Team = db.Teams.Where(t => t.Id == a.OwnerTeamId).Select(t => new { t.Slug, t.Name }).First(),
                    Assignee = db.Users.Where(p => p.Id == a.AssigneeId).Select(p => p.DisplayName).FirstOrDefault(),
                    CreatedBy = db.Users.Where(p => p.Id == a.CreatedBy).Select(p => p.DisplayName).FirstOrDefault(),
                    Incident = db.Incidents.Where(i => i.Id == a.IncidentId).Select(i => new { i.Number, i.Title, i.IsRestricted }).FirstOrDefault(),
                    Postmortem = db.Postmortems.Where(p => p.Id == a.PostmortemId).Select(p => new { p.Number, p.Title }).FirstOrDefault(),
                    Service = db.Services.Where(s => s.Id == a.ServiceId).Select(s => new ChangedService(s.Slug, s.Name)).FirstOrDefault(),
                }).SingleOrDefaultAsync(ct);
            if (found is null)
                return ActionToChange.NotFound(request.Number);
            var action = found.Action;
            if (found.Incident is { IsRestricted: true })
                await reads.RecordAsync(actor, "action.read", "action", action.Id, $"{action.Code} {action.Title}", ct);
            return new ActionDetail(
                action.Number, action.Code, action.Title, action.Description, action.State, found.Team.Slug, found.Team.Name, action.AssigneeId, found.Assignee, action.DueOn,
                action.IsOverdueOn(clock.GetUtcNowInMicroseconds().Today()),
                found.Incident is { } i ? new ActionOrigin(i.Number, $"{Domain.Incidents.Incident.CodeOf(i.Number)} {i.Title}") : null,
                found.Postmortem is { } p ? new ActionOrigin(p.Number, $"{Domain.Reviews.Writing.Postmortem.CodeOf(p.Number)} {p.Title}") : null,
                found.Service, found.CreatedBy ?? "SloPortal", action.CreatedAt, action.EndedAt, action.ProofUrl, action.Outcome, action.MayBeChangedBy(actor), action.Version);
        }
    }
}
