using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>One table whose old rows a rule removes.</summary>
/// <param name="Kind">Whose rule.</param>
/// <param name="Name">The table.</param>
/// <param name="Time">Its column that says how old a row is.</param>
/// <param name="Free">Which rows no hold keeps, as SQL about the held services $2.</param>
/// <param name="Held">Which rows a hold keeps.</param>
internal sealed record PurgeTable(RetentionClass Kind, string Name, string Time, string Free, string Held)
{
    private const string AboutPage = "SELECT FROM signal_events e JOIN signals s ON s.id = e.signal_id WHERE e.page_id = pages.id";

    private static readonly string HeldPage = $"{HeldSignal("pages")} OR EXISTS ({AboutPage} AND ({HeldSignal("s")}))";

    private const string OfSource = "source_id IN (SELECT source_id FROM slis WHERE source_id IS NOT NULL AND service_id = ANY($2))";

    /// <summary>In the order in which they are emptied: what a row counted from goes with it or after it.</summary>
    public static IReadOnlyList<PurgeTable> All { get; } =
    [
        OfSlis(RetentionClass.Minutes, MinuteMonths.Table, "minute"),
        OfSlis(RetentionClass.Minutes, "sli_originals", "minute"),
        Of(RetentionClass.Minutes, "row_keys", "minute",
            "source_id IN (SELECT r.source_id FROM file_runs r JOIN slis s ON s.id = r.sli_id WHERE s.service_id = ANY($2) UNION SELECT f.source_id FROM sql_feeds f JOIN slis s ON s.id = f.sli_id WHERE s.service_id = ANY($2))"),
        OfSlis(RetentionClass.Sums, "sli_hours", "hour"),
        OfSlis(RetentionClass.Sums, "sli_days", "day"),
        Of(RetentionClass.Arrivals, "source_counts", "hour", OfSource),
        Of(RetentionClass.Arrivals, "beacon_hours", "hour", OfSource),
        Of(RetentionClass.Arrivals, "file_runs", "created_at", "sli_id IN (SELECT id FROM slis WHERE service_id = ANY($2))"),
        Of(RetentionClass.Messages, "notifications", "created_at",
            "alert_id IN (SELECT a.id FROM alerts a JOIN objectives o ON o.id = a.objective_id WHERE o.service_id = ANY($2))"),
        // A notice does not say of which service it tells.
        Of(RetentionClass.Messages, "notices", "created_at", "cardinality($2) > 0"),
        // With the lines of the ledger about it. One without a service may be about any.
        Of(RetentionClass.Signals, "signals", "ended_at", HeldSignal("signals")),
        // With its calls, and not before the last signal that it was about.
        new(RetentionClass.Signals, "pages", "resolved_at",
            $"NOT ({HeldPage}) AND NOT EXISTS ({AboutPage} AND (s.ended_at IS NULL OR s.ended_at >= $1))", HeldPage),
    ];

    /// <summary>What is older than this goes: whole hours, which the sums by hour know to the row.</summary>
    public static DateTimeOffset Before(DateTimeOffset now, int days) => MinuteClock.Floor(now.AddDays(-days), TimeSpan.FromHours(1));

    public string Delete => $"DELETE FROM {Name} WHERE {Time} < $1 AND {Free}";

    /// <summary>How many rows would go, how many a hold keeps, and the oldest that would go.</summary>
    public string Count => Name == MinuteMonths.Table
        // The hours know how many minutes they have, at a sixtieth of the rows.
        ? $"SELECT coalesce(sum(minutes) FILTER (WHERE {Free}), 0), coalesce(sum(minutes) FILTER (WHERE {Held}), 0), min(hour) FILTER (WHERE {Free}) FROM sli_hours h WHERE hour < $1 AND EXISTS (SELECT FROM sli_minutes m WHERE m.sli_id = h.sli_id AND m.minute >= h.hour AND m.minute < h.hour + interval '1 hour')"
        : $"SELECT count(*) FILTER (WHERE {Free}), count(*) FILTER (WHERE {Held}), min({Time}) FILTER (WHERE {Free}) FROM {Name} WHERE {Time} < $1";

    private static string HeldSignal(string row) => $"coalesce({row}.service_id = ANY($2), cardinality($2) > 0)";

    private static PurgeTable OfSlis(RetentionClass kind, string name, string time) => new(
        kind, name, time, SlisWhere("<> ALL($2)"), SlisWhere("= ANY($2)"));

    /// <summary>An array of ids, so that the rows are found by SLI, as their keys are.</summary>
    private static string SlisWhere(string service) =>
        $"sli_id = ANY(ARRAY(SELECT s.id FROM slis s WHERE s.service_id {service} UNION ALL SELECT d.id FROM sliced_slis d JOIN slis s ON s.id = d.sli_id WHERE s.service_id {service} UNION ALL SELECT g.id FROM sli_segments g JOIN slis s ON s.id = g.sli_id WHERE s.service_id {service}))";

    private static PurgeTable Of(RetentionClass kind, string name, string time, string held) => new(kind, name, time, $"NOT ({held})", held);
}
