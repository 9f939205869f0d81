using SloPortal.Data;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Ledger;

internal static class SignalRows
{
    /// <summary>Each signal with its source, its service and what happened to it last.</summary>
    public static IQueryable<SignalRow> Rows(this IQueryable<Signal> signals, PortalDbContext db) =>
        from s in signals
        join source in db.SignalSources on s.SourceId equals (Guid?)source.Id into sources
        from source in sources.DefaultIfEmpty()
        join service in db.Services on s.ServiceId equals (Guid?)service.Id into services
        from service in services.DefaultIfEmpty()
        join team in db.Teams on s.TeamId equals team.Id
        select new SignalRow(
            s.Id, s.Title, s.Origin, s.SourceId, source == null ? null : source.Name, source == null ? null : db.Teams.Where(t => t.Id == source.TeamId).Select(t => t.Slug).FirstOrDefault(),
            service == null ? null : service.Slug, service == null ? null : service.Name, team.Slug, team.Name, s.State, s.Severity,
            s.StartedAt, s.EndedAt, s.LastReceivedAt, s.TimesReceived, db.Pages.Where(p => p.Id == s.PageId).Select(p => (int?)p.Number).FirstOrDefault(),
            db.SignalEvents.Where(e => e.SignalId == s.Id && e.Kind != SignalEventKind.Repeated).OrderByDescending(e => e.Id)
                .Select(e => new LastSignalEvent(e.Kind, e.ReceivedAt, e.Outcome, e.Reason)).FirstOrDefault());
}
