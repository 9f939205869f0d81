using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Detection;

/// <summary>An alert that belongs to an open incident and has not joined it.</summary>
internal sealed class AlertToJoin
{
    public int Number { get; init; }
    public Guid AlertId { get; init; }
    public Guid ObjectiveId { get; init; }
    public Guid ServiceId { get; init; }
}

/// <summary>An alert that may be an incident.</summary>
internal sealed record PageToPropose(Guid AlertId, Guid ObjectiveId, string Name, DateTimeOffset FiredAt);

/// <summary>What alerts and deployments ask of the incidents.</summary>
internal static class Signals
{
    /// <summary>A deployment so long before the start may be the cause. Product policy.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromHours(2);

    /// <summary>Alerts of touched objectives that fire during an open incident, or fired during it.</summary>
    public static IQueryable<AlertToJoin> AlertsToJoin(PortalDbContext db) =>
        from i in Open(db)
        from touched in i.Objectives
        join a in db.Alerts on touched.ObjectiveId equals a.ObjectiveId
        join o in db.Objectives on a.ObjectiveId equals o.Id
        where (a.ResolvedAt == null || a.ResolvedAt >= i.StartedAt) && !i.Alerts.Any(x => x.AlertId == a.Id)
        select new AlertToJoin { Number = i.Number, AlertId = a.Id, ObjectiveId = a.ObjectiveId, ServiceId = o.ServiceId };

    /// <summary>
    /// Pages that belong to no incident and to no proposal, the earliest first. Those that fired while a proposal of their objective
    /// waited are part of it, whatever was decided.
    /// </summary>
    public static IQueryable<PageToPropose> PagesToPropose(PortalDbContext db, DateTimeOffset firing, DateTimeOffset ended) =>
        from a in db.Alerts
        join o in db.Objectives on a.ObjectiveId equals o.Id
        join s in db.Services on o.ServiceId equals s.Id
        where a.Severity == AlertSeverity.Page && a.FiredAt >= (a.ResolvedAt == null ? firing : ended)
            && !db.Incidents.Any(i => i.Alerts.Any(x => x.AlertId == a.Id))
            && !db.IncidentProposals.Any(p => p.ObjectiveId == a.ObjectiveId
                && (p.State == IncidentProposalState.Waiting || p.AlertId == a.Id
                    || (p.DecidedAt >= a.FiredAt && db.Alerts.Any(first => first.Id == p.AlertId && first.FiredAt <= a.FiredAt))))
        orderby a.FiredAt, a.RuleIndex
        select new PageToPropose(a.Id, a.ObjectiveId, s.Name + ": " + o.Name, a.FiredAt);

