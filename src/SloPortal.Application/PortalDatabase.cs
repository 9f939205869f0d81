using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application;

/// <summary>Brings a database to what this version of the portal needs.</summary>
public static class PortalDatabase
{
    /// <summary>For a command that works without the portal having been started.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(ct);
        await PrepareAsync(db, services.GetRequiredService<TimeProvider>().GetUtcNowInMicroseconds(), ct);
    }

    /// <summary>Applies migrations and the data that every installation starts with; safe when several portals start at once.</summary>
    public static async Task PrepareAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        // An index over a large table takes longer than a statement usually may: a minute for a million audit entries.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        // EF Core takes a lock of the database for the migrations themselves.
        await db.Database.MigrateAsync(ct);
        if (!await db.AlertPolicies.AnyAsync(p => p.Id == StoredAlertPolicy.DefaultId, ct))
            db.AlertPolicies.Add(new StoredAlertPolicy(StoredAlertPolicy.DefaultId, AlertPolicy.Workbook, now));
        if (!await db.Scorecards.AnyAsync(ct))
            db.Scorecards.Add(new StoredScorecard(Scorecard.Usual, now));
        if (!await db.DecisionPolicies.AnyAsync(ct))
            db.DecisionPolicies.Add(new DecisionPolicyVersion(DecisionPolicyVersion.First, DecisionPolicy.Usual, now, null, null));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.AlertPolicies.AsNoTracking().Any(p => p.Id == StoredAlertPolicy.DefaultId) && db.Scorecards.AsNoTracking().Any() && db.DecisionPolicies.AsNoTracking().Any())
        {
            // Another portal was a moment faster.
        }
    }
}
