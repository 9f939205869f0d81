using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>Writes what a group changes, and commits it, in one round trip. The transaction must hold the head.</summary>
internal sealed class GroupStore(NpgsqlConnection connection)
{
    private const string MoveHead = "UPDATE ingest_head SET seq = $1, next_series_id = $2";

    private const string AddSeries =
        """
        INSERT INTO series (id, source_id, identity, metric, labels, first_seen, seq)
        SELECT s.id, s.source_id, s.identity, s.metric, s.labels::jsonb, $6, $7
        FROM unnest($1, $2, $3, $4, $5) AS s (id, source_id, identity, metric, labels)
        """;

    private const string AddSegment =
        "INSERT INTO sli_segments (id, split_id, sli_id, label_values, is_other, made_at, seq) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private const string RemoveSeries = "DELETE FROM series WHERE id = ANY($1)";

    private const string AddLog = "INSERT INTO ingest_log (seq, recorded_at, samples, payload) VALUES ($1, $2, $3, $4)";

    private const string AddIncreases = "SELECT apply_sli_increments($1, $2, $3, $4)";

    private const string AddCounts =
        """
        INSERT INTO source_counts AS c (source_id, hour, outcome, samples, example, last_at)
        SELECT t.source_id, date_trunc('hour', $5, 'UTC'), t.outcome, t.samples, t.example, $5
        FROM unnest($1, $2, $3, $4) AS t (source_id, outcome, samples, example)
        ON CONFLICT (source_id, hour, outcome) DO UPDATE
        SET samples = c.samples + excluded.samples, example = coalesce(excluded.example, c.example), last_at = excluded.last_at
        """;

    private const string FirstArrivals =
        "SELECT pg_notify('portal_events', 'first-sample') FROM sources WHERE id = ANY($1) AND last_arrival_at IS NULL LIMIT 1";

    private const string Arrivals = "UPDATE sources SET last_arrival_at = $2 WHERE id = ANY($1)";

    private const string AddReceipts =
        """
        INSERT INTO push_receipts (source_id, key, request_hash, response, recorded_at)
        SELECT r.source_id, r.key, r.hash, r.response, $5 FROM unnest($1, $2, $3, $4) AS r (source_id, key, hash, response)
        """;

    private const string AddKeys = "INSERT INTO row_keys (source_id, key, minute) SELECT $1, r.key, r.minute FROM unnest($2, $3) AS r (key, minute)";

    private const string AddRefusedRows =
        """
        INSERT INTO refused_rows (run_id, line, reason, text)
        SELECT run.id, r.line, r.reason, r.text FROM file_runs run, unnest($2, $3, $4) AS r (line, reason, text)
        WHERE run.id = $1 AND run.refused < 10000 ON CONFLICT DO NOTHING
        """;

    private const string MoveRun =
        """
        UPDATE file_runs SET rows_read = $2, kept = kept + $3, duplicates = duplicates + $4, refused = refused + $5, passed_over = passed_over + $6, good = good + $7, total = total + $8
        WHERE id = $1
        """;

    private const string MoveQuery = "UPDATE sql_feeds SET since = $2 WHERE source_id = $1";

    private const string AddResults =
        """
        INSERT INTO probe_results (source_id, key, location, at, received_at, outcome, reason, status, dns_ms, connect_ms, tls_ms, first_byte_ms, total_ms, certificate_ends, address)
        SELECT $1, r.* FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS r ON CONFLICT DO NOTHING
        """;

    private const string NoteNotMeasured = "UPDATE sources SET last_error_at = $2, last_error = $3 WHERE id = $1";

    private const string Notify = "SELECT pg_notify('portal_events', 'samples')";

    /// <summary>A push of days comes as several statements, since one looks at all its minutes for each of them.</summary>
    private const int MinutesPerStatement = 1000;

    /// <summary>Seconds. What is slow is a busy database, and giving up would only have the same sent again.</summary>
    private const int Patience = 120;

