using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Revisions;

/// <param name="From">The older of the two.</param>
public sealed record RevisionComparison(string Code, string PostmortemTitle, RevisionRow From, RevisionRow To, TextDiff Title, TextDiff Summary, TextDiff Body);

/// <summary>What changed from one revision to another, by lines and by words.</summary>
public sealed record CompareRevisions(int Number, int From, int To)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<RevisionComparison>> HandleAsync(CompareRevisions request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var postmortem = await db.PostmortemsFor(actor).AsNoTracking().Where(p => p.Number == request.Number).Select(p => new { p.Id, p.Title }).SingleOrDefaultAsync(ct);
            if (postmortem is null)
                return Refusal.NotFound(Postmortem.CodeOf(request.Number));
            var found = await db.PostmortemRevisions.AsNoTracking()
                .Where(r => r.PostmortemId == postmortem.Id && (r.Number == request.From || r.Number == request.To)).ToDictionaryAsync(r => r.Number, ct);
            if (!found.TryGetValue(request.From, out var from) || !found.TryGetValue(request.To, out var to))
                return Refusal.NotFound($"Revision {(found.ContainsKey(request.From) ? request.To : request.From)} of {Postmortem.CodeOf(request.Number)}");
            return new RevisionComparison(
                Postmortem.CodeOf(request.Number), postmortem.Title, RowOf(from), RowOf(to),
                TextDiff.Of(from.Title, to.Title), TextDiff.Of(from.Summary, to.Summary), TextDiff.Of(from.Body, to.Body));
        }

        private static RevisionRow RowOf(PostmortemRevision revision) => new(revision.Number, revision.AuthorName, revision.SavedAt, revision.Title);
    }
}
