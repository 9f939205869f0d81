using CsCheck;
using Npgsql;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public sealed class ApplyIncrementsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Base = 29_000_000;

    private static readonly Gen<(int Sli, int Minute, int Good, int Total)[]> Calls =
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 200], Gen.Int[-3, 50], Gen.Int[0, 60]).Array[1, 40]
            .Select(rows => rows.DistinctBy(r => (r.Item1, r.Item2)).ToArray());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="apart">Minutes between two that may be counted: beside each other, or days apart and over many months.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(4321)]
    public async Task Apply_AnyOrderOfMinutes_KeepsEverySumAndRunningSum(int apart)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await Calls.Array[1, 12].SampleAsync(async calls =>
        {
            await ExecuteAsync(source, "TRUNCATE sli_minutes, sli_hours, sli_days");
            var naive = new SortedDictionary<(int Sli, int Minute), (double Good, double Total)>();
            foreach (var call in calls.Select(c => c.Select(r => r with { Minute = r.Minute * apart }).ToArray()))
            {
                await ApplyAsync(source, call);
                foreach (var (sli, minute, good, total) in call)
                {
                    var known = naive.GetValueOrDefault((sli, minute));
                    naive[(sli, minute)] = (known.Good + good, known.Total + total);
                }
            }

            Assert.Equal(Naive(naive), await ReadAsync(source));
            Assert.Equal(0L, await ScalarAsync(source, Mismatches("hour")));
            Assert.Equal(0L, await ScalarAsync(source, Mismatches("day")));
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task Apply_BeforeTheOldestRowThatRetentionLeft_ContinuesItsSums()
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await ExecuteAsync(source, "TRUNCATE sli_minutes, sli_hours, sli_days");
        await ApplyAsync(source, [(1, 0, 5, 10), (1, 50, 1, 2)]);
        await ExecuteAsync(source, "DELETE FROM sli_minutes WHERE minute < to_timestamp(29000050 * 60)");

        await ApplyAsync(source, [(1, 20, 3, 4)]);

        Assert.Equal([(1, 20, 3, 4, 8, 14), (1, 50, 1, 2, 9, 16)], await ReadAsync(source));
    }

    private static string Mismatches(string size) =>
        $"""
        SELECT count(*) FROM (
            SELECT sli_id, date_trunc('{size}', minute, 'UTC') AS start, sum(good) AS good, sum(total) AS total, count(*) AS minutes FROM sli_minutes GROUP BY 1, 2
        ) m FULL JOIN sli_{size}s s ON s.sli_id = m.sli_id AND s.{size} = m.start
        WHERE (m.good, m.total, m.minutes) IS DISTINCT FROM (s.good, s.total, s.minutes)
        """;

    private static (int, int, double, double, double, double)[] Naive(SortedDictionary<(int Sli, int Minute), (double Good, double Total)> counts) =>
        [.. counts.GroupBy(c => c.Key.Sli).SelectMany(g =>
        {
            var (good, total) = (0.0, 0.0);
            return g.Select(c => (c.Key.Sli, c.Key.Minute, c.Value.Good, c.Value.Total, good += c.Value.Good, total += c.Value.Total)).ToArray();
        })];

    private static async Task ApplyAsync(NpgsqlDataSource source, (int Sli, int Minute, int Good, int Total)[] call)
    {
        await using var command = source.CreateCommand("SELECT apply_sli_increments($1, $2, $3, $4)");
        command.Parameters.AddWithValue(call.Select(c => c.Sli).ToArray());
        command.Parameters.AddWithValue(call.Select(c => UnixMinute.Start(Base + c.Minute)).ToArray());
        command.Parameters.AddWithValue(call.Select(c => (double)c.Good).ToArray());
        command.Parameters.AddWithValue(call.Select(c => (double)c.Total).ToArray());
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<(int, int, double, double, double, double)[]> ReadAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT sli_id, minute, good, total, good_sum, total_sum FROM sli_minutes ORDER BY sli_id, minute");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<(int, int, double, double, double, double)>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add((reader.GetInt32(0), UnixMinute.Of(reader.GetFieldValue<DateTimeOffset>(1).ToUnixTimeMilliseconds()) - Base,
                reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5)));
        }

        return [.. rows];
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
