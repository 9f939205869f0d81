using System.Diagnostics;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Domain.Common;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>
/// Plays the story up to now, and goes on live: each minute the samples of that minute. Stopped in between, it goes on where it stood.
/// One portal of the database plays; the others wait.
/// </summary>
internal sealed class DemoPlay(DemoStage stage, DemoMark mark, DemoState state, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<DemoPlay> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The passes that run at the time of the story while it is told.</summary>
    private static readonly string[] Told = ["evaluate-budgets", "follow-signals", "find-disagreements", "look-for-degradation"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PlayAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("The demo pauses: {Reason}. It goes on in {Seconds} s.", e.Message, Patience.TotalSeconds);
            }
            await Task.Delay(Patience, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PlayAsync(CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        if (!await LockAsync(connection, "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", "demo", ct) || await mark.ReadAsync(ct) is not { } position)
            return;
        await stage.MeetServicesAsync(ct);
        await stage.Writer.StartAsync(ct);
        var troubles = new DemoTroubles(position.End);
        var releases = DemoReleases.Of(troubles, position.End);
        var slis = await stage.SlisAsync(ct);
        var feed = new DemoFeed(stage, troubles, releases, new DemoSenders(
            await stage.ScrapesAsync(ct), await stage.MailsAsync(ct), slis[("orders", "confirmation-mail")], await stage.ProbesAsync(ct), slis[("checkout", DemoServices.Probe)]));
        feed.Recall(position);
        var steps = new Queue<DemoStep>(DemoScript.Of(releases, troubles, position.End, (position.End - position.Start) / DemoCalendar.Whole).Where(s => s.At > position.Position));
        try
        {
            // The passes of all portals judge by the real clock, where there is nothing yet; they leave out what is locked.
            foreach (var pass in Told)
                await LockAsync(connection, "SELECT pg_advisory_lock(hashtextextended($1, 0)) IS NOT NULL", PassLocks.NameOf(pass), ct);
            position = await LoadAsync(feed, troubles, steps, position, ct);
            foreach (var pass in Told)
                await LockAsync(connection, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", PassLocks.NameOf(pass), ct);
            state.Complete();
            await GoOnAsync(feed, steps, position, ct);
        }
        finally
        {
            await stage.Writer.StopAsync(CancellationToken.None);
        }
    }

    private async Task<DemoPosition> LoadAsync(DemoFeed feed, DemoTroubles troubles, Queue<DemoStep> steps, DemoPosition position, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var began = position.Position;
        var told = -1;
        while (MinuteClock.Floor(clock.GetUtcNow()) is var now && position.Position < now)
        {
            position = await AnnounceAsync(position, Earlier(position.Position + troubles.PaceAt(position.Position), now), ct);
            position = await PlayToAsync(feed, steps, position, ct);
            await stage.EvaluateAsync(ct);
            if (troubles.IsRestlessAt(position.Position))
                await stage.FollowSignalsAsync(ct);
            await mark.WriteAsync(position, ct);
            var done = (position.Position - began) / (now - began);
            var share = (position.Position - position.Start) / (now - position.Start);
            var left = done > 0.02 ? watch.Elapsed * ((1 - done) / done) : (TimeSpan?)null;
            state.Report(new LoadProgress(share, left));
            if ((int)(share * 20) > told)
            {
                told = (int)(share * 20);
                logger.LogInformation("Demo data: {Percent:0} %{Left}", share * 100, left is { } estimate ? $", about {estimate.TotalSeconds:0} s left" : "");
            }
        }
        logger.LogInformation("The demo's history is complete after {Seconds:0} s", watch.Elapsed.TotalSeconds);
        return position;
    }

    private async Task GoOnAsync(DemoFeed feed, Queue<DemoStep> steps, DemoPosition position, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var next = position.Position.AddMinutes(1);
            if (next - clock.GetUtcNow() is { Ticks: > 0 } wait)
                await Task.Delay(wait, clock, ct);
            position = await AnnounceAsync(position, next, ct);
            position = await PlayToAsync(feed, steps, position, ct);
            await mark.WriteAsync(position, ct);
        }
    }

    /// <summary>Notes up to where is played next; after a crash it is where it would have been.</summary>
    private async Task<DemoPosition> AnnounceAsync(DemoPosition position, DateTimeOffset until, CancellationToken ct)
    {
        if (position.Until > position.Position)
            return position;
        position = position with { Until = until };
        await mark.WriteAsync(position, ct);
        return position;
    }

    /// <summary>Sends the minutes after the position up to where it was announced, and plays what happened until then.</summary>
    private async Task<DemoPosition> PlayToAsync(DemoFeed feed, Queue<DemoStep> steps, DemoPosition position, CancellationToken ct)
    {
        var instant = position.Until!.Value;
        while (position.Position < instant)
        {
            // A step stands between the samples before and after it, as its evidence does.
            var stop = steps.TryPeek(out var step) && step.At < instant ? Later(MinuteClock.Floor(step.At), position.Position) : instant;
            stage.Clock.MoveTo(stop);
            if (stop > position.Position)
                await feed.SendAsync(feed.Make(position.Position.AddMinutes(1), (int)(stop - position.Position).TotalMinutes), ct);
            position = position with { Position = stop };
            while (steps.TryPeek(out step) && step.At < stop.AddMinutes(1))
            {
                stage.Clock.MoveTo(step.At);
                await steps.Dequeue().PlayAsync(stage, ct);
            }
        }
        return position;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static async Task<bool> LockAsync(NpgsqlConnection connection, string sql, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
