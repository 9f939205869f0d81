using Npgsql;
using SloPortal.Domain.Budgets;

namespace SloPortal.Application.Budgets.Evaluation;

internal static class BudgetStateRows
{
    // An objective that had no event and still has none is left alone: nothing was learnt.
    private const string Sql =
        """
        INSERT INTO budget_states AS old (objective_id, version_id, evaluated_at, window_start, good, total, attained, left_share, left_events,
            left_minutes, burn_last_hour, exhausted_at, standing, sentence, last_data_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (objective_id) DO UPDATE SET version_id = excluded.version_id, evaluated_at = excluded.evaluated_at,
            window_start = excluded.window_start, good = excluded.good, total = excluded.total, attained = excluded.attained,
            left_share = excluded.left_share, left_events = excluded.left_events, left_minutes = excluded.left_minutes,
            burn_last_hour = excluded.burn_last_hour, exhausted_at = excluded.exhausted_at, standing = excluded.standing,
            sentence = excluded.sentence, last_data_at = excluded.last_data_at
        WHERE old.evaluated_at <= excluded.evaluated_at
            AND (excluded.total > 0 OR old.total > 0 OR old.version_id <> excluded.version_id OR old.last_data_at IS DISTINCT FROM excluded.last_data_at)
        """;

    public static NpgsqlBatchCommand Upsert(IReadOnlyList<BudgetState> states) => new(Sql)
    {
        Parameters =
        {
            Column(states, s => s.ObjectiveId), Column(states, s => s.VersionId), Column(states, s => s.EvaluatedAt),
            Column(states, s => s.WindowStart), Column(states, s => s.Good), Column(states, s => s.Total), Column(states, s => s.Attained),
            Column(states, s => s.LeftShare), Column(states, s => s.LeftEvents), Column(states, s => s.LeftMinutes),
            Column(states, s => s.BurnLastHour), Column(states, s => s.ExhaustedAt), Column(states, s => s.Standing.ToString()),
            Column(states, s => s.Sentence), Column(states, s => s.LastDataAt),
        },
    };

    /// <summary>One column of many rows, as an array.</summary>
    internal static NpgsqlParameter<T[]> Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(rows[i]);
        return new() { TypedValue = column };
    }
}
