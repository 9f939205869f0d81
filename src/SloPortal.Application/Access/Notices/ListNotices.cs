using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access.Notices;

/// <param name="Address">The page of the portal that it leads to.</param>
public sealed record NoticeRow(Guid Id, string Text, string Address, DateTimeOffset CreatedAt, bool IsRead);

/// <param name="Notices">The newest first.</param>
/// <param name="Unread">All of them, also those that are not shown.</param>
public sealed record NoticeList(IReadOnlyList<NoticeRow> Notices, int Unread);

/// <summary>What the actor was told, the newest first.</summary>
/// <param name="Size">At most 200.</param>
public sealed record ListNotices(int Size = 20)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SharedReads shared)
    {
        public async Task<Outcome<NoticeList>> HandleAsync(ListNotices request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            // The bell is on every page.
            return await shared.GetAsync((request, actor.PersonId), async reading =>
            {
                await using var db = await contexts.CreateDbContextAsync(reading);
                var mine = db.Notices.AsNoTracking().Where(n => n.PersonId == actor.PersonId);
                var rows = await mine.OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(Math.Clamp(request.Size, 1, 200))
                    .Select(n => new NoticeRow(n.Id, n.Text, n.Address, n.CreatedAt, n.ReadAt != null)).ToListAsync(reading);
                return new NoticeList(rows, await mine.CountAsync(n => n.ReadAt == null, reading));
            }, ct);
        }
    }
}
