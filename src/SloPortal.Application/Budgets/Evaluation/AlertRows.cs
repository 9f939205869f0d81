using Npgsql;
using SloPortal.Domain.Budgets;
using static SloPortal.Application.Budgets.Evaluation.BudgetStateRows;

namespace SloPortal.Application.Budgets.Evaluation;

/// <summary>Alerts that opened or ended, and the messages about them.</summary>
internal static class AlertRows
{
    private const string EndSql =
        """
        UPDATE alerts a SET resolved_at = $3, end_reason = ended.reason
        FROM unnest($1, $2) AS ended (id, reason) WHERE a.id = ended.id AND a.resolved_at IS NULL
        """;

    private const string OpenSql =
        """
        INSERT INTO alerts (id, objective_id, version_id, rule_index, severity, long_window, short_window, factor, fired_at,
            long_burn, short_burn, long_good, long_total, short_good, short_total, left_share)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    // A message waits for each target of the team that owns the service, if it asked for this severity.
    private const string AnnounceSql =
        """
        INSERT INTO notifications (id, alert_id, target_id, event, state, attempts, next_attempt_at, created_at)
        SELECT gen_random_uuid(), a.id, t.id, told.event, 'Waiting', 0, $4, $4
        FROM unnest($1, $2, $3) AS told (alert_id, severity, event)
        JOIN alerts a ON a.id = told.alert_id
        JOIN objectives o ON o.id = a.objective_id
        JOIN services s ON s.id = o.service_id
        JOIN notification_targets t ON t.team_id = s.owner_team_id AND t.removed_at IS NULL
        WHERE t.minimum_severity = 'Ticket' OR told.severity = 'Page'
        ON CONFLICT (alert_id, target_id, event) DO NOTHING
        """;

    public static async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<Alert> opened, IReadOnlyList<AlertEnding> ended, DateTimeOffset at, CancellationToken ct)
    {
        // First, since a changed rule may open anew in the place of the one that ends.
        if (ended.Count > 0)
        {
            await using var end = new NpgsqlCommand(EndSql, connection)
            {
                Parameters = { Column(ended, e => e.AlertId), Column(ended, e => e.Reason), new NpgsqlParameter<DateTimeOffset> { TypedValue = at } },
            };
            await end.ExecuteNonQueryAsync(ct);
        }

        if (opened.Count == 0)
            return;
        await using var open = new NpgsqlCommand(OpenSql, connection)
        {
            Parameters =
            {
                Column(opened, a => a.Id), Column(opened, a => a.ObjectiveId), Column(opened, a => a.VersionId), Column(opened, a => a.RuleIndex),
                Column(opened, a => a.Severity.ToString()), Column(opened, a => a.LongWindow), Column(opened, a => a.ShortWindow),
                Column(opened, a => a.Factor), Column(opened, a => a.FiredAt), Column(opened, a => a.LongBurn), Column(opened, a => a.ShortBurn),
                Column(opened, a => a.LongGood), Column(opened, a => a.LongTotal), Column(opened, a => a.ShortGood),
                Column(opened, a => a.ShortTotal), Column(opened, a => a.LeftShare),
            },
        };
        await open.ExecuteNonQueryAsync(ct);
    }

    public static async Task AnnounceAsync(NpgsqlConnection connection, IReadOnlyList<Announcement> announcements, DateTimeOffset at, CancellationToken ct)
    {
        if (announcements.Count == 0)
            return;
        await using var command = new NpgsqlCommand(AnnounceSql, connection)
        {
            Parameters =
            {
                Column(announcements, a => a.AlertId), Column(announcements, a => a.Severity.ToString()), Column(announcements, a => a.Event.ToString()),
                new NpgsqlParameter<DateTimeOffset> { TypedValue = at },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
