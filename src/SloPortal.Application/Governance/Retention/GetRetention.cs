using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance.Retention;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>One kind of data.</summary>
/// <param name="Days">For how long it is kept; null for good.</param>
/// <param name="Reason">Why the rule is so; null where there is none.</param>
/// <param name="Bytes">Its share of the database, with indexes.</param>
/// <param name="FloorDays">The least that a rule may say; null where nothing binds.</param>
/// <param name="FloorReason">Who says so.</param>
/// <param name="Version">Sent back with a change; null where nothing can be changed.</param>
public sealed record RetentionRow(
    RetentionClass Kind, string Name, int? Days, string? Reason, string? ChangedBy, DateTimeOffset? ChangedAt, long Bytes, int? FloorDays, string? FloorReason, uint? Version);

/// <summary>A hold that the reader may see.</summary>
/// <param name="Subject">The service, or the incident with its number.</param>
/// <param name="Service">Slug; null for an incident.</param>
/// <param name="Incident">Number; null for a service.</param>
public sealed record LegalHoldRow(
    Guid Id, string Subject, string? Service, int? Incident, string Reason, string PlacedBy, DateTimeOffset PlacedAt, DateTimeOffset? ReleasedAt, string? ReleasedBy, string? ReleaseReason);

/// <summary>How long data is kept, why, and what was removed.</summary>
/// <param name="DatabaseBytes">The whole database; what is missing in the rows is working state.</param>
/// <param name="Receipts">The last fifty purges, newest first.</param>
public sealed record RetentionView(
    IReadOnlyList<RetentionRow> Kinds, long DatabaseBytes, IReadOnlyList<FrameworkMinimum> Minima, IReadOnlyList<LegalHoldRow> Holds, IReadOnlyList<PurgeReceipt> Receipts, bool MayChange);

/// <summary>How long data is kept.</summary>
public sealed record GetRetention
{
    private const int ShownReceipts = 50;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<RetentionView>> HandleAsync(GetRetention request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.ReadAudit))
                return Denial.Of(actor, Permission.ReadAudit);
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var sizes = await DatabaseSizes.ReadAsync(connection, ct);
            var rules = await db.RetentionRules.AsNoTracking().ToDictionaryAsync(r => r.Kind, ct);
            var floors = await RetentionFloors.ReadAsync(db, clock.GetUtcNowInMicroseconds(), ct);
            return new RetentionView(
                [.. Enum.GetValues<RetentionClass>().Select(kind => Row(kind, rules.GetValueOrDefault(kind), sizes[kind], floors[kind].MaxBy(f => f.Days)))],
                await DatabaseSizes.TotalAsync(connection, ct),
                await db.FrameworkMinima.AsNoTracking().OrderBy(m => m.Framework).ThenBy(m => m.Kind).ToListAsync(ct),
                await HoldsAsync(db, actor, ct),
                await db.PurgeReceipts.AsNoTracking().OrderByDescending(r => r.BegunAt).ThenBy(r => r.Id).Take(ShownReceipts).ToListAsync(ct),
                actor.May(Permission.Administer));
        }

        private static RetentionRow Row(RetentionClass kind, RetentionRule? rule, long bytes, RetentionFloor? floor) => new(
            kind, RetentionClasses.NameOf(kind), rule?.Days, rule?.Reason, rule?.ChangedByName, rule?.ChangedAt, bytes, floor?.Days, floor?.Why, rule?.Version);

        private static async Task<List<LegalHoldRow>> HoldsAsync(PortalDbContext db, Actor actor, CancellationToken ct)
        {
            var hidden = db.HiddenIncidentsFor(actor).Select(i => i.Id);
            var rows = await (from hold in db.LegalHolds.AsNoTracking()
                              join service in db.Services on hold.ServiceId equals service.Id into services
                              from service in services.DefaultIfEmpty()
                              join incident in db.Incidents on hold.IncidentId equals incident.Id into incidents
                              from incident in incidents.DefaultIfEmpty()
                              where hold.IncidentId == null || !hidden.Contains(hold.IncidentId ?? Guid.Empty)
                              orderby hold.ReleasedAt != null, hold.PlacedAt descending
                              select new { Hold = hold, ServiceName = service.Name, service.Slug, Number = (int?)incident.Number, incident.Title }).ToListAsync(ct);
            return [.. rows.Select(r => new LegalHoldRow(
                r.Hold.Id, r.Number is { } number ? $"INC-{number} {r.Title}" : r.ServiceName, r.Number is null ? r.Slug : null, r.Number,
                r.Hold.Reason, r.Hold.PlacedByName, r.Hold.PlacedAt, r.Hold.ReleasedAt, r.Hold.ReleasedByName, r.Hold.ReleaseReason))];
        }
    }
}
