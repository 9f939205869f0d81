using Npgsql;
using SloPortal.Application.Measurement.Suggestions;

namespace SloPortal.Application.Tests.Measurement.Slis;

public sealed class SuggestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_HundredThousandSeries_AreReadFromAnIndexAndComplete()
    {
        await using var portal = await MeasuringPortal.OpenAsync(Ct);
        await using (var fill = portal.Database.CreateCommand(
            """
            INSERT INTO series (id, source_id, identity, metric, labels, first_seen, seq)
            SELECT i, $1, decode(md5(i::text), 'hex'), 'metric_' || i % 500, jsonb_build_object('__name__', 'metric_' || i % 500, 'pod', 'pod-' || i % 200, 'code', '200'), now(), 1
            FROM generate_series(1, 100000) i
            """))
        {
            fill.Parameters.Add(new NpgsqlParameter { Value = portal.SourceId });
            await fill.ExecuteNonQueryAsync(Ct);
        }
        await using (var analyze = portal.Database.CreateCommand("ANALYZE series"))
            await analyze.ExecuteNonQueryAsync(Ct);

        var metrics = (await portal.Get<SuggestMetrics.Handler>().HandleAsync(new SuggestMetrics(portal.SourceId, "metric_49"), portal.Owner, Ct)).Require();
        var labels = (await portal.Get<SuggestLabels.Handler>().HandleAsync(new SuggestLabels(portal.SourceId, "metric_1"), portal.Owner, Ct)).Require();
        var values = (await portal.Get<SuggestLabelValues.Handler>().HandleAsync(new SuggestLabelValues(portal.SourceId, "metric_1", "pod", "POD-10"), portal.Owner, Ct)).Require();

        Assert.Equal(11, metrics.Count);
        Assert.Equal(["code", "pod"], labels);
        Assert.All(values, v => Assert.StartsWith("pod-10", v, StringComparison.Ordinal));
        Assert.DoesNotContain("Seq Scan on series", await ExplainAsync(portal, SeriesNames.Metrics, portal.SourceId, "m", 50), StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on series", await ExplainAsync(portal, SeriesNames.Labels, portal.SourceId, "metric_1"), StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on series", await ExplainAsync(portal, SeriesNames.Values, portal.SourceId, "metric_1", "pod", "", 50), StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync(MeasuringPortal portal, string sql, params object[] parameters)
    {
        await using var command = portal.Database.CreateCommand("EXPLAIN " + sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
