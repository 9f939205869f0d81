using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <param name="Signals">How many belong to it.</param>
/// <param name="Called">Names of those who were called, in the order in which they were.</param>
/// <param name="SecondsToAcknowledge">From the opening; null while nobody has it.</param>
public sealed record PageRow(
    int Number, string Title, SignalSeverity Severity, PageState State, string Team, string? Service, string? ServiceName, DateTimeOffset OpenedAt, int Signals, IReadOnlyList<string> Called,
    string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, double? SecondsToAcknowledge, DateTimeOffset? ResolvedAt, bool NobodyAnswered);

/// <param name="Open">How many wait for an answer, whatever the filter.</param>
public sealed record PageList(Page<PageRow> Pages, int Open, bool MayAnswer);

/// <summary>Pages: those that wait for an answer first, the most severe, the newest.</summary>
/// <param name="Mine">Only those about which the actor was called.</param>
/// <param name="Text">In title, team and service.</param>
public sealed record ListPages(PageState? State = null, string? Team = null, string? Service = null, string? Text = null, bool Mine = false, int Page = 1, int Size = 50)
{
    public sealed class Validator : AbstractValidator<ListPages>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, 100_000).WithMessage("Pages of the list are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page of the list holds 1 to 200.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<PageList>> HandleAsync(ListPages request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = from p in db.Pages.AsNoTracking()
                        join t in db.Teams on p.TeamId equals t.Id
                        join s in db.Services on p.ServiceId equals s.Id into services
                        from s in services.DefaultIfEmpty()
                        select new { Page = p, Team = t, Service = s };
            if (request.State is { } state)
                found = found.Where(f => f.Page.State == state);
            if (!string.IsNullOrWhiteSpace(request.Team))
                found = found.Where(f => f.Team.Slug == request.Team);
            if (!string.IsNullOrWhiteSpace(request.Service))
                found = found.Where(f => f.Service.Slug == request.Service);
            if (!string.IsNullOrWhiteSpace(request.Text))
            {
                var pattern = TextSearch.Contains(request.Text);
                found = found.Where(f => EF.Functions.ILike(f.Page.Title, pattern, "\\") || EF.Functions.ILike(f.Team.Name, pattern, "\\") || EF.Functions.ILike(f.Service.Name, pattern, "\\"));
            }
            if (request.Mine)
                found = found.Where(f => db.PageMessages.Any(m => m.PageId == f.Page.Id && m.PersonId == actor.PersonId));
            var total = await found.CountAsync(ct);
            var rows = await found
                .OrderBy(f => f.Page.State == PageState.Open ? 0 : f.Page.State == PageState.Acknowledged ? 1 : 2)
                .ThenBy(f => f.Page.State == PageState.Resolved ? 0
                    : f.Page.Severity == SignalSeverity.Critical ? 0 : f.Page.Severity == SignalSeverity.Error ? 1 : f.Page.Severity == SignalSeverity.Warning ? 2 : 3)
                .ThenByDescending(f => f.Page.Number)
                .Skip((request.Page - 1) * request.Size).Take(request.Size)
                .Select(f => new { f.Page, f.Team, f.Service, Signals = db.Signals.Count(k => k.PageId == f.Page.Id) }).ToListAsync(ct);
            var ids = rows.ConvertAll(r => r.Page.Id);
            var called = (await (from m in db.PageMessages join u in db.Users on m.PersonId equals u.Id where ids.Contains(m.PageId)
                                 group m by new { m.PageId, u.DisplayName } into g
                                 select new { g.Key.PageId, g.Key.DisplayName, First = g.Min(m => m.CreatedAt) }).ToListAsync(ct)).ToLookup(c => c.PageId);
            return new PageList(
                new Page<PageRow>(rows.ConvertAll(r => new PageRow(
                    r.Page.Number, r.Page.Title, r.Page.Severity, r.Page.State, r.Team.Name, r.Service?.Slug, r.Service?.Name, r.Page.OpenedAt, r.Signals,
                    [.. called[r.Page.Id].OrderBy(c => c.First).ThenBy(c => c.DisplayName).Select(c => c.DisplayName)],
                    r.Page.AcknowledgedByName, r.Page.AcknowledgedAt, (r.Page.AcknowledgedAt - r.Page.OpenedAt)?.TotalSeconds, r.Page.ResolvedAt, r.Page.ExhaustedAt is not null)), total, request.Page, request.Size),
                await db.Pages.CountAsync(p => p.State == PageState.Open, ct), actor.May(Permission.Respond));
        }
    }
}
