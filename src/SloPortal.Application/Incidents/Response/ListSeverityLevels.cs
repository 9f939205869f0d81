using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents.Response;

/// <param name="Code">"SEV-1".</param>
/// <param name="Criteria">When it applies.</param>
/// <param name="Source">Where the criteria come from.</param>
/// <param name="Version">To be given back with a change.</param>
public sealed record SeverityRow(IncidentSeverity Severity, string Code, string Name, string Criteria, string Source, uint Version)
{
    internal static SeverityRow Of(SeverityLevel level) => new(level.Severity, SeverityLevel.Code(level.Severity), level.Name, level.Criteria, level.Source, level.Version);
}

/// <summary>What each severity means in this organisation, the worst first.</summary>
public sealed record ListSeverityLevels
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<SeverityRow>>> HandleAsync(ListSeverityLevels request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await ReadAsync(db, ct);
        }
    }

    internal static async Task<List<SeverityRow>> ReadAsync(PortalDbContext db, CancellationToken ct) =>
        [.. (await db.SeverityLevels.AsNoTracking().ToListAsync(ct)).OrderBy(l => l.Severity).Select(SeverityRow.Of)];
}
