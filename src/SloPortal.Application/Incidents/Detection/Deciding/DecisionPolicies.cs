using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection.Deciding;

internal static class DecisionPolicies
{
    /// <summary>Somebody else's version is not overtaken by one that was read before it.</summary>
    public static Task LockAsync(PortalDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"decision-policy"}, 0))", ct);

    /// <summary>There is always one, from the first start on.</summary>
    public static Task<DecisionPolicyVersion> InForceAsync(PortalDbContext db, CancellationToken ct) =>
        db.DecisionPolicies.AsNoTracking().OrderByDescending(v => v.Number).FirstAsync(ct);
}
