using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>Incidents of the objective or its service: each should have paged, from when users felt it, with what was merged into it, to when they no longer did.</summary>
internal sealed class IncidentIntervals(IDbContextFactory<PortalDbContext> contexts) : IKnownIntervals
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<KnownInterval>> InAsync(StoryScope scope, Interval span, Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var felt = await FeltIncident.InAsync(db.IncidentsFor(actor).AsNoTracking(), scope, span, ct);
        return felt.ConvertAll(incident => Of(incident, span.End));
    }

    private static KnownInterval Of(FeltIncident incident, DateTimeOffset now)
    {
        var stretches = incident.Stretches(now).Select(s => s.Impact).ToList();
        var start = stretches.Count > 0 ? stretches.Min(s => s.Start) : incident.StartedAt;
        var end = stretches.Count > 0 ? stretches.Max(s => s.End) : incident.StartedAt;
        return new(
            new Interval(start, end - start < Shortest ? start + Shortest : end), LabelKind.ShouldPage,
            $"{Incident.CodeOf(incident.Number)} {incident.Title}", incident.Number);
    }
}
