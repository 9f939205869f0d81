using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SloPortal.Data;

namespace SloPortal.Application.Common;

/// <summary>
/// Live notices across all portals of one database, through PostgreSQL's LISTEN and NOTIFY. A notice carries a topic only
/// ("objective/&lt;id&gt;", "alerts"); whoever is woken reads what it may see.
/// </summary>
public sealed class PortalEvents(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<PortalEvents> logger) : BackgroundService
{
    private const string Channel = "portal_events";

    /// <summary>How long a notice is remembered for whoever subscribes late.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> heard = [];
    private readonly ConcurrentDictionary<Guid, Subscriber> keepers = [];
    private readonly ConcurrentDictionary<Guid, Subscriber> subscribers = [];
    private long forgotAt;

    /// <summary>
    /// Calls <paramref name="wake"/> with the topic of every notice that begins with the prefix, until disposed. It runs in the context
    /// that subscribes: a page woken by somebody else's request must not take that request, and its person, for its own.
    /// </summary>
    public IDisposable Subscribe(string prefix, Action<string> wake) => Add(subscribers, prefix, wake);

    /// <summary>
    /// As <see cref="Subscribe(string, Action{string})"/>, for whoever read at <paramref name="since"/> what the notices are about: what
    /// was heard from then on, or may have been, wakes it at once.
    /// </summary>
    public IDisposable Subscribe(string prefix, Action<string> wake, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(wake);
        var subscription = Subscribe(prefix, wake);
        if (since < clock.GetUtcNow() - Remembered)
            wake("");
        else if (heard.FirstOrDefault(h => h.Value >= since && Concerns(h.Key, prefix)) is { Key: { } topic })
            wake(topic);
        return subscription;
    }

    /// <summary>As <see cref="Subscribe"/>, but before all of those: for what is kept and must not answer them any more.</summary>
    internal IDisposable SubscribeFirst(string prefix, Action<string> wake) => Add(keepers, prefix, wake);

    private static Subscription Add(ConcurrentDictionary<Guid, Subscriber> to, string prefix, Action<string> wake)
    {
        var key = Guid.NewGuid();
        to[key] = new Subscriber(prefix, wake, ExecutionContext.Capture());
        return new Subscription(() => to.TryRemove(key, out _));
    }

    internal static async Task PublishAsync(PortalDbContext db, IReadOnlyCollection<string> topics, CancellationToken ct)
    {
        foreach (var topic in topics)
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {topic})", ct);
    }

    /// <summary>For what does not go through <see cref="UnitOfWork"/>: passes and ingest.</summary>
    public static async Task PublishAsync(NpgsqlConnection connection, string topic, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = Channel }, new() { Value = topic } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, notice) => Deliver(notice.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                // What was published while nobody listened is lost; wake everybody once so that they read again.
                Deliver("");
                while (true)
                    await connection.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                logger.LogWarning("Live updates pause: the database cannot be reached ({Reason}). Trying again.", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Wakes this portal's own subscribers at once; the notice of the database wakes them again with all others.</summary>
    internal void Deliver(IReadOnlyCollection<string> topics)
    {
        foreach (var topic in topics)
            Deliver(topic);
    }

    private void Deliver(string topic)
    {
        Remember(topic);
        foreach (var (_, subscriber) in keepers.Concat(subscribers))
        {
            if (!Concerns(topic, subscriber.Prefix))
                continue;
            try
            {
                subscriber.Hear(topic);
            }
            catch (Exception e)
            {
                logger.LogError(e, "A subscriber to {Prefix} failed on {Topic}", subscriber.Prefix, topic);
            }
        }
    }

    // The empty topic stands for all: that notices may have been lost.
    private static bool Concerns(string topic, string prefix) => topic.Length == 0 || topic.StartsWith(prefix, StringComparison.Ordinal);

    private void Remember(string topic)
    {
        var now = clock.GetUtcNow();
        heard[topic] = now;
        if (now.UtcTicks - Interlocked.Read(ref forgotAt) < Remembered.Ticks)
            return;
        Interlocked.Exchange(ref forgotAt, now.UtcTicks);
        foreach (var old in heard.Where(h => h.Value < now - Remembered))
            heard.TryRemove(old);
    }

    private sealed record Subscriber(string Prefix, Action<string> Wake, ExecutionContext? Context)
    {
        public void Hear(string topic)
        {
            if (Context is null)
                Wake(topic);
            else
                ExecutionContext.Run(Context, _ => Wake(topic), null);
        }
    }

    private sealed class Subscription(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
