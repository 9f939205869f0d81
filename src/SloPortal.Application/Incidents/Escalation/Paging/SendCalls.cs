using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Contacts;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>
/// Sends what is due. A message is claimed before it is sent, by moving its next try past the longest time that sending takes, so that no
/// other portal takes it meanwhile; if a portal dies in between, another sends it at once, with the same identity. What
/// fails is tried again ever later, the person's next way is not waited for, and the page says so.
/// </summary>
public sealed class SendCalls : IPass, IDisposable
{
    private const int AtOnce = 20;

    private static readonly TimeSpan Claim = WaySender.Patience * 2;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly NpgsqlDataSource dataSource;
    private readonly PassLocks portals;
    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly WaySender sender;
    private readonly ContactSecrets secrets;
    private readonly AcknowledgeLinks links;
    private readonly IOptions<PortalSettings> portal;
    private readonly ILogger<SendCalls> logger;
    private readonly IDisposable subscription;
    private volatile bool woken = true;

    public SendCalls(
        NpgsqlDataSource dataSource, PassLocks portals, IDbContextFactory<PortalDbContext> contexts, WaySender sender, ContactSecrets secrets, AcknowledgeLinks links, IOptions<PortalSettings> portal,
        PortalEvents events, ILogger<SendCalls> logger)
    {
        ArgumentNullException.ThrowIfNull(events);
        (this.dataSource, this.portals, this.contexts, this.sender, this.secrets, this.links, this.portal, this.logger) = (dataSource, portals, contexts, sender, secrets, links, portal, logger);
        subscription = events.Subscribe(PageAddresses.Topic, _ => woken = true);
    }

    public string Name => "send-calls";

    public TimeSpan Every => woken ? PassRunner.Soon : TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        List<Claimed> claimed;
        do
        {
            claimed = await ClaimAsync(now, ct);
            await Task.WhenAll(claimed.Select(one => SendAsync(one, now, ct)));
        }
        while (claimed.Count == AtOnce);
    }

    public void Dispose() => subscription.Dispose();

    private sealed record Claimed(Guid Id, int Attempts, DateTimeOffset CreatedAt);

    private async Task<List<Claimed>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var here = await portals.LiveAsync(ct);
        await using var command = dataSource.CreateCommand(
            $"""
            WITH {PassLocks.Living}
            UPDATE page_messages m SET attempts = m.attempts + 1, next_attempt_at = $2, claimed_by = $4
            FROM (SELECT m.id FROM page_messages m JOIN pages p ON p.id = m.page_id
                  WHERE m.state = 'Waiting' AND p.state = 'Open'
                    AND (m.next_attempt_at <= $1 OR (m.claimed_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM living WHERE living.portal = m.claimed_by)))
                  ORDER BY m.next_attempt_at LIMIT $3 FOR UPDATE OF m SKIP LOCKED) due
            WHERE m.id = due.id RETURNING m.id, m.attempts, m.created_at
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + Claim);
        command.Parameters.AddWithValue(AtOnce);
        command.Parameters.AddWithValue(here);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<Claimed>();
        while (await reader.ReadAsync(ct))
            claimed.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return claimed;
    }

    private async Task SendAsync(Claimed claimed, DateTimeOffset now, CancellationToken ct)
    {
        string? error;
        var isFinal = false;
        try
        {
            (error, isFinal) = await TryAsync(claimed.Id, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One message that cannot be written must not hold up the others.
            logger.LogError(e, "The call {Message} could not be written; it is tried again", claimed.Id);
            error = "What this is about could not be read.";
        }
        var wait = RetrySchedule.After(claimed.Attempts);
        // By the number of the try, so that a portal whose claim ran out meanwhile changes nothing. What failed brings the same person's next
        // ways forward: the answer is wanted now. What was acknowledged meanwhile stays as it is, but for what was sent.
        await using var command = dataSource.CreateCommand(
            """
            WITH noted AS (
                UPDATE page_messages SET state = CASE WHEN $3 IS NULL THEN 'Sent' WHEN $6 AND state = 'Waiting' THEN 'Failed' ELSE state END, sent_at = CASE WHEN $3 IS NULL THEN $4 END, last_error = $3, next_attempt_at = $5, claimed_by = NULL
                WHERE id = $1 AND attempts = $2 AND state IN ('Waiting', 'Cancelled') RETURNING page_id, person_id, level, round, contact_id, channel, attempts),
            sooner AS (
                UPDATE page_messages m SET next_attempt_at = $4
                FROM noted n WHERE $3 IS NOT NULL AND m.page_id = n.page_id AND m.person_id = n.person_id AND m.level = n.level AND m.round = n.round
                  AND m.state = 'Waiting' AND m.attempts = 0 AND m.id <> $1 RETURNING 1),
            told AS (
                INSERT INTO page_events (page_id, at, sentence)
                SELECT n.page_id, $4, left(p.display_name || ' could not be called by ' || CASE n.channel WHEN 'Push' THEN 'push' WHEN 'Mail' THEN 'mail' ELSE n.channel END || ': ' || $3
                    || CASE WHEN EXISTS (SELECT 1 FROM sooner) THEN ' The next way is tried at once.' WHEN $6 THEN '' ELSE ' It is tried again.' END, 2000)
                FROM noted n JOIN people p ON p.id = n.person_id WHERE $3 IS NOT NULL AND n.attempts = 1 RETURNING 1),
            way AS (
                UPDATE contact_methods c SET last_sent_at = CASE WHEN $3 IS NULL THEN $4 ELSE last_sent_at END, last_failed_at = CASE WHEN $3 IS NULL THEN last_failed_at ELSE $4 END, last_error = coalesce($3, last_error)
                FROM noted n WHERE c.id = n.contact_id RETURNING 1)
            SELECT pg_notify('portal_events', 'pages') FROM noted
            """);
        command.Parameters.AddWithValue(claimed.Id);
        command.Parameters.AddWithValue(claimed.Attempts);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = error, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + (wait < LongestWait ? wait : LongestWait));
        command.Parameters.AddWithValue(isFinal || RetrySchedule.IsOver(claimed.CreatedAt, now));
        // What was sent must be noted, even while the portal stops.
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <returns>Why it was not sent, null when it was; and whether another try is of no use.</returns>
    private async Task<(string? Error, bool IsFinal)> TryAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await (from m in db.PageMessages.AsNoTracking()
                           join p in db.Pages on m.PageId equals p.Id
                           join t in db.Teams on p.TeamId equals t.Id
                           join u in db.Users on m.PersonId equals u.Id
                           join s in db.Services on p.ServiceId equals s.Id into services
                           from s in services.DefaultIfEmpty()
                           join c in db.ContactMethods on m.ContactId equals c.Id into ways
                           from c in ways.DefaultIfEmpty()
                           where m.Id == id
                           select new { Message = m, Page = p, Team = t.Name, Service = s == null ? null : s.Name, u.Email, Way = c }).SingleAsync(ct);
        if (found.Way is { RemovedAt: not null })
            return ("This way was removed before the call was sent.", true);
        var address = found.Way is null ? found.Email! : secrets.Reveal(found.Way.ProtectedAddress)!;
        var page = found.Page;
        var link = portal.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') + PageAddresses.Of(page.Number) : null;
        var call = new PageCall(
            id, page.Number, page.Title, page.Severity, found.Team, found.Service, page.Reason, page.OpenedAt, found.Message.Level, found.Message.Round, link, links.Of(id), links.Token(id));
        return (await sender.TryAsync(found.Message.Channel, address, call, ct), false);
    }
}
