using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake;

/// <summary>Reads and writes the episodes and the ledger of a batch in a few statements, however large the batch is.</summary>
internal static class SignalStore
{
    internal const string Topic = "signals";

    private const string InsertSignals =
        """
        INSERT INTO signals (id, source_id, origin, service_id, team_id, dedup_key, state, severity, title, description, labels, link,
            started_at, ended_at, first_received_at, last_received_at, times_received, expires_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """;

    private const string UpdateSignals =
        """
        UPDATE signals s SET state = n.state, severity = n.severity, title = n.title, description = n.description, labels = n.labels, link = n.link,
            ended_at = n.ended_at, last_received_at = n.last_received_at, times_received = n.times_received, expires_at = n.expires_at,
            silence_id = CASE WHEN n.state <> 'Resolved' THEN s.silence_id END, held_as = CASE WHEN n.state <> 'Resolved' THEN s.held_as END,
            held_since = CASE WHEN n.state <> 'Resolved' THEN s.held_since END, held_until = CASE WHEN n.state <> 'Resolved' THEN s.held_until END,
            held_under = CASE WHEN n.state <> 'Resolved' THEN s.held_under END
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            AS n (id, state, severity, title, description, labels, link, ended_at, last_received_at, times_received, expires_at)
        WHERE s.id = n.id
        """;

    // In the order of the batch, so that the numbers of the ledger follow it.
    private const string InsertEvents =
        """
        INSERT INTO signal_events (signal_id, kind, received_at, note, decided_at, outcome, reason, severity, labels)
        SELECT n.signal_id, n.kind, n.received_at, n.note, n.decided_at, n.outcome, n.reason, n.severity, n.labels
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY AS n (signal_id, kind, received_at, note, decided_at, outcome, reason, severity, labels, place) ORDER BY n.place
        """;

    /// <summary>From whom a batch comes, and whom it concerns when no label says.</summary>
    internal sealed record Origin(Guid? Source, SignalOrigin Kind, Guid Team, Guid? Service, string ServiceLabel);

