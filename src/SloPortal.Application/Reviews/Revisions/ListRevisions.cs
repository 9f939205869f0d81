using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Revisions;

public sealed record RevisionRow(int Number, string Author, DateTimeOffset SavedAt, string Title);

/// <summary>Who saved a postmortem when, the latest first.</summary>
public sealed record ListRevisions(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<RevisionRow>>> HandleAsync(ListRevisions request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (!await db.PostmortemsFor(actor).AnyAsync(p => p.Number == request.Number, ct))
                return Refusal.NotFound(Postmortem.CodeOf(request.Number));
            return await (from p in db.Postmortems
                          join r in db.PostmortemRevisions.AsNoTracking() on p.Id equals r.PostmortemId
                          where p.Number == request.Number
                          orderby r.Number descending
                          select new RevisionRow(r.Number, r.AuthorName, r.SavedAt, r.Title)).ToListAsync(ct);
        }
    }
}
