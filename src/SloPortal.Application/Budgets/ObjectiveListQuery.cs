using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives;

namespace SloPortal.Application.Budgets;

/// <summary>
/// Reads a page of objectives. It speaks SQL itself since every reader opens this list first: one round trip gives the page and
/// the counts of every standing.
/// </summary>
public sealed class ObjectiveListQuery(NpgsqlDataSource dataSource)
{
    // $1 the moment, $2 archived, $3 pattern, $4 service, $5 team, $6 standing, $7 rows, $8 offset.
    private static readonly string Rows =
        $"""
        WITH in_force AS ({VersionsInForce.Sql("$1")}),
        found AS (
            SELECT o.id, s.slug AS service, s.name AS service_name, t.slug AS team, t.name AS team_name, o.slug, o.name,
                   CASE WHEN v.id IS NULL THEN 'NotAgreed' ELSE coalesce(b.standing, 'NoData') END AS standing,
                   v.number, v.target_percent, v."window", v.sli_id, v.counts_id, b.attained, b.left_share, b.burn_last_hour,
                   b.exhausted_at, b.sentence, b.last_data_at, b.evaluated_at
            FROM objectives o
            JOIN services s ON s.id = o.service_id
            JOIN teams t ON t.id = s.owner_team_id
            LEFT JOIN in_force v ON v.objective_id = o.id
            LEFT JOIN budget_states b ON b.objective_id = o.id AND v.id IS NOT NULL
            WHERE (o.archived_at IS NOT NULL OR s.archived_at IS NOT NULL) = $2
              AND ($3::text IS NULL OR o.name ILIKE $3 OR o.slug ILIKE $3 OR s.name ILIKE $3 OR s.slug ILIKE $3 OR t.name ILIKE $3)
              AND ($4::text IS NULL OR s.slug = $4)
              AND ($5::text IS NULL OR t.slug = $5))
        """;

    private static readonly string Counts = Rows + " SELECT standing, count(*) FROM found GROUP BY standing";

    private static string Page(string order) => Rows +
        $"""
         SELECT f.*,
                (SELECT count(*) FROM alerts a WHERE a.objective_id = f.id AND a.resolved_at IS NULL) AS firing,
                (SELECT p.id FROM proposals p WHERE p.objective_id = f.id AND p.state = 'Open' LIMIT 1) AS waiting
         FROM (SELECT * FROM found WHERE $6::text IS NULL OR standing = $6 ORDER BY {order}, lower(name), id LIMIT $7 OFFSET $8) f
         ORDER BY {order}, lower(name), id
        """;

    private static readonly Dictionary<ObjectiveOrder, string> Pages = new()
    {
        [ObjectiveOrder.Hurts] = Page("array_position(ARRAY['Exhausted','AtRisk','NoData','Healthy','NotAgreed'], standing), left_share NULLS LAST"),
        [ObjectiveOrder.Name] = Page("lower(name)"),
        [ObjectiveOrder.Service] = Page("lower(service_name)"),
        [ObjectiveOrder.Left] = Page("left_share NULLS LAST"),
        [ObjectiveOrder.Burn] = Page("burn_last_hour DESC NULLS LAST"),
    };

    internal async Task<ObjectiveList> ReadAsync(ListObjectives request, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(Counts, request, now, paged: false));
        batch.BatchCommands.Add(Command(Pages[request.Order], request, now, paged: true));
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);

        var counts = new Dictionary<ObjectiveStanding, int>();
        while (await reader.ReadAsync(ct))
            counts[Enum.Parse<ObjectiveStanding>(reader.GetString(0))] = (int)reader.GetInt64(1);
        await reader.NextResultAsync(ct);
        var rows = new List<ObjectiveRow>();
        while (await reader.ReadAsync(ct))
            rows.Add(RowOf(reader));
        var total = request.Standing is { } standing ? counts.GetValueOrDefault(standing) : counts.Values.Sum();
        return new ObjectiveList(new Page<ObjectiveRow>(rows, total, request.Page, request.Size), counts);
    }

    private static NpgsqlBatchCommand Command(string sql, ListObjectives request, DateTimeOffset now, bool paged)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = request.Archived });
        Text(string.IsNullOrWhiteSpace(request.Filter) ? null : TextSearch.Contains(request.Filter));
        Text(request.Service);
        Text(request.Team);
        if (paged)
        {
            Text(request.Standing?.ToString());
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.Size });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (request.Page - 1) * request.Size });
        }
        return command;

        void Text(string? value) => command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
    }

    private static ObjectiveRow RowOf(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6), Enum.Parse<ObjectiveStanding>(r.GetString(7)),
        Value<int>(r, 8), Value<decimal>(r, 9) is { } percent ? percent / 1.0000000000000000000000000000m : null, r.IsDBNull(10) ? null : r.GetString(10), Value<int>(r, 11), Value<int>(r, 12),
        Value<double>(r, 13), Value<double>(r, 14), Value<double>(r, 15), Value<DateTimeOffset>(r, 16), r.IsDBNull(17) ? null : r.GetString(17),
        Value<DateTimeOffset>(r, 18), Value<DateTimeOffset>(r, 19), (int)r.GetInt64(20), Value<Guid>(r, 21));

    private static T? Value<T>(NpgsqlDataReader reader, int column) where T : struct =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
