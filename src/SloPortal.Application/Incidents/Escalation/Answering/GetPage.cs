using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

public sealed record PageEventRow(DateTimeOffset At, string Sentence);

/// <param name="Level">From 1.</param>
/// <param name="Round">From 1.</param>
public sealed record PageMessageRow(string Person, ContactChannel Channel, string? Way, int Level, int Round, DateTimeOffset DueAt, PageMessageState State, DateTimeOffset? SentAt, int Attempts, string? LastError);

public sealed record PageSignalRow(Guid Id, string Title, SignalSeverity Severity, SignalState State, SignalOrigin Origin, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int TimesReceived);

/// <param name="NextLevel">From 1; null when nobody is to be called any more.</param>
public sealed record PageDetail(
    int Number, string Title, SignalSeverity Severity, PageState State, string Team, string TeamSlug, string? Service, string? ServiceName, string Policy, string Reason, DateTimeOffset OpenedAt,
    int? NextLevel, DateTimeOffset? NextStepAt, bool NobodyAnswered, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, AcknowledgedAs? AcknowledgedAs, AcknowledgedVia? AcknowledgedVia,
    DateTimeOffset? ResolvedAt, string? ResolvedBecause, IReadOnlyList<PageEventRow> Events, IReadOnlyList<PageMessageRow> Messages, IReadOnlyList<PageSignalRow> Signals, int SignalCount, bool MayAnswer);

/// <summary>One page: what it is about, who was called when and by which way, and why.</summary>
public sealed record GetPage(int Number)
{
    /// <summary>So many signals are shown; the ledger has all.</summary>
    private const int Signals = 100;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<PageDetail>> HandleAsync(GetPage request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from p in db.Pages.AsNoTracking()
                               join t in db.Teams on p.TeamId equals t.Id
                               join s in db.Services on p.ServiceId equals s.Id into services
                               from s in services.DefaultIfEmpty()
                               where p.Number == request.Number
                               select new { Page = p, t.Name, t.Slug, Service = s }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"Page {request.Number}");
            var page = found.Page;
            var events = await db.PageEvents.Where(e => e.PageId == page.Id).OrderBy(e => e.Id).Select(e => new PageEventRow(e.At, e.Sentence)).ToListAsync(ct);
            var messages = await (from m in db.PageMessages
                                  join u in db.Users on m.PersonId equals u.Id
                                  join c in db.ContactMethods on m.ContactId equals c.Id into ways
                                  from c in ways.DefaultIfEmpty()
                                  where m.PageId == page.Id
                                  orderby m.DueAt, m.Level, u.DisplayName, m.Channel
                                  select new PageMessageRow(u.DisplayName, m.Channel, c == null ? null : c.Hint, m.Level + 1, m.Round + 1, m.DueAt, m.State, m.SentAt, m.Attempts, m.LastError)).ToListAsync(ct);
            var signals = db.Signals.AsNoTracking().Where(s => s.PageId == page.Id);
            var shown = await signals.OrderByDescending(s => s.State != SignalState.Resolved).ThenByDescending(s => s.FirstReceivedAt).Take(Signals)
                .Select(s => new PageSignalRow(s.Id, s.Title, s.Severity, s.State, s.Origin, s.StartedAt, s.EndedAt, s.TimesReceived)).ToListAsync(ct);
            return new PageDetail(
                page.Number, page.Title, page.Severity, page.State, found.Name, found.Slug, found.Service?.Slug, found.Service?.Name, page.PolicyName, page.Reason, page.OpenedAt,
                page.NextStepAt is null ? null : page.NextLevel + 1, page.NextStepAt, page.ExhaustedAt is not null, page.AcknowledgedByName, page.AcknowledgedAt, page.AcknowledgedAs, page.AcknowledgedVia,
                page.ResolvedAt, page.ResolvedBecause, events, messages, shown, await signals.CountAsync(ct), actor.May(Permission.Respond));
        }
    }
}
