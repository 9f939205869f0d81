using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SloPortal.Application.Common;

namespace SloPortal.Application.Access.Notices;

/// <summary>
/// Sends by mail what waits for people, as the notice in the portal says it. A notice is claimed before it is sent, by moving its next try
/// past the time that sending takes, so that no other portal sends it too; its identity makes a second one known where a portal died in
/// between. What was read in the portal meanwhile is not sent any more.
/// </summary>
public sealed class MailNotices(NpgsqlDataSource dataSource, Mailer mailer, IOptions<PortalSettings> portal, ILogger<MailNotices> logger) : IPass
{
    private const int AtOnce = 20;

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(12);

    public string Name => "mail-notices";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (!mailer.IsConfigured)
        {
            // Otherwise all of them would be sent on the day on which mail is configured.
            await using var forget = dataSource.CreateCommand("UPDATE notices SET mail_due_at = NULL WHERE mail_due_at <= $1");
            forget.Parameters.AddWithValue(now);
            await forget.ExecuteNonQueryAsync(ct);
            return;
        }
        List<Claimed> claimed;
        do
        {
            claimed = await ClaimAsync(now, ct);
            await Task.WhenAll(claimed.Select(one => SendAsync(one, now, ct)));
        }
        while (claimed.Count == AtOnce);
    }

    private sealed record Claimed(Guid Id, string Email, string Text, string Address, DateTimeOffset CreatedAt, bool IsRead, int Attempts);

    private async Task<List<Claimed>> ClaimAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            UPDATE notices n SET mail_attempts = n.mail_attempts + 1, mail_due_at = $2
            FROM (SELECT id FROM notices WHERE mail_due_at <= $1 ORDER BY mail_due_at LIMIT $3 FOR UPDATE SKIP LOCKED) due, people p
            WHERE n.id = due.id AND p.id = n.person_id
            RETURNING n.id, p.email, n.text, n.address, n.created_at, n.read_at IS NOT NULL OR p.disabled_at IS NOT NULL, n.mail_attempts
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + Claim);
        command.Parameters.AddWithValue(AtOnce);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<Claimed>();
        while (await reader.ReadAsync(ct))
            claimed.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetBoolean(5), reader.GetInt32(6)));
        return claimed;
    }

    private async Task SendAsync(Claimed notice, DateTimeOffset now, CancellationToken ct)
    {
        var sent = false;
        if (!notice.IsRead)
        {
            try
            {
                var link = portal.Value.PublicUrl is { Length: > 0 } url ? $"\n\n{url.TrimEnd('/')}{notice.Address}" : "";
                await mailer.SendAsync(notice.Email, notice.Text, notice.Text + link, ct, id: notice.Id);
                sent = true;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "A notice could not be sent by mail; it is tried again");
            }
        }
        var again = !sent && !notice.IsRead && now - notice.CreatedAt < GivenUpAfter;
        var wait = TimeSpan.FromSeconds(10 * Math.Pow(2, Math.Min(notice.Attempts, 10)));
        // By the number of the try, so that a portal whose claim ran out meanwhile changes nothing.
        await using var command = dataSource.CreateCommand("UPDATE notices SET mail_due_at = $3, mailed_at = $4 WHERE id = $1 AND mail_attempts = $2 AND mailed_at IS NULL");
        command.Parameters.AddWithValue(notice.Id);
        command.Parameters.AddWithValue(notice.Attempts);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = again ? now + (wait < LongestWait ? wait : LongestWait) : null });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = sent ? now : null });
        // What was sent must be noted, even while the portal stops.
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
