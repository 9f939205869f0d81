using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>Forgets addresses whose owners did not answer, and what became of mails that were sent or given up long ago.</summary>
public sealed class ForgetSubscribers(NpgsqlDataSource dataSource) : IPass
{
    /// <summary>So long what became of a mail is kept. Product policy.</summary>
    public static readonly TimeSpan MailsAreKept = TimeSpan.FromDays(30);

    public string Name => "forget-subscribers";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new("DELETE FROM status_subscribers WHERE confirmed_at IS NULL AND asked_at <= $1") { Parameters = { new() { Value = now - StatusSubscriber.ConfirmWithin } } });
        batch.BatchCommands.Add(new("DELETE FROM subscriber_mails WHERE state <> 'Waiting' AND created_at <= $1") { Parameters = { new() { Value = now - MailsAreKept } } });
        await batch.ExecuteNonQueryAsync(ct);
    }
}
