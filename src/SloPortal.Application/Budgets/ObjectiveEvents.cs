using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets;

/// <summary>The objective's own events: versions that took effect, and alerts from their firing to their end.</summary>
internal sealed class ObjectiveEvents(IDbContextFactory<PortalDbContext> contexts) : IStoryEvents
{
    public async Task<IReadOnlyList<StoryMark>> InAsync(StoryScope scope, Interval range, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var versions = await db.ObjectiveVersions.AsNoTracking()
            .Where(v => v.ObjectiveId == scope.ObjectiveId && v.EffectiveFrom >= range.Start && v.EffectiveFrom <= range.End)
            .Select(v => new { v.ProposalId, v.Number, v.EffectiveFrom, v.Target }).ToListAsync(ct);
        var alerts = await db.Alerts.AsNoTracking()
            .Where(a => a.ObjectiveId == scope.ObjectiveId && a.FiredAt <= range.End && (a.ResolvedAt == null || a.ResolvedAt >= range.Start))
            .OrderByDescending(a => a.FiredAt).Take(500)
            .Select(a => new { a.Id, a.Severity, a.FiredAt, a.ResolvedAt, a.LongWindow }).ToListAsync(ct);
        return
        [
            .. versions.Select(v => new StoryMark("version", v.ProposalId, v.EffectiveFrom, string.Create(CultureInfo.InvariantCulture, $"v{v.Number}, {v.Target}"))),
            .. alerts.Select(a => new StoryMark(
                "alert", a.Id, a.FiredAt, $"{(a.Severity == AlertSeverity.Page ? "Page" : "Ticket")}, {HumanDuration.Text(a.LongWindow)}",
                a.ResolvedAt, a.ResolvedAt is null, a.Severity == AlertSeverity.Page)),
        ];
    }
}
