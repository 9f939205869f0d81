using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Budgets;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>
/// Sends what waits. A message is claimed before it is sent: the claim moves its next try past the longest time that sending takes,
/// so that no other portal takes it meanwhile. If a portal dies between sending and noting it, the message is sent again when the
/// claim has run out; its identity is the same, so that a mail program or a receiver can drop the second one.
/// </summary>
public sealed class SendNotifications(
    NpgsqlDataSource dataSource, IDbContextFactory<PortalDbContext> contexts, TargetSender sender, IOptions<PortalSettings> portal,
    ILogger<SendNotifications> logger) : IPass
{
    private const int AtOnce = 20;

    private static readonly TimeSpan Claim = TargetSender.Patience * 3;

    public string Name => "send-notifications";

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        List<Claimed> claimed;
        do
        {
            claimed = await ClaimAsync(now, ct);
            await Task.WhenAll(claimed.Select(one => SendAsync(one, now, ct)));
        }
        while (claimed.Count == AtOnce);
    }

    private sealed record Claimed(Guid Id, int Attempts, DateTimeOffset CreatedAt);

    private async Task<List<Claimed>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            UPDATE notifications n SET attempts = n.attempts + 1, next_attempt_at = $2
            FROM (SELECT id FROM notifications WHERE state = 'Waiting' AND next_attempt_at <= $1
                  ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
            WHERE n.id = due.id RETURNING n.id, n.attempts, n.created_at
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
        var (error, isFinal) = await TryAsync(claimed.Id, ct);
        var givenUp = error is not null && (isFinal || RetrySchedule.IsOver(claimed.CreatedAt, now));
        // By the number of the try, so that a portal whose claim ran out meanwhile changes nothing.
        await using var command = dataSource.CreateCommand(
            """
            WITH noted AS (
                UPDATE notifications SET state = $3, sent_at = $4, last_error = $5, next_attempt_at = $6
                WHERE id = $1 AND attempts = $2 AND state = 'Waiting' RETURNING 1)
            SELECT pg_notify('portal_events', 'alerts') FROM noted
            """);
        var state = error is null ? NotificationState.Sent : givenUp ? NotificationState.Failed : NotificationState.Waiting;
        command.Parameters.AddWithValue(claimed.Id);
        command.Parameters.AddWithValue(claimed.Attempts);
        command.Parameters.AddWithValue(state.ToString());
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = error is null ? now : null });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = error });
        command.Parameters.AddWithValue(now + RetrySchedule.After(claimed.Attempts));
        // What was sent must be noted, even while the portal stops.
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <returns>Why it was not sent, null when it was; and whether another try is of no use.</returns>
    private async Task<(string? Error, bool IsFinal)> TryAsync(Guid id, CancellationToken ct)
    {
        NotificationTarget target;
        MessageFacts facts;
        try
        {
            (target, facts) = await FactsAsync(id, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One message that cannot be written must not hold up the others, nor be tried for ever.
            logger.LogError(e, "The facts of notification {Notification} could not be read; it is tried again", id);
            return ("What this message is about could not be read.", false);
        }

        return target.RemovedAt is not null
            ? ("The target was removed before this was sent.", true)
            : (await sender.TryAsync(target, Message.Of(facts), WebhookMessage.Document(facts), ct), false);
    }

    private async Task<(NotificationTarget Target, MessageFacts Facts)> FactsAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await (from n in db.Notifications.AsNoTracking()
                           join t in db.NotificationTargets on n.TargetId equals t.Id
                           join team in db.Teams on t.TeamId equals team.Id
                           join a in db.Alerts on n.AlertId equals a.Id
                           join v in db.ObjectiveVersions on a.VersionId equals v.Id
                           join o in db.Objectives on a.ObjectiveId equals o.Id
                           join s in db.Services on o.ServiceId equals s.Id
                           join b in db.BudgetStates on o.Id equals b.ObjectiveId into budgets
                           from b in budgets.DefaultIfEmpty()
                           where n.Id == id
                           select new { Notification = n, Target = t, Team = team.Name, Alert = a, v.Target.Percent, v.Window, v.Method, Objective = o, Service = s, Budget = b })
            .SingleAsync(ct);
        var link = portal.Value.PublicUrl is { Length: > 0 } url ? $"{url.TrimEnd('/')}/objectives/{found.Service.Slug}/{found.Objective.Slug}" : null;
        return (found.Target, new(
            id, found.Notification.Event, found.Alert, found.Objective.Name, found.Objective.Slug, found.Service.Name, found.Service.Slug, found.Team,
            found.Percent, found.Window.Phrase, found.Method.Unit, found.Budget?.LeftShare, found.Budget?.Sentence, link));
    }
}

/// <summary>When a message is tried again, and when it is given up.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(12);

    /// <summary>5 s, 10 s, 20 s … up to 15 min.</summary>
    public static TimeSpan After(int attempts)
    {
        var wait = First * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return wait < Longest ? wait : Longest;
    }

    public static bool IsOver(DateTimeOffset createdAt, DateTimeOffset now) => now - createdAt >= GivenUpAfter;
}
