using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <summary>Opens a page that says that it is a test, and goes the whole way of a real one: levels, schedules, ways, answer.</summary>
/// <param name="Policy">The policy to try; null calls the actor alone.</param>
public sealed record SendTestPage(Guid? Policy = null)
{
    /// <summary>So long the only level of a test of one's own ways waits, in minutes.</summary>
    private const int OwnMinutes = 5;

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the page.</returns>
        public Task<Outcome<int>> HandleAsync(SendTestPage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SendTestPage, int>(request, actor, request.Policy is null ? Permission.ManageOwnAccount : Permission.OwnServices, async change =>
            {
                var policy = request.Policy is { } id ? await change.Db.EscalationPolicies.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.ArchivedAt == null, ct) : null;
                if (request.Policy is not null && policy is null)
                    return Refusal.NotFound("The escalation policy");
                if (policy is not null && !actor.MayChangeFor(policy.TeamId))
                    return Denial.OfTeam(await change.Db.Teams.Where(t => t.Id == policy.TeamId).Select(t => t.Name).SingleAsync(ct));
                var team = policy?.TeamId ?? await change.Db.TeamMembers.Where(m => m.PersonId == actor.PersonId).Select(m => (Guid?)m.TeamId).FirstOrDefaultAsync(ct);
                if (team is null)
                    return Refusal.Conflict("You belong to no team yet, and a page belongs to one. Ask an administrator to add you to your team.");
                var page = new Page(
                    Guid.CreateVersion7(change.Now), team.Value, null, Page.TestGroup + Guid.CreateVersion7(change.Now), $"Test of {policy?.Name ?? actor.Name}. Nothing is wrong.", SignalSeverity.Info,
                    policy, policy is null ? [new EscalationLevel(OwnMinutes, [new EscalationTarget(EscalationTargetKind.Person, actor.PersonId)])] : policy.Levels, $"{actor.Name} tries it.", change.Now);
                change.Db.Pages.Add(page);
                change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, $"Opened as a test by {actor.Name}."));
                await change.Db.SaveChangesAsync(ct);
                change.Audit("page.tested", "page", page.Id, page.Title, new { page.Number, request.Policy });
                change.Publish(PageAddresses.Topic);
                return page.Number;
            }, ct);
    }
}