    /// <summary>Stores and commits. When it throws, whether it was committed is unknown.</summary>
    public async Task CommitAsync(PendingGroup pending, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = Patience };
        Fill(batch, pending);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.PrepareAsync(ct);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static void Fill(NpgsqlBatch batch, PendingGroup pending)
    {
        var group = pending.Group;
        if (!group.Log.IsEmpty)
        {
            Add(batch, MoveHead, Of(pending.Seq), Of(pending.NextSeriesId));
            Add(batch, AddLog, Of(pending.Seq), Of(pending.Now), Of(group.Log.SampleCount), Of(group.Log.Row()));
        }

        if (group.EvictedSeries.Count > 0)
        {
            Add(batch, RemoveSeries, Of(group.EvictedSeries.ToArray()));
        }

        if (group.NewSeries.Count > 0)
        {
            var series = group.NewSeries;
            var labels = series.Select(s => s.Labels.ToJson()).ToArray();
            Add(batch, AddSeries,
                Of(series.Select(s => s.SeriesId).ToArray()), Of(series.Select(s => s.SourceId).ToArray()),
                Of(series.Zip(labels, (s, json) => s.Identity(json)).ToArray()), Of(series.Select(s => s.Labels.MetricName).ToArray()), Of(labels), Of(pending.Now), Of(pending.Seq));
        }

        // One statement each, since an array of arrays is no type of PostgreSQL; there are few, and each is made once.
        foreach (var segment in group.NewSegments)
        {
            Add(batch, AddSegment, Of(segment.Id), Of(segment.SplitId), Of(segment.SliId), Of<string?[]>([.. segment.Values]), Of(segment.IsOther), Of(pending.Now), Of(pending.Seq));
        }

        if (group.Minutes.Count > 0)
        {
            foreach (var minutes in group.Minutes.InOrder().Chunk(MinutesPerStatement))
            {
                Add(batch, AddIncreases,
                    Of(Array.ConvertAll(minutes, m => m.SliId)), Of(Array.ConvertAll(minutes, m => UnixMinute.Start(m.Minute))),
                    Of(Array.ConvertAll(minutes, m => m.Good)), Of(Array.ConvertAll(minutes, m => m.Total)));
            }
        }

        if (pending.NewReceipts.Count > 0)
        {
            var receipts = pending.NewReceipts;
            Add(batch, AddReceipts,
                Of(receipts.Select(r => r.SourceId).ToArray()), Of(receipts.Select(r => r.Key).ToArray()),
                Of(receipts.Select(r => r.RequestHash).ToArray()), Of(receipts.Select(r => r.Response).ToArray()), Of(pending.Now));
        }

        foreach (var piece in pending.Pieces)
        {
            AddPiece(batch, piece);
        }

        AddTallies(batch, pending);
        if (pending.Arrived.Count > 0)
        {
            var sources = pending.Arrived.ToArray();
            Add(batch, FirstArrivals, Of(sources));
            Add(batch, Arrivals, Of(sources), Of(pending.Now));
        }

        if (pending.Notify)
        {
            Add(batch, Notify);
        }
    }

    private static void AddPiece(NpgsqlBatch batch, CountedRows piece)
    {
        var rows = piece.New.ToArray();
        if (rows.Length > 0)
        {
            Add(batch, AddKeys, Of(piece.SourceId), Of(Array.ConvertAll(rows, r => r.Key)), Of(Array.ConvertAll(rows, r => r.Counts.Start)));
        }

        if (piece.Step is { } step)
        {
            if (piece.Untaken.Count > 0)
            {
                Add(batch, AddRefusedRows, Of(step.RunId), Of(piece.Untaken.Select(r => r.Line).ToArray()),
                    Of<string?[]>([.. piece.Untaken.Select(r => r.Reason)]), Of<string?[]>([.. piece.Untaken.Select(r => r.Text)]));
            }

            Add(batch, MoveRun, Of(step.RunId), Of(step.RowsRead), Of((long)piece.Kept), Of((long)piece.Duplicates), Of((long)piece.Untaken.Count), Of(step.PassedOver), Of(piece.Good), Of(piece.Total));
        }

        if (piece.Since is { } since)
        {
            Add(batch, MoveQuery, Of(piece.SourceId), Of(since));
        }

        if (piece.Results.Count > 0)
        {
            AddRuns(batch, piece);
        }
    }

