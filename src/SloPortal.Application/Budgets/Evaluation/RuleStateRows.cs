using Npgsql;
using SloPortal.Domain.Budgets;
using static SloPortal.Application.Budgets.Evaluation.BudgetStateRows;

namespace SloPortal.Application.Budgets.Evaluation;

internal static class RuleStateRows
{
    private const string UpsertSql =
        """
        INSERT INTO alert_rule_states AS old (objective_id, rule_index, severity, long_window, short_window, factor, state, since, no_data_since,
            long_burn, short_burn, alert_id)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (objective_id, rule_index) DO UPDATE SET severity = excluded.severity, long_window = excluded.long_window,
            short_window = excluded.short_window, factor = excluded.factor, state = excluded.state, since = excluded.since,
            no_data_since = excluded.no_data_since, long_burn = excluded.long_burn, short_burn = excluded.short_burn, alert_id = excluded.alert_id
        WHERE (old.severity, old.long_window, old.short_window, old.factor, old.state, old.since, old.no_data_since, old.long_burn, old.short_burn, old.alert_id)
            IS DISTINCT FROM (excluded.severity, excluded.long_window, excluded.short_window, excluded.factor, excluded.state, excluded.since,
                excluded.no_data_since, excluded.long_burn, excluded.short_burn, excluded.alert_id)
        """;

    public static NpgsqlBatchCommand Upsert(IReadOnlyList<AlertRuleState> states) => new(UpsertSql)
    {
        Parameters =
        {
            Column(states, s => s.ObjectiveId), Column(states, s => s.RuleIndex), Column(states, s => s.Severity.ToString()),
            Column(states, s => s.LongWindow), Column(states, s => s.ShortWindow), Column(states, s => s.Factor),
            Column(states, s => s.State.ToString()), Column(states, s => s.Since), Column(states, s => s.NoDataSince),
            Column(states, s => s.LongBurn), Column(states, s => s.ShortBurn), Column(states, s => s.AlertId),
        },
    };

    public static NpgsqlBatchCommand Remove(IReadOnlyList<(Guid ObjectiveId, int Rule)> removed) => new(
        "DELETE FROM alert_rule_states s USING unnest($1, $2) AS gone (objective_id, rule_index) WHERE s.objective_id = gone.objective_id AND s.rule_index = gone.rule_index")
    {
        Parameters = { Column(removed, r => r.ObjectiveId), Column(removed, r => r.Rule) },
    };
}
