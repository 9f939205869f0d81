using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake;

/// <summary>
/// Makes signals of the portal's own burn alerts, so that they call people by the same rules, and stand in the same ledger, as what other
/// programs say. It looks at how the alerts stand, so that a second run adds nothing.
/// </summary>
public sealed class FollowBurnAlerts : IPass, IDisposable
{
    /// <summary>What fired earlier somebody has seen, or it was recorded afterwards. Product policy.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly IDisposable subscription;
    private volatile bool woken = true;

    public FollowBurnAlerts(IDbContextFactory<PortalDbContext> contexts, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.contexts = contexts;
        subscription = events.Subscribe("alerts", _ => woken = true);
    }

    public string Name => "follow-burn-alerts";

    /// <summary>At once after a notice; now and then in any case, since notices can be lost.</summary>
    public TimeSpan Every => woken ? PassRunner.Soon : TimeSpan.FromSeconds(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await SignalStore.LockAsync(db, null, ct);
        var news = await NewsAsync(db, now, ct);
        foreach (var about in news.GroupBy(n => (n.Team, n.Service)))
        {
            List<SignalReading> readings = [.. about.Select(n => n.Reading)];
            var book = await SignalStore.OpenAsync(db, new(null, SignalOrigin.BurnAlert, about.Key.Team, about.Key.Service, SignalSource.UsualServiceLabel), readings, now, ct);
            readings.ForEach(book.Take);
            await SignalStore.WriteAsync(db, book, ct);
        }
        if (news.Count > 0)
            await PortalEvents.PublishAsync(db, [SignalStore.Topic], ct);
        await transaction.CommitAsync(ct);
    }

    public void Dispose() => subscription.Dispose();

    private sealed record News(Guid Team, Guid Service, SignalReading Reading);

    /// <summary>Alerts that began to fire and are no signals yet, and signals whose alert has ended.</summary>
    private static async Task<List<News>> NewsAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var ours = db.Signals.Where(s => s.SourceId == null && s.Origin == SignalOrigin.BurnAlert);
        var firing = (await ours.Where(s => s.State != SignalState.Resolved).Select(s => s.DedupKey).ToListAsync(ct)).ConvertAll(Guid.Parse);
        var since = now - Fresh;
        var moved = await (from a in db.Alerts.AsNoTracking()
                           join o in db.Objectives on a.ObjectiveId equals o.Id
                           join s in db.Services on o.ServiceId equals s.Id
                           where firing.Contains(a.Id) ? a.ResolvedAt != null : a.ResolvedAt == null && a.FiredAt >= since && !ours.Any(k => k.DedupKey == a.Id.ToString())
                           orderby a.FiredAt
                           select new { Alert = a, Service = s, Objective = o }).ToListAsync(ct);
        return moved.ConvertAll(m => new News(m.Service.OwnerTeamId, m.Service.Id, new SignalReading(
            m.Alert.ResolvedAt is null ? SignalWord.Fires : SignalWord.IsResolved, m.Alert.Id.ToString(),
            SignalText.Clean(string.Create(CultureInfo.InvariantCulture, $"{m.Service.Name}: {m.Objective.Name} burns its budget {m.Alert.LongBurn:0.0} times as fast as it lasts"), Signal.MostTitle),
            m.Alert.Severity == AlertSeverity.Page ? SignalSeverity.Critical : SignalSeverity.Warning,
            new Dictionary<string, string> { [SignalSource.UsualServiceLabel] = m.Service.Slug, ["objective"] = m.Objective.Slug, ["severity"] = m.Alert.Severity == AlertSeverity.Page ? "page" : "ticket" },
            StartedAt: m.Alert.FiredAt, EndedAt: m.Alert.ResolvedAt)));
    }
}