    /// <summary>Until the transaction ends, nobody else takes anything from the source: what is read here stays true until it is written.</summary>
    public static Task LockAsync(PortalDbContext db, Guid? source, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"signals/" + source}, 0))", ct);

    /// <summary>The book of a batch, with what is known of its keys.</summary>
    public static async Task<EpisodeBook> OpenAsync(PortalDbContext db, Origin origin, IReadOnlyCollection<SignalReading> readings, DateTimeOffset now, CancellationToken ct)
    {
        string[] keys = [.. readings.Select(r => r.DedupKey).Distinct(StringComparer.Ordinal)];
        var open = await db.Signals.AsNoTracking().Where(s => s.SourceId == origin.Source && keys.Contains(s.DedupKey) && s.State != SignalState.Resolved).ToListAsync(ct);
        string[] others = [.. keys.Except(open.Select(s => s.DedupKey))];
        var past = others.Length == 0 ? [] : await PastAsync(db, origin.Source, others, ct);
        var services = await ServicesAsync(db, origin, readings, ct);
        EpisodeBook book = null!;
        book = new EpisodeBook(
            open.ToDictionary(s => s.DedupKey, StringComparer.Ordinal),
            past.ToDictionary(p => p.DedupKey, p => new PastEpisode(p.Id, p.StartedAt, p.EndedAt), StringComparer.Ordinal), Begin, now);
        return book;

        Signal Begin(SignalReading reading)
        {
            var about = NameOfService(reading, origin) is { } name && services.TryGetValue(name, out var named) ? named : null;
            return new Signal(Guid.CreateVersion7(book.Now), origin.Source, origin.Kind, about?.Id ?? origin.Service, about?.OwnerTeamId ?? origin.Team, reading, book.Now);
        }
    }

    public static async Task WriteAsync(PortalDbContext db, EpisodeBook book, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        // First, since an episode may begin in the place of one that ends. Always in one order, so that two that write the same rows wait for each other instead of both for ever.
        Signal[] changed = [.. book.Changed.OrderBy(s => s.Id)];
        if (changed.Length > 0)
            await RunAsync(connection, UpdateSignals, [Column(changed, s => s.Id), Column(changed, s => s.State.ToString()), Column(changed, s => s.Severity.ToString()),
                Column(changed, s => s.Title), Text(changed, s => s.Description), Labels(changed, s => s.Labels), Text(changed, s => s.Link), Nullable(changed, s => s.EndedAt),
                Column(changed, s => s.LastReceivedAt), Column(changed, s => s.TimesReceived), Nullable(changed, s => s.ExpiresAt)], ct);
        if (book.Opened.Count > 0)
            await RunAsync(connection, InsertSignals, [Column(book.Opened, s => s.Id), Nullable(book.Opened, s => s.SourceId), Column(book.Opened, s => s.Origin.ToString()),
                Nullable(book.Opened, s => s.ServiceId), Column(book.Opened, s => s.TeamId), Column(book.Opened, s => s.DedupKey), Column(book.Opened, s => s.State.ToString()),
                Column(book.Opened, s => s.Severity.ToString()), Column(book.Opened, s => s.Title), Text(book.Opened, s => s.Description), Labels(book.Opened, s => s.Labels), Text(book.Opened, s => s.Link),
                Column(book.Opened, s => s.StartedAt), Nullable(book.Opened, s => s.EndedAt), Column(book.Opened, s => s.FirstReceivedAt), Column(book.Opened, s => s.LastReceivedAt),
                Column(book.Opened, s => s.TimesReceived), Nullable(book.Opened, s => s.ExpiresAt)], ct);
        if (book.Events.Count > 0)
            await RunAsync(connection, InsertEvents, [Column(book.Events, e => e.SignalId), Column(book.Events, e => e.Kind.ToString()), Column(book.Events, e => e.ReceivedAt),
                Text(book.Events, e => e.Note), Nullable(book.Events, e => e.DecidedAt), Text(book.Events, e => e.Outcome?.ToString()), Text(book.Events, e => e.Reason),
                Text(book.Events, e => e.Severity?.ToString()), Labels(book.Events, e => e.Labels)], ct);
    }

    private static Task<List<PastRow>> PastAsync(PortalDbContext db, Guid? source, string[] keys, CancellationToken ct) => source is { } id
        ? db.Database.SqlQuery<PastRow>(
            $"""
            SELECT s.id, k AS dedup_key, s.started_at, s.ended_at FROM unnest({keys}) AS k, LATERAL (
                SELECT id, started_at, ended_at FROM signals WHERE source_id = {id} AND dedup_key = k AND state = 'Resolved' ORDER BY ended_at DESC LIMIT 1) AS s
            """).ToListAsync(ct)
        : db.Database.SqlQuery<PastRow>(
            $"""
            SELECT s.id, k AS dedup_key, s.started_at, s.ended_at FROM unnest({keys}) AS k, LATERAL (
                SELECT id, started_at, ended_at FROM signals WHERE source_id IS NULL AND dedup_key = k AND state = 'Resolved' ORDER BY ended_at DESC LIMIT 1) AS s
            """).ToListAsync(ct);

    private static async Task<Dictionary<string, NamedService>> ServicesAsync(PortalDbContext db, Origin origin, IEnumerable<SignalReading> readings, CancellationToken ct)
    {
        string[] names = [.. readings.Select(r => NameOfService(r, origin)).OfType<string>().Distinct(StringComparer.Ordinal)];
        return names.Length == 0 ? [] : await db.Services.AsNoTracking().Where(s => names.Contains(s.Slug) && s.ArchivedAt == null)
            .Select(s => new NamedService(s.Id, s.Slug, s.OwnerTeamId)).ToDictionaryAsync(s => s.Slug, ct);
    }

    private static string? NameOfService(SignalReading reading, Origin origin) =>
        (reading.Labels.TryGetValue(origin.ServiceLabel, out var named) || reading.Labels.TryGetValue("slo_service", out named)) && !string.IsNullOrWhiteSpace(named) ? named.Trim().ToLowerInvariant() : null;

    private static async Task RunAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] columns, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(columns);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter<T[]> Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value) => new() { TypedValue = [.. rows.Select(value)] };

    private static NpgsqlParameter<T?[]> Nullable<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T?> value) where T : struct => new() { TypedValue = [.. rows.Select(value)] };

    private static NpgsqlParameter Text<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string?> value) =>
        new() { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Labels<TRow>(IReadOnlyList<TRow> rows, Func<TRow, Dictionary<string, string>?> value) =>
        new() { Value = rows.Select(r => value(r) is { } labels ? JsonSerializer.Serialize(labels) : null).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };

    private sealed record PastRow(Guid Id, string DedupKey, DateTimeOffset StartedAt, DateTimeOffset EndedAt);

    private sealed record NamedService(Guid Id, string Slug, Guid OwnerTeamId);
}
