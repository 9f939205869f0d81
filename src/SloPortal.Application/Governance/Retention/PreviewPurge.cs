using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>What would go from one table.</summary>
/// <param name="Going">Rows.</param>
/// <param name="Held">Rows as old that a legal hold keeps.</param>
/// <param name="Oldest">The oldest that would go; null when none would.</param>
public sealed record PurgePreviewRow(string Table, long Going, long Held, DateTimeOffset? Oldest);

/// <summary>What would go.</summary>
/// <param name="Before">What is older.</param>
/// <param name="Problem">Why a rule of so many days would be refused, a sentence; null when it would not.</param>
public sealed record PurgePreview(DateTimeOffset Before, IReadOnlyList<PurgePreviewRow> Tables, string? Problem)
{
    public long Going => Tables.Sum(t => t.Going);

    public long Held => Tables.Sum(t => t.Held);
}

/// <summary>Counts what a rule of so many days would remove now. Nothing is changed.</summary>
public sealed record PreviewPurge(RetentionClass Kind, int Days)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<PurgePreview>> HandleAsync(PreviewPurge request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.ReadAudit))
                return Denial.Of(actor, Permission.ReadAudit);
            if (!request.Kind.IsRemovable())
                return Refusal.Invalid(nameof(Kind), RetentionClasses.NoRule);
            if (request.Days is < 1 or > RetentionClasses.LongestDays)
                return Refusal.Invalid(nameof(Days), "Give a whole number of days, from 1 to 36,500.");
            var now = clock.GetUtcNowInMicroseconds();
            var before = PurgeTable.Before(now, request.Days);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var (_, held) = await HeldServices.ReadAsync(db, ct);
            await db.Database.OpenConnectionAsync(ct);
            var rows = new List<PurgePreviewRow>();
            foreach (var table in PurgeTable.All.Where(t => t.Kind == request.Kind))
                rows.Add(await CountAsync((NpgsqlConnection)db.Database.GetDbConnection(), table, before, held, ct));
            var floors = await RetentionFloors.ReadAsync(db, now, ct);
            return new PurgePreview(before, rows, RetentionFloors.Problem(floors[request.Kind], request.Days));
        }

        private static async Task<PurgePreviewRow> CountAsync(NpgsqlConnection connection, PurgeTable table, DateTimeOffset before, Guid[] held, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(table.Count, connection)
            {
                CommandTimeout = 120,
                Parameters = { new() { Value = before }, new() { Value = held, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            return new PurgePreviewRow(table.Name, reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2));
        }
    }
}
