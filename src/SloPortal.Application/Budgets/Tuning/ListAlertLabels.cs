using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>An interval of which it is known whether it should have paged.</summary>
/// <param name="Incident">Its number, for an incident.</param>
/// <param name="Mark">Id of the mark, for what somebody marked, with who, when and why.</param>
public sealed record LabelRow(
    DateTimeOffset From, DateTimeOffset To, LabelKind Kind, string Name, int? Incident, Guid? Mark = null, string? Reason = null, string? MarkedBy = null, DateTimeOffset? MarkedAt = null);

/// <param name="MayMark">The actor may mark intervals of this objective.</param>
public sealed record LabelList(IReadOnlyList<LabelRow> Labels, bool MayMark);

/// <summary>What alerts of an objective are held against in the last 90 days: incidents that the reader may see, and what was marked; the newest first.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Objective">Slug.</param>
public sealed record ListAlertLabels(string Service, string Objective)
{
    private const int Days = 90;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, IEnumerable<IKnownIntervals> known, TimeProvider clock)
    {
        public async Task<Outcome<LabelList>> HandleAsync(ListAlertLabels request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               where s.Slug == request.Service && o.Slug == request.Objective
                               select new { o.Id, o.ServiceId, s.OwnerTeamId }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Objective}\" of \"{request.Service}\"");
            var now = clock.GetUtcNowInMicroseconds();
            var since = now.AddDays(-Days);
            var rows = (await db.AlertLabels.AsNoTracking().Where(l => l.ObjectiveId == found.Id && l.To > since).ToListAsync(ct))
                .ConvertAll(l => new LabelRow(l.From, l.To, l.Kind, l.Reason, null, l.Id, l.Reason, l.MarkedByName, l.MarkedAt));
            foreach (var source in known)
            {
                rows.AddRange((await source.InAsync(new StoryScope(found.Id, found.ServiceId), new Interval(since, now), actor, ct))
                    .Select(k => new LabelRow(k.When.Start, k.When.End, k.Kind, k.Name, k.Incident)));
            }

            return new LabelList([.. rows.OrderByDescending(r => r.From)], actor.MayChangeFor(found.OwnerTeamId));
        }
    }
}
