using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives;

/// <summary>What was promised at a moment.</summary>
public sealed record VersionInForceRow(string Service, string Objective, string ObjectiveName, int Number, decimal TargetPercent, string Window, string Method, string Sli, DateTimeOffset EffectiveFrom);

/// <summary>What was in force at a moment: of all objectives, of a service, or of one.</summary>
/// <param name="At">Null is now.</param>
public sealed record ListVersionsInForce(DateTimeOffset? At = null, string? Service = null, string? Objective = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<VersionInForceRow>>> HandleAsync(ListVersionsInForce request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var at = (request.At ?? clock.GetUtcNowInMicroseconds()).ToUniversalTime();
            // One that was archived before the moment promised nothing any more.
            var rows = from v in db.VersionsInForceAt(at)
                       join o in db.Objectives on v.ObjectiveId equals o.Id
                       join s in db.Services on o.ServiceId equals s.Id
                       join sli in db.Slis on v.SliId equals sli.Id
                       where o.ArchivedAt == null || o.ArchivedAt > at
                       select new { Version = v, Service = s.Slug, Objective = o.Slug, o.Name, Sli = sli.Slug };
            if (request.Service is not null)
                rows = rows.Where(r => r.Service == request.Service);
            if (request.Objective is not null)
                rows = rows.Where(r => r.Objective == request.Objective);
            var found = await rows.OrderBy(r => r.Service).ThenBy(r => r.Objective).ToListAsync(ct);
            return found.ConvertAll(r => new VersionInForceRow(
                r.Service, r.Objective, r.Name, r.Version.Number, r.Version.Target.Percent, r.Version.Window.ToString()!, r.Version.Method.ToString()!, r.Sli, r.Version.EffectiveFrom));
        }
    }
}
