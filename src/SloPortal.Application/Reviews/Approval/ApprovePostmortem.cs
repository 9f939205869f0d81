using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Approval;

/// <summary>Approves a text as it stands. Not by anybody who wrote a revision of it.</summary>
/// <param name="Revision">The one that was read, so that nobody approves what they have not seen.</param>
public sealed record ApprovePostmortem(int Number, int Revision)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ApprovePostmortem request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ApprovePostmortem, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var postmortem = found.Value;
                if (postmortem.Revision != request.Revision)
                    return Refusal.Conflict($"{postmortem.Code} changed while you read it: this is revision {postmortem.Revision} now. Look at what changed, then approve.");
                var writers = await change.Db.PostmortemRevisions.Where(r => r.PostmortemId == postmortem.Id).Select(r => r.AuthorId).Distinct().ToListAsync(ct);
                if (postmortem.Approve(actor.PersonId, writers, change.Now) is { } refused)
                    return refused;
                change.Record(postmortem, "approved", new { postmortem.Revision });
                await change.TellTheOthersAsync(postmortem, $"{actor.Name} approved {postmortem.Code}: {postmortem.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
