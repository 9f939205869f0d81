using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>One postmortem with all that belongs to it. Reading that of a restricted incident is recorded.</summary>
public sealed record GetPostmortem(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads, IEnumerable<IPostmortemActions> actions)
    {
        public async Task<Outcome<PostmortemDetail>> HandleAsync(GetPostmortem request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var postmortem = await db.PostmortemsFor(actor).AsNoTracking().AsSplitQuery()
                .Include(p => p.Services).Include(p => p.Factors).SingleOrDefaultAsync(p => p.Number == request.Number, ct);
            if (postmortem is null)
                return Refusal.NotFound(Postmortem.CodeOf(request.Number));
            var incident = await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Id == postmortem.IncidentId, ct);
            if (incident is { IsRestricted: true })
                await reads.RecordAsync(actor, "postmortem.read", "postmortem", postmortem.Id, postmortem.Code, ct);

            var revisions = await db.PostmortemRevisions.AsNoTracking().Where(r => r.PostmortemId == postmortem.Id).OrderBy(r => r.Number)
                .Select(r => new { r.AuthorId, r.AuthorName, r.SavedAt }).ToListAsync(ct);
            var serviceIds = postmortem.Services.Select(s => s.ServiceId).ToArray();
            var services = await db.Services.AsNoTracking().Where(s => serviceIds.Contains(s.Id)).OrderBy(s => s.Name).Select(s => new ReviewedService(s.Slug, s.Name)).ToListAsync(ct);
            var comments = await db.PostmortemComments.AsNoTracking().Where(c => c.PostmortemId == postmortem.Id).OrderBy(c => c.WrittenAt)
                .Select(c => new CommentRow(c.Id, c.Body, c.Quote, c.AuthorName, c.WrittenAt, c.SettledAt, c.SettledByName)).ToListAsync(ct);
            var files = incident is null ? [] : await (from a in db.Attachments
                                                       join i in db.IncidentsFor(actor) on a.IncidentId equals i.Id
                                                       where i.Id == incident.Id || i.MergedIntoId == incident.Id
                                                       orderby a.AddedAt
                                                       select new AttachedFile(a.Id, i.Number, a.FileName, a.ContentType)).ToListAsync(ct);
            var level = await db.SeverityLevels.AsNoTracking().SingleOrDefaultAsync(l => l.Severity == postmortem.Severity, ct);
            var approver = await db.Users.Where(p => p.Id == postmortem.ApprovedBy).Select(p => p.DisplayName).SingleOrDefaultAsync(ct);
            var follower = actions.SingleOrDefault();
            return new PostmortemDetail(
                postmortem.Id, postmortem.Number, postmortem.Code, postmortem.State, postmortem.Title, postmortem.Summary, postmortem.Body, postmortem.Revision,
                postmortem.Severity, level?.Name, postmortem.StartedAt, postmortem.EndedAt, incident?.UsersAffected, postmortem.Origin,
                incident is null ? null : new ReviewedIncident(incident.Number, incident.Code, incident.Title, incident.Status, incident.IsRestricted), services,
                [.. postmortem.Factors.OrderBy(f => f.Factor, StringComparer.Ordinal).Select(f => new FactorNote(f.Factor, f.Note))],
                [.. revisions.Select(r => r.AuthorName).Distinct()], revisions.LastOrDefault()?.AuthorName ?? "SloPortal", revisions.LastOrDefault()?.SavedAt ?? postmortem.CreatedAt, postmortem.CreatedAt,
                postmortem.SubmittedAt, approver, postmortem.ApprovedAt, postmortem.PublishedAt, comments, files,
                follower is null ? null : await follower.OfAsync(postmortem.Id, postmortem.IncidentId, actor, ct),
                RightsOf(postmortem, actor, revisions.Any(r => r.AuthorId == actor.PersonId)));
        }

        private static PostmortemRights RightsOf(Postmortem postmortem, Actor actor, bool wrote)
        {
            var responds = actor.May(Permission.Respond);
            return new PostmortemRights(
                responds && postmortem.IsOpen,
                responds && postmortem.State == PostmortemState.Draft,
                responds && postmortem.State == PostmortemState.InReview && !wrote,
                responds && postmortem.State == PostmortemState.Approved,
                responds && postmortem.State != PostmortemState.Draft,
                responds);
        }
    }
}
