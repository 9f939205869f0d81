using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Application.Measurement.Files.Watching;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>
/// Counts the rows of one file, a piece at a time, so that samples that arrive meanwhile wait for a piece at most. How far it came commits with
/// each piece: a run that was interrupted goes on behind it, on any portal.
/// </summary>
public sealed class FileRunner(
    IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, IngestWriter writer, IngestSettings settings, IOptions<WatchSettings> watched, UnitOfWork work, TimeProvider clock)
{
    /// <summary>Rows of one transaction; a tenth of a second here.</summary>
    private const int RowsOfPiece = 2000;

    private const long MostRows = 5_000_000;

    /// <summary>Counts what is left of the run. Does nothing where another portal is at it.</summary>
    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        if (!await LockAsync(connection, id, ct))
            return;
        try
        {
            FileRun run;
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                await db.FileRuns.Where(r => r.Id == id && r.State == FileRunState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, FileRunState.Running), ct);
                run = await db.FileRuns.AsNoTracking().SingleAsync(r => r.Id == id, ct);
            }
            if (run.State != FileRunState.Running)
                return;
            var (isOver, problem) = await TryCountAsync(run, ct);
            if (isOver)
                await EndAsync(id, problem, ct);
        }
        finally
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = LockName(id) } } };
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<(bool IsOver, string? Problem)> TryCountAsync(FileRun run, CancellationToken ct)
    {
        try
        {
            return await CountAsync(run, ct);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return (true, $"The file cannot be read: {e.Message}");
        }
    }

    /// <summary>Not over when the portal stops or cannot store just now; then it goes on later.</summary>
    private async Task<(bool IsOver, string? Problem)> CountAsync(FileRun run, CancellationToken ct)
    {
        var mapping = run.Mapping!;
        using var rows = await FileText.OpenRowsAsync(await OpenAsync(run, ct), mapping, ct);
        if (!RowReader.TryCreate(mapping, rows.Columns, clock.GetUtcNowInMicroseconds(), settings.OldestSample, out var reader, out var problems))
            return (true, string.Join(" ", problems.Values.SelectMany(p => p)));
        var names = new RowKey();
        var piece = new Piece();
        long read = 0;
        while (await rows.NextAsync(ct) is { } row)
        {
            // Also what is done already is named, since equal rows are numbered from the beginning of the file.
            var key = row.Fields is { } fields ? names.Next(fields) : default;
            if (++read <= run.RowsRead)
                continue;
            if (read > MostRows)
                return (true, $"The file has more than {MostRows:N0} rows; those behind are not counted. Bring it in several parts.");
            piece.Add(row, key, mapping, reader);
            if (piece.Rows == RowsOfPiece && !await StoreAsync(run, piece, read, ct))
                return (false, null);
        }
        return piece.Rows > 0 && !await StoreAsync(run, piece, read, ct) ? (false, null) : (true, null);
    }

    private async Task<Stream> OpenAsync(FileRun run, CancellationToken ct)
    {
        if (run.Path is null)
            return new PartsStream(contexts, run.Id);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = await db.FileFeeds.Where(f => f.SourceId == run.SourceId).Select(f => f.Folder).SingleAsync(ct);
        return WatchedFolder.TryOpen(watched.Value.WatchedRoot, name ?? "", out var folder, out var problem) ? new HeadStream(folder.Open(run.Path), run.Size) : throw new InvalidDataException(problem);
    }

    private async Task<bool> StoreAsync(FileRun run, Piece piece, long read, CancellationToken ct)
    {
        while (true)
        {
            // Waited for also when the portal stops: who goes on must find what this piece has stored.
            var answer = await writer.WriteAsync(new CountedRows(run.SourceId!.Value, run.SliId, [.. piece.Counted], [.. piece.Untaken], new RunStep(run.Id, read, piece.PassedOver)));
            if (answer == IngestAnswer.Busy)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, ct);
                continue;
            }
            piece.Clear();
            return answer == IngestAnswer.Stored;
        }
    }

    private Task<Outcome<Done>> EndAsync(Guid id, string? problem, CancellationToken ct) =>
        work.ChangeAsync<Guid, Done>(id, Actor.System("files"), Permission.SendSamples, async change =>
        {
            var run = await change.Db.FileRuns.SingleAsync(r => r.Id == id, ct);
            run.End(problem is null ? null : SafeText.Of(problem, 1000), change.Now);
            await change.Db.FileRunParts.Where(p => p.RunId == id).ExecuteDeleteAsync(ct);
            change.Audit("file-run.ended", "file", id, run.Name, new { run.RowsRead, run.Kept, run.Duplicates, run.Refused, run.PassedOver, run.Good, run.Total, run.Problem });
            change.Publish("sources");
            return Done.Value;
        }, ct);

    private static string LockName(Guid id) => $"file-run/{id}";

    private static async Task<bool> LockAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = LockName(id) } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>What one transaction takes.</summary>
    private sealed class Piece
    {
        public List<CountedRow> Counted { get; } = [];
        public List<UntakenRow> Untaken { get; } = [];
        public long PassedOver { get; private set; }
        public int Rows { get; private set; }

        public void Add(in RawRow row, Guid key, RowMapping mapping, RowReader reader)
        {
            Rows++;
            var verdict = row.Fields is { } fields ? reader.Read(fields) : RowVerdict.Refused(row.Problem ?? "The row has no values.");
            if (verdict.Counts is { } counts)
                Counted.Add(new CountedRow(key, counts));
            else if (row.Others && mapping.PassOverOthers)
                PassedOver++;
            else
                Untaken.Add(new UntakenRow(row.Line, SafeText.Of(verdict.Problem!, SafeText.RowLength), SafeText.Of(row.Text, SafeText.RowLength), verdict.Refusal));
        }

        public void Clear()
        {
            Counted.Clear();
            Untaken.Clear();
            (PassedOver, Rows) = (0, 0);
        }
    }
}
