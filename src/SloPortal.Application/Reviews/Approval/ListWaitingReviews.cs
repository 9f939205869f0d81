using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Approval;

/// <param name="Writers">Names of those who saved a revision.</param>
public sealed record WaitingReview(int Number, string Code, string Title, IReadOnlyList<string> Writers, DateTimeOffset SubmittedAt);

/// <summary>Postmortems that wait for somebody like the actor: in review, and not written by them. The one that waits longest first.</summary>
public sealed record ListWaitingReviews
{
    public const int Most = 10;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<WaitingReview>>> HandleAsync(ListWaitingReviews request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            // Who changes nothing approves nothing.
            if (!actor.May(Permission.Respond))
                return Array.Empty<WaitingReview>();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = await db.PostmortemsFor(actor).AsNoTracking()
                .Where(p => p.State == PostmortemState.InReview && !db.PostmortemRevisions.Any(r => r.PostmortemId == p.Id && r.AuthorId == actor.PersonId))
                .OrderBy(p => p.SubmittedAt).ThenBy(p => p.Number).Take(Most)
                .Select(p => new
                {
                    p.Number, p.Title, SubmittedAt = p.SubmittedAt ?? p.CreatedAt,
                    Writers = db.PostmortemRevisions.Where(r => r.PostmortemId == p.Id).Select(r => r.AuthorName).Distinct().Order().ToList(),
                }).ToListAsync(ct);
            return rows.ConvertAll(r => new WaitingReview(r.Number, Postmortem.CodeOf(r.Number), r.Title, r.Writers, r.SubmittedAt));
        }
    }
}
