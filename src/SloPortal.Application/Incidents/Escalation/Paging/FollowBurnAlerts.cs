using Npgsql;
using SloPortal.Application.Common;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>
/// Makes signals of the portal's own burn alerts, so that they call people by the same rules, and stand in the same ledger, as what other
/// programs say. It looks at how the alerts stand, so that a second run adds nothing.
/// </summary>
public sealed class FollowBurnAlerts : IPass, IDisposable
{
    /// <summary>What fired earlier somebody has seen, or it was recorded afterwards. Product policy.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly NpgsqlDataSource dataSource;
    private readonly IDisposable subscription;
    private volatile bool woken = true;

    public FollowBurnAlerts(NpgsqlDataSource dataSource, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.dataSource = dataSource;
        subscription = events.Subscribe("alerts", _ => woken = true);
    }

    public string Name => "follow-burn-alerts";

    public TimeSpan Every => woken ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            WITH fired AS (
                INSERT INTO signals (id, source_id, origin, service_id, team_id, dedup_key, state, severity, title, description, labels, link, started_at, first_received_at, last_received_at, times_received)
                SELECT gen_random_uuid(), NULL, 'BurnAlert', s.id, s.owner_team_id, a.id::text, 'Firing', CASE a.severity WHEN 'Page' THEN 'Critical' ELSE 'Warning' END,
                       left(s.name || ': ' || o.name || ' burns its budget ' || round(a.long_burn::numeric, 1) || ' times as fast as it lasts', 1024), NULL,
                       jsonb_build_object('service', s.slug, 'objective', o.slug, 'severity', lower(a.severity)), NULL, a.fired_at, $1, $1, 1
                FROM alerts a JOIN objectives o ON o.id = a.objective_id JOIN services s ON s.id = o.service_id
                WHERE a.fired_at >= $2 AND a.resolved_at IS NULL
                  AND NOT EXISTS (SELECT 1 FROM signals k WHERE k.source_id IS NULL AND k.origin = 'BurnAlert' AND k.dedup_key = a.id::text)
                ON CONFLICT DO NOTHING
                RETURNING id),
            ended AS (
                UPDATE signals k SET state = 'Resolved', ended_at = greatest(a.resolved_at, k.started_at), last_received_at = $1
                FROM alerts a
                WHERE k.source_id IS NULL AND k.origin = 'BurnAlert' AND k.state <> 'Resolved' AND a.id = k.dedup_key::uuid AND a.resolved_at IS NOT NULL
                RETURNING k.id),
            noted AS (
                INSERT INTO signal_events (signal_id, kind, received_at)
                SELECT id, 'Fired', $1 FROM fired UNION ALL SELECT id, 'Resolved', $1 FROM ended
                RETURNING 1)
            SELECT count(*) FROM noted
            """, connection);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - Fresh);
        if ((long)(await command.ExecuteScalarAsync(ct))! > 0)
            await PortalEvents.PublishAsync(connection, PageTopics.Signals, ct);
    }

    public void Dispose() => subscription.Dispose();
}
