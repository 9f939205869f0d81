using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Data;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>
/// The series table, and the row of the log up to which it has read. It is rebuilt from the newest checkpoint and the log since, and
/// follows what other portals write.
/// </summary>
internal sealed class LogFollower
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;

    private LogFollower(IngestSettings settings, IDbContextFactory<PortalDbContext> contexts)
    {
        _contexts = contexts;
        Table = new SeriesTable(settings.Series, settings.Labels);
    }

    public SeriesTable Table { get; }

    /// <summary>The newest row of the log that the table contains.</summary>
    public long Seq { get; private set; }

    /// <summary>The version of the SLIs that the table matches against, and of the budgets that it holds.</summary>
    public long SlisVersion { get; private set; } = -1;

    /// <summary>The budgets of the sources, of the same version.</summary>
    public IReadOnlyList<SourceBudget> Budgets { get; private set; } = [];

    /// <summary>The checkpoint from which the table was built, or the one that it wrote since.</summary>
    public long CheckpointSeq { get; set; }

    /// <summary>Reads the whole state of one moment, without keeping anybody from writing.</summary>
    public static async Task<LogFollower> RestoreAsync(
        NpgsqlConnection connection, IngestSettings settings, IDbContextFactory<PortalDbContext> contexts, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var follower = new LogFollower(settings, contexts);
        var head = await IngestHead.ReadAsync(connection, ct);
        await follower.UseSlisAsync(head.SlisVersion, ct);
        await follower.RegisterSeriesAsync(connection, -1, ct);
        await follower.RestoreCheckpointAsync(connection, head.CheckpointSeq, ct);
        if (!await follower.ReplayAsync(connection, head.Seq, ct))
        {
            throw new InvalidDataException(
                $"The ingest log lacks rows between {head.CheckpointSeq} and {head.Seq}. Restore the database from a backup that is whole.");
        }

        follower.Table.NextSeriesId = Math.Max(follower.Table.NextSeriesId, head.NextSeriesId);
        await transaction.CommitAsync(ct);
        return follower;
    }

    /// <summary>Reads what others wrote up to the head. False when the log does not reach back so far any more.</summary>
    public async Task<bool> CatchUpAsync(NpgsqlConnection connection, IngestHead head, CancellationToken ct)
    {
        if (head.Seq > Seq)
        {
            await RegisterSeriesAsync(connection, Seq, ct);
            await RegisterSegmentsAsync(connection, Seq, ct);
            if (!await ReplayAsync(connection, head.Seq, ct))
            {
                return false;
            }
        }

        Table.NextSeriesId = Math.Max(Table.NextSeriesId, head.NextSeriesId);
        if (head.SlisVersion != SlisVersion)
        {
            await UseSlisAsync(head.SlisVersion, ct);
        }

        return true;
    }

    /// <summary>The row that was just committed is in the table already.</summary>
    public void Advance(long seq) => Seq = seq;

    private async Task UseSlisAsync(long version, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var slis = await db.Slis.AsNoTracking().Where(s => s.ArchivedAt == null).Select(s => new { s.Id, s.SourceId, s.Definition }).ToListAsync(ct);
        var splits = await SplitReader.ReadAsync(db, ct);
        Table.UseSlis(new SliSet(slis.Select(s => new ReadSli(s.Id, s.SourceId, s.Definition, splits.GetValueOrDefault(s.Id)))));
        Budgets = await db.SourceBudgets.AsNoTracking().ToListAsync(ct);
        Table.UseBudgets(Budgets.Where(b => b.MaxSeries is not null).ToDictionary(b => b.SourceId, b => b.MaxSeries!.Value));
        SlisVersion = version;
    }

    private async Task RegisterSeriesAsync(NpgsqlConnection connection, long after, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT id, source_id, labels FROM series WHERE seq > $1 ORDER BY id", connection)
        {
            Parameters = { new() { Value = after, NpgsqlDbType = NpgsqlDbType.Bigint } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Table.Register(reader.GetInt32(0), reader.GetInt32(1), LabelSet.FromJson(reader.GetString(2)));
        }
    }

    private async Task RegisterSegmentsAsync(NpgsqlConnection connection, long after, CancellationToken ct)
    {
        if (!Table.HasSplits)
        {
            return;
        }

        await using var command = new NpgsqlCommand("SELECT id, split_id, label_values, is_other FROM sli_segments WHERE seq > $1 ORDER BY id", connection)
        {
            Parameters = { new() { Value = after, NpgsqlDbType = NpgsqlDbType.Bigint } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Table.Register(reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(3));
        }
    }

    private async Task RestoreCheckpointAsync(NpgsqlConnection connection, long seq, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT payload FROM ingest_checkpoints WHERE seq = $1 ORDER BY chunk", connection)
        {
            Parameters = { new() { Value = seq } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Table.Restore(reader.GetFieldValue<byte[]>(0));
        }

        Seq = CheckpointSeq = seq;
    }

    private async Task<bool> ReplayAsync(NpgsqlConnection connection, long upTo, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT seq, payload FROM ingest_log WHERE seq > $1 AND seq <= $2 ORDER BY seq", connection)
        {
            Parameters = { new() { Value = Seq }, new() { Value = upTo } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetInt64(0) != Seq + 1)
            {
                return false;
            }

            Table.Replay(reader.GetFieldValue<byte[]>(1));
            Seq++;
        }

        return Seq == upTo;
    }
}
