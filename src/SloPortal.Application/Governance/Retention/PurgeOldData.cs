using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance.Retention;
using SloPortal.Domain.Measurement.Files;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>
/// Removes what the rules no longer keep and no hold protects, with a receipt and an audit entry for each kind of data of which something went.
/// What only serves a retry or a look at what was counted is forgotten without either: answers to pushes after a week, uploads that nobody went
/// on with after a day, single results of probes after two weeks.
/// </summary>
public sealed class PurgeOldData(IDbContextFactory<PortalDbContext> contexts, UnitOfWork work) : IPass
{
    private static readonly TimeSpan ReceiptsKept = TimeSpan.FromDays(7);

    /// <summary>Seconds. A first purge after a rule was shortened has much to remove.</summary>
    private const int Patience = 3600;

    public string Name => "purge-old-data";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await MinuteMonths.KeepAsync(db, now, ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM push_receipts WHERE recorded_at < {now - ReceiptsKept}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM file_runs WHERE state = 'Draft' AND created_at < {now - FileRun.DraftKept}", ct);
        var (_, held) = await HeldServices.ReadAsync(db, ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM probe_results WHERE at < {now - ProbeResult.Kept} AND source_id NOT IN (SELECT source_id FROM slis WHERE source_id IS NOT NULL AND service_id = ANY({held}))", ct);
        var rules = await db.RetentionRules.AsNoTracking().Where(r => r.Days != null).OrderBy(r => r.Kind).ToListAsync(ct);
        foreach (var rule in rules)
            await PurgeAsync(rule, now, ct);
    }

    private async Task PurgeAsync(RetentionRule rule, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (holds, held) = await HeldServices.ReadAsync(db, ct);
        var receipt = new PurgeReceipt(Guid.CreateVersion7(now), rule.Kind, rule.Days!.Value, PurgeTable.Before(now, rule.Days.Value), holds, now);
        foreach (var table in PurgeTable.All.Where(t => t.Kind == rule.Kind))
        {
            if (table.Name == MinuteMonths.Table)
                await DropMonthsAsync(db, table, receipt, held, ct);
            await DeleteAsync(db, table, receipt, held, ct);
        }

        if (receipt.Rows > 0)
            await EndAsync(receipt.Id, ct);
    }

    /// <summary>Months of which a hold keeps nothing go whole; what is as old in other months is deleted.</summary>
    private static async Task DropMonthsAsync(PortalDbContext db, PurgeTable table, PurgeReceipt receipt, Guid[] held, CancellationToken ct)
    {
        try
        {
            foreach (var month in await MinuteMonths.GoingAsync(db, table, receipt.Before, held, ct))
                await RemoveAsync(db, table, receipt, connection => MinuteMonths.DropAsync(connection, month, Patience, ct), ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody reads for longer than those who count should wait behind us. The rows go one by one then, and the table in the next purge.
        }
    }

    private static Task DeleteAsync(PortalDbContext db, PurgeTable table, PurgeReceipt receipt, Guid[] held, CancellationToken ct) =>
        RemoveAsync(db, table, receipt, async connection =>
        {
            await using var delete = new NpgsqlCommand(table.Delete, connection) { CommandTimeout = Patience };
            delete.Parameters.Add(new() { Value = receipt.Before });
            delete.Parameters.Add(new() { Value = held, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            return await delete.ExecuteNonQueryAsync(ct);
        }, ct);

    /// <summary>What went and the receipt for it are one transaction, so a purge that is interrupted has a receipt for what it removed.</summary>
    private static async Task RemoveAsync(PortalDbContext db, PurgeTable table, PurgeReceipt receipt, Func<NpgsqlConnection, Task<long>> remove, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await remove((NpgsqlConnection)db.Database.GetDbConnection()) is var rows and > 0)
            receipt.Add(table.Name, rows);
        if (receipt.Rows > 0 && db.Entry(receipt).State == EntityState.Detached)
            db.PurgeReceipts.Add(receipt);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private Task<Outcome<Done>> EndAsync(Guid id, CancellationToken ct) =>
        work.ChangeAsync<PurgeOldData, Done>(this, Actor.System("retention"), Permission.Administer, async change =>
        {
            var receipt = await change.Db.PurgeReceipts.SingleAsync(r => r.Id == id, ct);
            receipt.End(change.Now);
            change.Audit("retention.purged", "purge", receipt.Id, RetentionClasses.NameOf(receipt.Kind), new { receipt.Days, receipt.Before, receipt.Holds, receipt.Tables });
            change.Publish("retention");
            return Done.Value;
        }, ct);
}
