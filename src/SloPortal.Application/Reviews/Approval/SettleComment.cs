using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Approval;

/// <summary>Says that a comment has been dealt with. It stays, folded.</summary>
public sealed record SettleComment(int Number, Guid Comment)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SettleComment request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SettleComment, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var comment = await change.Db.PostmortemComments.SingleOrDefaultAsync(c => c.Id == request.Comment && c.PostmortemId == found.Value.Id, ct);
                if (comment is null)
                    return Refusal.NotFound("The comment");
                comment.Settle(actor.Name, change.Now);
                change.Record(found.Value, "commentSettled", new { comment.Id });
                return Done.Value;
            }, ct);
    }
}
