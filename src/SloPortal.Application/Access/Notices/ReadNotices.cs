using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access.Notices;

/// <summary>Marks what the actor was told as read.</summary>
/// <param name="Ids">Which; null marks all of them.</param>
public sealed record ReadNotices(IReadOnlyList<Guid>? Ids = null)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ReadNotices request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ReadNotices, Done>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                var unread = change.Db.Notices.Where(n => n.PersonId == actor.PersonId && n.ReadAt == null);
                if (request.Ids is { } ids)
                    unread = unread.Where(n => ids.Contains(n.Id));
                var count = await unread.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, change.Now), ct);
                change.Audit("notices.read", "person", actor.PersonId, actor.Name, new { Count = count });
                change.Publish(PersonNotices.Topic(actor.PersonId));
                return Done.Value;
            }, ct);
    }
}
