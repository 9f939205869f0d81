using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews;

/// <summary>A postmortem in a list.</summary>
/// <param name="Incident">Number of its incident; null where it was imported without one.</param>
/// <param name="Writers">Names of those who saved a revision.</param>
/// <param name="ChangedAt">When it was last saved.</param>
public sealed record PostmortemRow(
    int Number, string Code, string Title, PostmortemState State, IncidentSeverity? Severity, int? Incident, IReadOnlyList<string> Services,
    IReadOnlyList<string> Writers, int Revision, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, DateTimeOffset? PublishedAt);

/// <summary>Postmortems that the actor may see, those changed last first.</summary>
/// <param name="States">Null or empty is all.</param>
/// <param name="Mine">Only those that the actor began or wrote at.</param>
public sealed record ListPostmortems(IReadOnlyList<PostmortemState>? States = null, bool Mine = false, int Page = 1, int Size = 50)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<Page<PostmortemRow>>> HandleAsync(ListPostmortems request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var (number, size) = (Math.Max(1, request.Page), Math.Clamp(request.Size, 1, 200));
            await using var db = await contexts.CreateDbContextAsync(ct);
            var seen = db.PostmortemsFor(actor).AsNoTracking();
            if (request.States is { Count: > 0 } states)
                seen = seen.Where(p => states.Contains(p.State));
            if (request.Mine)
                seen = seen.Where(p => p.CreatedBy == actor.PersonId || db.PostmortemRevisions.Any(r => r.PostmortemId == p.Id && r.AuthorId == actor.PersonId));
            var total = await seen.CountAsync(ct);
            var rows = await seen
                .Select(p => new { Postmortem = p, ChangedAt = db.PostmortemRevisions.Where(r => r.PostmortemId == p.Id).Max(r => (DateTimeOffset?)r.SavedAt) ?? p.CreatedAt })
                .OrderByDescending(r => r.ChangedAt).ThenByDescending(r => r.Postmortem.Number)
                .Skip((number - 1) * size).Take(size)
                .Select(r => new
                {
                    r.Postmortem.Number,
                    r.Postmortem.Title,
                    r.Postmortem.State,
                    r.Postmortem.Severity,
                    Incident = db.Incidents.Where(i => i.Id == r.Postmortem.IncidentId).Select(i => (int?)i.Number).FirstOrDefault(),
                    Services = r.Postmortem.Services.Join(db.Services, s => s.ServiceId, s => s.Id, (_, s) => s.Name).Order().ToList(),
                    Writers = db.PostmortemRevisions.Where(w => w.PostmortemId == r.Postmortem.Id).Select(w => w.AuthorName).Distinct().Order().ToList(),
                    r.Postmortem.Revision,
                    r.Postmortem.CreatedAt,
                    r.ChangedAt,
                    r.Postmortem.PublishedAt,
                }).ToListAsync(ct);
            return new Page<PostmortemRow>(
                rows.ConvertAll(r => new PostmortemRow(
                    r.Number, Postmortem.CodeOf(r.Number), r.Title, r.State, r.Severity, r.Incident, r.Services, r.Writers, r.Revision, r.CreatedAt, r.ChangedAt, r.PublishedAt)),
                total, number, size);
        }
    }
}
