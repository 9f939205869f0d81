using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>
/// Sends subscribers what waits for them. A mail is claimed before it is sent, by moving its next try past the longest time that sending takes, so that
/// no other portal sends it too; where a portal died in between, it is sent again when the claim has run out, with the same identity. What is not to be
/// told any more, since its incident became restricted, vanishes instead.
/// </summary>
public sealed class MailSubscribers(NpgsqlDataSource dataSource, IDbContextFactory<PortalDbContext> contexts, Mailer mailer, SubscriberLinks links, SubscriberKeys keys, ILogger<MailSubscribers> logger) : IPass
{
    private const int AtOnce = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Claim = Patience * 3;

    public string Name => "mail-subscribers";

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (links.WhyNoMail is { } whyNot)
        {
            await GiveUpAsync(whyNot, now, ct);
            return;
        }
        var some = false;
        var started = Stopwatch.GetTimestamp();
        List<Claimed> claimed;
        do
        {
            claimed = await ClaimAsync(now, ct);
            await Task.WhenAll(claimed.Select(one => SendAsync(one, now, ct)));
            some |= claimed.Count > 0;
        }
        // Claims run from now, so what is left after a while waits for the next run and its now.
        while (claimed.Count == AtOnce && Stopwatch.GetElapsedTime(started) < Patience);
        if (some)
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            await PortalEvents.PublishAsync(connection, StatusPageAddresses.SubscriberTopic, ct);
        }
    }

    /// <summary>Lets each confirmed subscriber of its pages be told of an update, in the transaction that publishes it.</summary>
    internal static async Task QueueAsync(Change change, IncidentUpdate update, CancellationToken ct)
    {
        // The mails refer to it.
        await change.Db.SaveChangesAsync(ct);
        // Who leaves, or whose page is removed, at the same moment is waited for and left out.
        await change.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO subscriber_mails (id, subscriber_id, update_id, state, attempts, next_attempt_at, created_at)
            SELECT gen_random_uuid(), id, {update.Id}, 'Waiting', 0, {change.Now}, {change.Now} FROM status_subscribers
            WHERE status_page_id = ANY({update.StatusPages}) AND confirmed_at IS NOT NULL FOR KEY SHARE
            """, ct);
    }

    private sealed record Claimed(Guid Id, int Attempts, DateTimeOffset CreatedAt);

    /// <summary>Otherwise all of them would be sent on the day on which mail is configured again.</summary>
    private async Task GiveUpAsync(string whyNot, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("UPDATE subscriber_mails SET state = 'Failed', last_error = $2 WHERE state = 'Waiting' AND next_attempt_at <= $1");
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(whyNot);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<Claimed>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            UPDATE subscriber_mails m SET attempts = m.attempts + 1, next_attempt_at = $2
            FROM (SELECT id FROM subscriber_mails WHERE state = 'Waiting' AND next_attempt_at <= $1
                  ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
            WHERE m.id = due.id RETURNING m.id, m.attempts, m.created_at
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + Claim);
        command.Parameters.AddWithValue(AtOnce);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<Claimed>();
        while (await reader.ReadAsync(ct))
            claimed.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return claimed;
    }

    private async Task SendAsync(Claimed claimed, DateTimeOffset now, CancellationToken ct)
    {
        var (error, isStill) = await TryAsync(claimed.Id, now, ct);
        // By the number of the try, so that a portal whose claim ran out meanwhile changes nothing.
        await using var command = dataSource.CreateCommand(isStill
            ? "UPDATE subscriber_mails SET state = $3, sent_at = $4, last_error = $5, next_attempt_at = $6 WHERE id = $1 AND attempts = $2 AND state = 'Waiting'"
            : "DELETE FROM subscriber_mails WHERE id = $1 AND attempts = $2 AND state = 'Waiting'");
        command.Parameters.AddWithValue(claimed.Id);
        command.Parameters.AddWithValue(claimed.Attempts);
        if (isStill)
        {
            var state = error is null ? NotificationState.Sent : RetrySchedule.IsOver(claimed.CreatedAt, now) ? NotificationState.Failed : NotificationState.Waiting;
            command.Parameters.AddWithValue(state.ToString());
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = error is null ? now : null });
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = error });
            command.Parameters.AddWithValue(now + RetrySchedule.After(claimed.Attempts));
        }
        // What was sent must be noted, even while the portal stops.
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <returns>Why it was not sent, null when it was; and whether it is still to be told at all.</returns>
    private async Task<(string? Error, bool IsStill)> TryAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from m in db.SubscriberMails.AsNoTracking()
                               join s in db.StatusSubscribers on m.SubscriberId equals s.Id
                               join p in db.StatusPages on s.StatusPageId equals p.Id
                               join u in db.IncidentUpdates on m.UpdateId equals u.Id into updates
                               from u in updates.DefaultIfEmpty()
                               join i in db.Incidents on u.IncidentId equals i.Id into incidents
                               from i in incidents.DefaultIfEmpty()
                               where m.Id == id && (i == null || !i.IsRestricted)
                               select new { Subscriber = s, Page = p, Update = u, Story = i == null ? default : i.MergedIntoId ?? i.Id }).SingleOrDefaultAsync(ct);
            if (found is null || found.Subscriber.HasEnded(now))
                return (null, false);
            var (subscriber, page) = (found.Subscriber, found.Page);
            var key = page.KeyHash is null ? null : keys.Reveal(subscriber.ProtectedKey);
            var unsubscribe = links.Of(SubscriberLink.Unsubscribe, page.Slug, key, subscriber.Id);
            var message = found.Update is { } update
                ? SubscriberMessage.Of(page, update, links.Of(page.Slug, key, found.Story), unsubscribe)
                : SubscriberMessage.Question(page, subscriber, links.Of(SubscriberLink.Confirm, page.Slug, key, subscriber.Id));
            // RFC 3834, and the header that older mail programs know; RFC 2369 with RFC 8058, by which a mail program unsubscribes with one press.
            List<(string, string)> headers = [("Auto-Submitted", "auto-generated"), ("Precedence", "bulk")];
            if (found.Update is not null)
                headers.AddRange([("List-Unsubscribe", $"<{unsubscribe}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]);
            return (await OneTry.RunAsync(async limit =>
            {
                await mailer.SendAsync(subscriber.Address, message.Subject, message.Text, limit, message.Html, id, headers);
                return null;
            }, Patience, ct), true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One mail that cannot be written must not hold up the others, nor be tried for ever.
            logger.LogError(e, "The mail {Mail} to a subscriber could not be written; it is tried again", id);
            return ("What this mail is about could not be read.", true);
        }
    }
}
