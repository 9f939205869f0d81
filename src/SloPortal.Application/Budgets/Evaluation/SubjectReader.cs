using Npgsql;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Deriving;

namespace SloPortal.Application.Budgets.Evaluation;

/// <summary>An objective as the evaluation needs it: the version in force and how fresh its data is.</summary>
internal sealed record SubjectRow(
    Guid ObjectiveId, Guid PolicyId, Guid VersionId, int CountsId, string Method, decimal TargetPercent, string Window, DateTimeOffset? LastDataAt);

/// <summary>Reads the objectives that are to be evaluated, in chunks by id; not those whose history is still being derived.</summary>
internal static class SubjectReader
{
    private static readonly string Sql =
        $"""
        SELECT o.id, o.alert_policy_id, v.id, v.counts_id, v.method, v.target_percent, v.window, newest.minute
        FROM ({VersionsInForce.Sql("$1")}) v
        JOIN objectives o ON o.id = v.objective_id AND o.archived_at IS NULL
        JOIN services s ON s.id = o.service_id AND s.archived_at IS NULL
        LEFT JOIN sliced_slis decided ON decided.id = v.counts_id AND decided.decided AND decided.method = 'occurrences'
        LEFT JOIN LATERAL (
            SELECT m.minute FROM sli_minutes m WHERE m.sli_id = coalesce(decided.id, v.sli_id) AND m.minute < $1 ORDER BY m.minute DESC LIMIT 1) newest ON true
        WHERE v.objective_id > $2
            AND NOT EXISTS (SELECT FROM derived_hours_due d WHERE d.sli_id = v.counts_id AND d.hour < $1 - $4)
        ORDER BY v.objective_id LIMIT $3
        """;

    public static async Task<IReadOnlyList<SubjectRow>> ReadAsync(NpgsqlConnection connection, DateTimeOffset at, Guid after, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new NpgsqlParameter<DateTimeOffset> { TypedValue = at }, new NpgsqlParameter<Guid> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit }, new NpgsqlParameter<TimeSpan> { TypedValue = DeriveCounts.Recent } },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<SubjectRow>(limit);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetInt32(3), reader.GetString(4), reader.GetDecimal(5), reader.GetString(6),
                await reader.IsDBNullAsync(7, ct) ? null : reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return rows;
    }
}
