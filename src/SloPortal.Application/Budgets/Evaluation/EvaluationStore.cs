using Npgsql;
using SloPortal.Domain.Budgets;

namespace SloPortal.Application.Budgets.Evaluation;

/// <summary>Stores a chunk of evaluations: states that changed, alerts that opened or ended, and the messages they call for, or nothing.</summary>
internal static class EvaluationStore
{
    public static async Task SaveAsync(NpgsqlConnection connection, IReadOnlyList<ObjectiveEvaluation> evaluations, DateTimeOffset at, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // In one round trip, which costs as much as the rows of some objectives.
        await using (var states = new NpgsqlBatch(connection))
        {
            states.BatchCommands.Add(BudgetStateRows.Upsert([.. evaluations.Select(e => e.State)]));
            states.BatchCommands.Add(RuleStateRows.Upsert([.. evaluations.SelectMany(e => e.Rules)]));
            var removed = evaluations.SelectMany(e => e.RemovedRules.Select(rule => (e.State.ObjectiveId, rule))).ToList();
            if (removed.Count > 0)
                states.BatchCommands.Add(RuleStateRows.Remove(removed));
            states.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_notify('portal_events', 'budgets')"));
            await states.PrepareAsync(ct);
            await states.ExecuteNonQueryAsync(ct);
        }

        await AlertRows.WriteAsync(connection, [.. evaluations.SelectMany(e => e.Opened)], [.. evaluations.SelectMany(e => e.Ended)], at, ct);
        await AlertRows.AnnounceAsync(connection, [.. evaluations.SelectMany(e => e.Announcements)], at, ct);
        await PublishAsync(connection, evaluations, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Ends what archived objectives and the objectives of archived services left behind, quietly: whoever archived one knows.</summary>
    public static async Task EndRetiredAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH retired AS (
                DELETE FROM alert_rule_states r USING objectives o JOIN services s ON s.id = o.service_id
                WHERE o.id = r.objective_id AND (o.archived_at IS NOT NULL OR s.archived_at IS NOT NULL)
                RETURNING r.alert_id, CASE WHEN o.archived_at IS NOT NULL THEN 'The objective was archived.' ELSE 'The service was archived.' END AS reason),
            ended AS (
                UPDATE alerts a SET resolved_at = greatest($1, a.fired_at), end_reason = retired.reason
                FROM retired WHERE a.id = retired.alert_id AND a.resolved_at IS NULL RETURNING 1)
            SELECT pg_notify('portal_events', 'alerts') FROM ended
            """, connection)
        { Parameters = { new NpgsqlParameter<DateTimeOffset> { TypedValue = at } } };
        await command.PrepareAsync(ct);
        await command.ExecuteNonQueryAsync(ct);
    }

    // Only for what opened or ended: that new figures are there is told once for all of the chunk, by "budgets".
    private static async Task PublishAsync(NpgsqlConnection connection, IReadOnlyList<ObjectiveEvaluation> evaluations, CancellationToken ct)
    {
        var topics = evaluations.Where(e => e.Opened.Count + e.Ended.Count > 0).Select(e => $"objective/{e.State.ObjectiveId}").ToList();
        if (topics.Count > 0)
            topics.Add("alerts");
        if (topics.Count == 0)
            return;
        await using var command = new NpgsqlCommand("SELECT count(pg_notify('portal_events', topic)) FROM unnest($1) AS topic", connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. topics] } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