    /// <summary>Numbers of incidents whose timeline lacks something.</summary>
    public static async Task<IReadOnlyList<int>> IncidentsWithNewsAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var incidents = Followed(db);
        return await Fired(db, incidents).Select(a => a.Incident).Concat(Ended(db, incidents).Select(a => a.Incident)).Concat(Deployed(db, incidents, now).Select(d => d.Incident))
            .Distinct().OrderBy(n => n).ToListAsync(ct);
    }

    /// <summary>The entries that the timeline of the incident lacks, in the order in which they happened.</summary>
    public static async Task<IReadOnlyList<NewEntry>> NewsAsync(PortalDbContext db, Incident incident, DateTimeOffset now, CancellationToken ct)
    {
        var one = Followed(db).Where(i => i.Id == incident.Id);
        var entries = new List<NewEntry>();
        entries.AddRange((await Fired(db, one).ToListAsync(ct)).Select(a => new NewEntry(
            EntryKind.Alert, $"{Word(a.Severity)} alert fired: {a.Name} burns its budget {Times(a.LongBurn)} over {HumanDuration.Text(a.LongWindow)}, more than {Times(a.Factor)}",
            a.FiredAt, FiredKey(a.Id), new { Alert = a.Id, Event = "fired", a.LongBurn, a.ShortBurn, a.Factor }, BurnAlert)));
        entries.AddRange((await Ended(db, one).ToListAsync(ct)).Select(a => new NewEntry(
            EntryKind.Alert, $"{Word(a.Severity)} alert ended: {a.Name}, after {HumanDuration.Text(a.ResolvedAt!.Value - a.FiredAt)}. {a.EndReason ?? "The burn fell below its line."}",
            a.ResolvedAt, EndedKey(a.Id), new { Alert = a.Id, Event = "ended" }, BurnAlert)));
        entries.AddRange((await Deployed(db, one, now).ToListAsync(ct)).Select(d => new NewEntry(
            EntryKind.Deployment, $"{d.Service} {d.Version} went to {d.Environment}" + (d.Url is null ? "" : $" {d.Url}"),
            d.DeployedAt, DeploymentKey(d.Id), new { Deployment = d.Id, d.Version, d.Environment, d.Url, d.RecordedBy }, Deployment)));
        return [.. entries.OrderBy(e => e.OccurredAt)];
    }

    private const string BurnAlert = "burn alert";
    private const string Deployment = "deployment";

    /// <summary>Of the entry that says that an alert fired.</summary>
    public static string FiredKey(Guid alert) => $"alert/{alert}/fired";
    private static string EndedKey(Guid alert) => $"alert/{alert}/ended";
    private static string DeploymentKey(Guid deployment) => $"deployment/{deployment}";

    private static IQueryable<Incident> Open(PortalDbContext db) =>
        db.Incidents.Where(i => i.MergedIntoId == null && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed);

    // Whether an entry is known is asked of the incident and of those merged into it, each by the index of its timeline.
    // An alert may end, and a deployment be reported, after the incident was resolved.
    private static IQueryable<Incident> Followed(PortalDbContext db) => db.Incidents.Where(i => i.MergedIntoId == null && i.Status != IncidentStatus.Closed);

    private static IQueryable<AlertNews> Fired(PortalDbContext db, IQueryable<Incident> incidents) =>
        Alerts(db, incidents).Where(a => !db.TimelineEntries.Any(e => e.IncidentId == a.IncidentId && e.ClientKey == "alert/" + a.Id.ToString() + "/fired")
            && !db.Incidents.Any(m => m.MergedIntoId == a.IncidentId && db.TimelineEntries.Any(e => e.IncidentId == m.Id && e.ClientKey == "alert/" + a.Id.ToString() + "/fired")));

    private static IQueryable<AlertNews> Ended(PortalDbContext db, IQueryable<Incident> incidents) =>
        Alerts(db, incidents).Where(a => a.ResolvedAt != null && !db.TimelineEntries.Any(e => e.IncidentId == a.IncidentId && e.ClientKey == "alert/" + a.Id.ToString() + "/ended")
            && !db.Incidents.Any(m => m.MergedIntoId == a.IncidentId && db.TimelineEntries.Any(e => e.IncidentId == m.Id && e.ClientKey == "alert/" + a.Id.ToString() + "/ended")));

    private static IQueryable<AlertNews> Alerts(PortalDbContext db, IQueryable<Incident> incidents) =>
        from i in incidents
        from joined in i.Alerts
        join a in db.Alerts on joined.AlertId equals a.Id
        join o in db.Objectives on a.ObjectiveId equals o.Id
        join s in db.Services on o.ServiceId equals s.Id
        select new AlertNews
        {
            IncidentId = i.Id, Incident = i.Number, Id = a.Id, Name = s.Name + ": " + o.Name, Severity = a.Severity, LongWindow = a.LongWindow, LongBurn = a.LongBurn,
            ShortBurn = a.ShortBurn, Factor = a.Factor, FiredAt = a.FiredAt, ResolvedAt = a.ResolvedAt, EndReason = a.EndReason,
        };

    private static IQueryable<DeploymentNews> Deployed(PortalDbContext db, IQueryable<Incident> incidents, DateTimeOffset now) =>
        from i in incidents
        from touched in i.Services
        join s in db.Services on touched.ServiceId equals s.Id
        join d in db.Deployments on s.Id equals d.ServiceId
        where d.DeployedAt >= i.StartedAt - Before && d.DeployedAt <= (i.EndedAt ?? now)
            && !db.TimelineEntries.Any(e => e.IncidentId == i.Id && e.ClientKey == "deployment/" + d.Id.ToString())
            && !db.Incidents.Any(m => m.MergedIntoId == i.Id && db.TimelineEntries.Any(e => e.IncidentId == m.Id && e.ClientKey == "deployment/" + d.Id.ToString()))
        select new DeploymentNews
        {
            Incident = i.Number, Id = d.Id, Service = s.Name, Version = d.Version, Environment = d.Environment, Url = d.Url, RecordedBy = d.RecordedBy, DeployedAt = d.DeployedAt,
        };

    private static string Word(AlertSeverity severity) => severity == AlertSeverity.Page ? "Page" : "Ticket";

    private static string Times(double burn) => string.Create(CultureInfo.InvariantCulture, $"{burn:0.#} times");

    private sealed class AlertNews
    {
        public Guid IncidentId { get; init; }
        public int Incident { get; init; }
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public AlertSeverity Severity { get; init; }
        public TimeSpan LongWindow { get; init; }
        public double LongBurn { get; init; }
        public double ShortBurn { get; init; }
        public double Factor { get; init; }
        public DateTimeOffset FiredAt { get; init; }
        public DateTimeOffset? ResolvedAt { get; init; }
        public string? EndReason { get; init; }
    }

    private sealed class DeploymentNews
    {
        public int Incident { get; init; }
        public Guid Id { get; init; }
        public string Service { get; init; } = "";
        public string Version { get; init; } = "";
        public string Environment { get; init; } = "";
        public string? Url { get; init; }
        public string RecordedBy { get; init; } = "";
        public DateTimeOffset DeployedAt { get; init; }
    }
}
