using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Alerts;

/// <summary>An alert with the evidence that fired it, where it stands now, and who was told.</summary>
/// <param name="LongBurnNow">Only while it fires; null without events.</param>
/// <param name="NoDataSince">While it fires: since when nothing arrived that could resolve it.</param>
/// <param name="Unit">What was counted: "events", "minutes" or "slices".</param>
/// <param name="Told">Empty when the alert of another rule of the same severity had told already, or the team has no target.</param>
public sealed record AlertRow(
    Guid Id, string Service, string ServiceName, string Objective, string ObjectiveName, AlertSeverity Severity, int LongMinutes, int ShortMinutes, double Factor,
    DateTimeOffset FiredAt, DateTimeOffset? ResolvedAt, string? EndReason, double LongBurn, double ShortBurn, double? LongBurnNow, double? ShortBurnNow,
    DateTimeOffset? NoDataSince, double LongBad, double LongTotal, double ShortBad, double ShortTotal, double? LeftShare, string Unit, IReadOnlyList<ToldRow> Told);

public sealed record ToldRow(NotificationEvent Event, NotificationChannel Channel, string Address, NotificationState State, int Attempts, DateTimeOffset? SentAt, string? LastError);

/// <summary>Alerts, firing ones first, then the newest.</summary>
/// <param name="Filter">In the names of service and objective.</param>
/// <param name="Service">Slug of a service, to see only its alerts.</param>
/// <param name="Firing">True for those that fire, false for those that ended, null for both.</param>
public sealed record ListAlerts(string? Filter = null, bool? Firing = null, AlertSeverity? Severity = null, int Page = 1, int Size = 50, string? Service = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<Page<AlertRow>>> HandleAsync(ListAlerts request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var (number, size) = (Math.Clamp(request.Page, 1, Page<AlertRow>.Last), Math.Clamp(request.Size, 1, 200));
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = from a in db.Alerts.AsNoTracking()
                       join o in db.Objectives on a.ObjectiveId equals o.Id
                       join v in db.ObjectiveVersions on a.VersionId equals v.Id
                       join s in db.Services on o.ServiceId equals s.Id
                       select new { Alert = a, v.Method, Objective = o, Service = s };
            if (!string.IsNullOrWhiteSpace(request.Filter))
            {
                var pattern = TextSearch.Contains(request.Filter);
                rows = rows.Where(r => EF.Functions.ILike(r.Service.Name, pattern, "\\") || EF.Functions.ILike(r.Objective.Name, pattern, "\\") || EF.Functions.ILike(r.Service.Slug, pattern, "\\"));
            }

            if (!string.IsNullOrWhiteSpace(request.Service))
                rows = rows.Where(r => r.Service.Slug == request.Service);
            if (request.Firing is { } firing)
                rows = rows.Where(r => r.Alert.ResolvedAt == null == firing);
            if (request.Severity is { } severity)
                rows = rows.Where(r => r.Alert.Severity == severity);
            var total = await rows.CountAsync(ct);
            var found = await rows.OrderBy(r => r.Alert.ResolvedAt != null).ThenByDescending(r => r.Alert.FiredAt).ThenBy(r => r.Alert.RuleIndex)
                .Skip((number - 1) * size).Take(size).ToListAsync(ct);

            var ids = found.ConvertAll(r => r.Alert.Id);
            var now = await db.AlertRuleStates.AsNoTracking().Where(s => s.AlertId != null && ids.Contains(s.AlertId.Value)).ToDictionaryAsync(s => s.AlertId!.Value, ct);
            var told = (await (from n in db.Notifications.AsNoTracking()
                               join t in db.NotificationTargets on n.TargetId equals t.Id
                               where ids.Contains(n.AlertId)
                               orderby n.CreatedAt
                               select new { n, t }).ToListAsync(ct))
                .ToLookup(r => r.n.AlertId, r => new ToldRow(r.n.Event, r.t.Channel, ListNotificationTargets.Masked(r.t), r.n.State, r.n.Attempts, r.n.SentAt, r.n.LastError));
            return new Page<AlertRow>(
                found.ConvertAll(r => Row(r.Alert, r.Method.Unit, r.Service.Slug, r.Service.Name, r.Objective.Slug, r.Objective.Name, now.GetValueOrDefault(r.Alert.Id), [.. told[r.Alert.Id]])),
                total, number, size);
        }

        private static AlertRow Row(Alert a, string unit, string service, string serviceName, string objective, string objectiveName, AlertRuleState? now, IReadOnlyList<ToldRow> told) => new(
            a.Id, service, serviceName, objective, objectiveName, a.Severity, (int)a.LongWindow.TotalMinutes, (int)a.ShortWindow.TotalMinutes, a.Factor,
            a.FiredAt, a.ResolvedAt, a.EndReason, a.LongBurn, a.ShortBurn, now?.LongBurn, now?.ShortBurn, now?.NoDataSince,
            new EventCounts(a.LongGood, a.LongTotal).Bad, a.LongTotal, new EventCounts(a.ShortGood, a.ShortTotal).Bad, a.ShortTotal, a.LeftShare, unit, told);
    }
}
