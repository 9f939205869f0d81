using Npgsql;
using SloPortal.Domain.Budgets;

namespace SloPortal.Application.Budgets.Evaluation;

/// <summary>Reads what the alert rules remember from the evaluation before.</summary>
internal static class RuleStateReader
{
    private const string Sql =
        """
        SELECT objective_id, rule_index, severity, long_window, short_window, factor, state, since, no_data_since, alert_id
        FROM alert_rule_states WHERE objective_id = ANY ($1) ORDER BY objective_id, rule_index
        """;

    public static async Task<Dictionary<Guid, List<AlertRuleState>>> ReadAsync(NpgsqlConnection connection, Guid[] objectives, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = objectives } } };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var states = new Dictionary<Guid, List<AlertRuleState>>(objectives.Length);
        while (await reader.ReadAsync(ct))
        {
            var state = new AlertRuleState
            {
                ObjectiveId = reader.GetGuid(0),
                RuleIndex = reader.GetInt32(1),
                Severity = Enum.Parse<AlertSeverity>(reader.GetString(2)),
                LongWindow = reader.GetFieldValue<TimeSpan>(3),
                ShortWindow = reader.GetFieldValue<TimeSpan>(4),
                Factor = reader.GetDouble(5),
                State = Enum.Parse<AlertState>(reader.GetString(6)),
                Since = reader.GetFieldValue<DateTimeOffset>(7),
                NoDataSince = await reader.IsDBNullAsync(8, ct) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                AlertId = await reader.IsDBNullAsync(9, ct) ? null : reader.GetGuid(9),
            };
            if (!states.TryGetValue(state.ObjectiveId, out var list))
                states[state.ObjectiveId] = list = new(4);
            list.Add(state);
        }

        return states;
    }
}
