using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Revisions;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>Merges what others saved into a text that somebody is still writing, without saving it.</summary>
/// <param name="BaseRevision">The one that the writer began with.</param>
public sealed record CatchUpPostmortem(int Number, int BaseRevision, string Title, string Summary, string Body)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<SavedPostmortem>> HandleAsync(CatchUpPostmortem request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var revisions = await (from p in db.PostmortemsFor(actor)
                                   join r in db.PostmortemRevisions.AsNoTracking() on p.Id equals r.PostmortemId
                                   where p.Number == request.Number && (r.Number == request.BaseRevision || r.Number == p.Revision)
                                   orderby r.Number
                                   select r).ToListAsync(ct);
            if (revisions.Count == 0 || revisions[0].Number != request.BaseRevision)
                return Refusal.NotFound($"Revision {request.BaseRevision} of {Postmortem.CodeOf(request.Number)}");
            var (ancestor, latest) = (revisions[0], revisions[^1]);
            var mine = new PostmortemText(request.Title, request.Summary, request.Body);
            var (text, conflict) = PostmortemMerge.Of(ancestor.Text, mine, latest);
            return new SavedPostmortem(latest.Number, text ?? mine, ancestor == latest ? null : latest.AuthorName, conflict);
        }
    }
}