    private static void AddRuns(NpgsqlBatch batch, CountedRows piece)
    {
        var runs = piece.Results;
        Add(batch, AddResults,
            Of(piece.SourceId), Of(runs.Select(r => r.Key).ToArray()), Of<string?[]>([.. runs.Select(r => r.Location)]),
            Of(runs.Select(r => r.At).ToArray()), Of(runs.Select(r => r.ReceivedAt).ToArray()), Of<string?[]>([.. runs.Select(r => r.Outcome.ToString())]),
            Of<string?[]>([.. runs.Select(r => r.Reason)]), Of(runs.Select(r => r.Status).ToArray()), Of(runs.Select(r => r.DnsMs).ToArray()),
            Of(runs.Select(r => r.ConnectMs).ToArray()), Of(runs.Select(r => r.TlsMs).ToArray()), Of(runs.Select(r => r.FirstByteMs).ToArray()),
            Of(runs.Select(r => r.TotalMs).ToArray()), Of(runs.Select(r => r.CertificateEnds).ToArray()), Of(runs.Select(r => r.Address).ToArray()));
        if (runs[^1] is { Outcome: ProbeOutcome.NotMeasured } last)
        {
            Add(batch, NoteNotMeasured, Of(piece.SourceId), Of(last.ReceivedAt), Of(last.Reason));
        }
    }

    private static void AddTallies(NpgsqlBatch batch, PendingGroup pending)
    {
        var rows = pending.Group.Tallies.OrderBy(t => t.Key).SelectMany(t => t.Value.Outcomes().Select(o => (Source: t.Key, o.Outcome, o.Count, o.Example))).ToArray();
        if (rows.Length > 0)
        {
            Add(batch, AddCounts,
                Of(Array.ConvertAll(rows, r => r.Source)), Of(Array.ConvertAll(rows, r => r.Outcome)), Of(Array.ConvertAll(rows, r => r.Count)),
                Of(Array.ConvertAll(rows, r => r.Example)), Of(pending.Now));
        }
    }

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new()
    {
        TypedValue = value,
        NpgsqlDbType = value switch
        {
            int => NpgsqlDbType.Integer,
            bool => NpgsqlDbType.Boolean,
            long => NpgsqlDbType.Bigint,
            double => NpgsqlDbType.Double,
            string => NpgsqlDbType.Text,
            Guid => NpgsqlDbType.Uuid,
            Guid[] => NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            DateTimeOffset => NpgsqlDbType.TimestampTz,
            byte[] or ReadOnlyMemory<byte> => NpgsqlDbType.Bytea,
            int[] => NpgsqlDbType.Array | NpgsqlDbType.Integer,
            long[] => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            double[] or double?[] => NpgsqlDbType.Array | NpgsqlDbType.Double,
            int?[] => NpgsqlDbType.Array | NpgsqlDbType.Integer,
            string?[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
            byte[][] => NpgsqlDbType.Array | NpgsqlDbType.Bytea,
            DateTimeOffset[] or DateTimeOffset?[] => NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            _ => throw new ArgumentException($"No parameter is made of {typeof(T).Name}.", nameof(value)),
        },
    };
}

/// <summary>A group on its way into the database.</summary>
internal sealed class PendingGroup
{
    public IngestGroup Group { get; } = new();

    /// <summary>Read once for the group.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The row of the log that it becomes.</summary>
    public long Seq { get; set; }

    public int NextSeriesId { get; set; }

    /// <summary>Pushes whose key is new.</summary>
    public IList<PushedCounts> NewReceipts { get; } = new List<PushedCounts>();

    /// <summary>Rows that count once.</summary>
    public IList<CountedRows> Pieces { get; } = new List<CountedRows>();

    /// <summary>Sources whose last arrival is to be written.</summary>
    public ISet<int> Arrived { get; } = new HashSet<int>();

    /// <summary>Whether the pages that watch samples are to be woken.</summary>
    public bool Notify { get; set; }

    public void Clear()
    {
        Group.Clear();
        NewReceipts.Clear();
        Pieces.Clear();
        Arrived.Clear();
        Notify = false;
    }
}
