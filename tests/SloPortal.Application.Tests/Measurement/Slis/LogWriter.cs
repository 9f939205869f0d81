using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Slis;

/// <summary>Stores what a <see cref="SeriesTable"/> makes of samples, one group at a time, as the measuring path does.</summary>
internal sealed class LogWriter(NpgsqlDataSource database)
{
    private readonly SeriesTable _table = new(new SeriesLimits(), new LabelLimits());
    private readonly IngestGroup _group = new();

    public void UseSlis(params ReadSli[] slis) => _table.UseSlis(new SliSet(slis));

    public async Task WriteAsync(int sourceId, DateTimeOffset at, CancellationToken ct, params (LabelSet Labels, long Time, double Value)[] samples)
    {
        foreach (var (labels, time, value) in samples)
            _table.Fold(sourceId, labels, [new RawSample(time, value)], SampleRules.At(at, TimeSpan.FromDays(1)), _group);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var seq = await ScalarAsync<long>(connection, "UPDATE ingest_head SET seq = seq + 1 RETURNING seq", ct);
        foreach (var series in _group.NewSeries)
        {
            await ScalarAsync<object>(connection, "INSERT INTO series (id, source_id, identity, metric, labels, first_seen, seq) VALUES ($1, $2, $3, $4, $5, $6, $7)", ct,
                series.SeriesId, series.SourceId, series.Identity(series.Labels.ToJson()), series.Labels.MetricName,
                new NpgsqlParameter { Value = series.Labels.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb }, at, seq);
        }
        await ScalarAsync<object>(connection, "INSERT INTO ingest_log (seq, recorded_at, samples, payload) VALUES ($1, $2, $3, $4)", ct, seq, at, _group.Log.SampleCount, _group.Log.Row());
        var minutes = _group.Minutes.InOrder();
        await ScalarAsync<object>(connection, "SELECT apply_sli_increments($1, $2, $3, $4)", ct,
            minutes.Select(m => m.SliId).ToArray(),
            new NpgsqlParameter { Value = minutes.Select(m => UnixMinute.Start(m.Minute)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            minutes.Select(m => m.Good).ToArray(), minutes.Select(m => m.Total).ToArray());
        await transaction.CommitAsync(ct);
        _group.Clear();
    }

    private static async Task<T?> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter });
        return (T?)await command.ExecuteScalarAsync(ct);
    }
}
