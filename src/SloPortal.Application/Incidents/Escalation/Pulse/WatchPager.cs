using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Pulse;

/// <summary>
/// The dead man's switch: once a minute, while the pager lives, a service outside hears of it; when it stays away, that one tells somebody
/// by a way that does not lead through the portal. Administrators are told here too, of a pager that stands still and of a heartbeat that nobody takes.
/// </summary>
public sealed class WatchPager(
    PulseReader pulse, HeartbeatSecret secret, IDbContextFactory<PortalDbContext> contexts, UnitOfWork work, IOptions<NotificationSettings> settings, ILogger<WatchPager> logger) : IPass, IDisposable
{
    /// <summary>A lost answer is no news; as many in a row are.</summary>
    private const int ToldAfter = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly GuardedHttp http = new(new(settings.Value.AllowPrivateAddresses, settings.Value.AllowedHosts), Patience);

    public string Name => "watch-pager";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var seen = await pulse.ReadAsync(now, ct);
        PagerWatch before;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            before = await PagerWatch.ReadAsync(db, ct);
        var beat = before.Heartbeat;
        if (seen.IsAlive && beat is not null)
        {
            var problem = await OneTry.RunAsync(limit => SendAsync(beat, limit), Patience, ct);
            beat = problem is null ? beat with { SentAt = now, Failures = 0, Problem = null } : beat with { Failures = beat.Failures + 1, Problem = problem };
        }
        // A portal that starts after a long rest finds everything late, so a stop is told of when it is seen for the second time.
        var after = new PagerWatch(beat, seen.IsAlive ? null : before.StoppedSince ?? now, !seen.IsAlive && before.StoppedSince is not null);
        if (after != before)
            await KeepAsync(before, after, seen, ct);
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> SendAsync(Heartbeat beat, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, secret.Reveal(beat.ProtectedAddress));
        request.Headers.UserAgent.ParseAdd("SloPortal");
        using var response = await http.SendAsync(request, ct);
        return response.IsSuccessStatusCode ? null : $"It answered {(int)response.StatusCode}; 200 to 299 was expected.";
    }

    private async Task KeepAsync(PagerWatch before, PagerWatch after, Pulse seen, CancellationToken ct)
    {
        if (after.IsTold != before.IsTold)
            await TellAsync(
                before, after, after.IsTold ? "pager.stopped" : "pager.lives",
                after.IsTold ? $"The pager has stopped: {seen.Findings[0].What} Nobody may be called meanwhile." : "The pager lives again.", new { seen.Findings }, ct);
        else if (after.Heartbeat?.Failures == ToldAfter)
            await TellAsync(
                before, after, "pager_heartbeat.failed", $"{after.Heartbeat.Host} does not take the pager's heartbeat. {after.Heartbeat.Problem}", new { after.Heartbeat.Host, after.Heartbeat.Problem }, ct);
        else
            await NoteAsync(before, after, ct);
    }

    private async Task TellAsync(PagerWatch before, PagerWatch after, string action, string text, object details, CancellationToken ct)
    {
        logger.LogWarning("{News}", text);
        await work.ChangeAsync<WatchPager, Done>(this, Actor.System("pager watch"), Permission.Respond, async change =>
        {
            await PagerWatch.ChangeAsync(change.Db, w => Merged(w, before, after), ct);
            change.Tell(await PersonRoles.Holders(change.Db, Role.Administrator).ToListAsync(ct), text, PageAddresses.Health, byMail: true);
            change.Audit(action, "portal", "pager", "Pager", details);
            change.Publish(PagerWatch.Topic);
            return Done.Value;
        }, ct);
    }

    /// <summary>A beat that was taken, or missed once, is no change that anybody made: it stands in no audit.</summary>
    private async Task NoteAsync(PagerWatch before, PagerWatch after, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PagerWatch.ChangeAsync(db, w => Merged(w, before, after), ct);
        await db.SaveChangesAsync(ct);
        await PortalEvents.PublishAsync(db, [PagerWatch.Topic], ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Somebody may have named another address meanwhile; nothing is known of that one yet.</summary>
    private static PagerWatch Merged(PagerWatch now, PagerWatch before, PagerWatch after) =>
        after with { Heartbeat = now.Heartbeat == before.Heartbeat ? after.Heartbeat : now.Heartbeat };
}
