using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Tells people once that a deadline is a day away, that it passed, and that an agreement in force is to be looked at again.</summary>
public sealed class FollowNegotiations(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts) : IPass
{
    private static readonly TimeSpan Before = TimeSpan.FromHours(24);

    public string Name => "follow-negotiations";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (soon, today) = (now + Before, DateOnly.FromDateTime(now.UtcDateTime));
        List<Guid> due;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var inForce = db.VersionsInForceAt(now);
            due = await db.Proposals.AsNoTracking()
                .Where(p => (p.State == ProposalState.Open && ((p.DeadlineWarnedAt == null && p.Deadline <= soon) || (p.DeadlineToldAt == null && p.Deadline <= now)))
                    || (p.State == ProposalState.Accepted && p.ReviewToldAt == null && p.ReviewOn <= today && inForce.Any(v => v.ProposalId == p.Id)))
                .Select(p => p.Id).ToListAsync(ct);
        }
        foreach (var id in due)
            await TellAsync(id, now, ct);
    }

    private Task<Outcome<Done>> TellAsync(Guid id, DateTimeOffset now, CancellationToken ct) =>
        work.ChangeAsync<Guid, Done>(id, Actor.System("negotiations"), Permission.Administer, async change =>
        {
            var found = await OpenProposal.FindAsync(change, id, ct);
            if (!found.Succeeded)
                return found.Refusal;
            var (proposal, objective, _) = found.Value;
            var waiting = new[] { (Party.Owner, proposal.OwnerId), (Party.Stakeholder, proposal.StakeholderId) }.Where(p => !proposal.HasSigned(p.Item1)).Select(p => p.Item2)
                .Concat(proposal.ArbiterId is { } arbiter ? [arbiter] : []);
            switch (proposal)
            {
                case { State: ProposalState.Open, DeadlineToldAt: null } when proposal.Deadline <= now:
                    proposal.ToldThatItPassed(now);
                    if (proposal.DeadlineWarnedAt is null)
                        proposal.Warned(now);
                    Tell("deadline-passed", await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"The deadline of the proposal for {objective.Name} passed. Nothing was accepted by it.");
                    break;
                case { State: ProposalState.Open, DeadlineWarnedAt: null } when proposal.Deadline <= now + Before:
                    proposal.Warned(now);
                    Tell("deadline-near", waiting, $"The proposal for {objective.Name} waits for you until {proposal.Deadline?.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
                    break;
                case { State: ProposalState.Accepted, ReviewToldAt: null } when proposal.ReviewOn <= DateOnly.FromDateTime(now.UtcDateTime):
                    proposal.ToldOfTheReview(now);
                    Tell("review-due", [proposal.OwnerId, proposal.StakeholderId], $"{objective.Name} is to be looked at again: {proposal.Target} was agreed to be reviewed on {proposal.ReviewOn:yyyy-MM-dd}.");
                    break;
                default:
                    // Another portal was faster, or the sides were.
                    return Refusal.Conflict("Nothing is due any more.");
            }
            ProposalTopics.Publish(change, proposal);
            return Done.Value;

            void Tell(string what, IEnumerable<Guid> people, string text)
            {
                change.Audit($"proposal.{what}", "proposal", proposal.Id, objective.Name, new { proposal.Deadline, proposal.ReviewOn });
                change.TellOf(proposal, people, text, byMail: true);
            }
        }, ct);
}
