using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Fatigue;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Fatigue;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <param name="Signals">How many belong to it.</param>
/// <param name="Called">Names of those who were called, in the order in which they were.</param>
/// <param name="SecondsToAcknowledge">From the opening; null while nobody has it.</param>
public sealed record PageRow(
    int Number, string Title, SignalSeverity Severity, PageState State, string Team, string? Service, string? ServiceName, DateTimeOffset OpenedAt, int Signals, IReadOnlyList<string> Called,
    string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, double? SecondsToAcknowledge, DateTimeOffset? ResolvedAt, bool NobodyAnswered);

/// <param name="Open">How many wait for an answer, whatever the filter.</param>
/// <param name="Person">The name of the person of the slice.</param>
public sealed record PageList(Page<PageRow> Pages, int Open, bool MayAnswer, string? Person = null);

/// <summary>The pages behind a figure of the fatigue report: tests are left out, and times are as there.</summary>
/// <param name="From">Of the opening; null is 28 days before <paramref name="To"/>.</param>
/// <param name="To">Exclusive; null is now. The span has at most 366 days.</param>
public sealed record FatigueSlice(DateTimeOffset? From, DateTimeOffset? To, PageSlice Pages);

/// <summary>Pages: those that wait for an answer first, the most severe, the newest.</summary>
/// <param name="Mine">Only those about which the actor was called.</param>
/// <param name="Text">In title, team and service.</param>
/// <param name="Slice">Only the pages that a figure of the fatigue report counts.</param>
public sealed record ListPages(
    PageState? State = null, string? Team = null, string? Service = null, string? Text = null, bool Mine = false, int Page = 1, int Size = 50, FatigueSlice? Slice = null)
{
    public sealed class Validator : AbstractValidator<ListPages>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, 100_000).WithMessage("Pages of the list are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page of the list holds 1 to 200.");
            RuleFor(r => r.Slice!.Pages.Hour).InclusiveBetween(0, 23).When(r => r.Slice is not null).WithMessage("Hours are counted from 0 to 23.");
            RuleFor(r => r.Slice!.Pages.Bar).InclusiveBetween(0, WaitBar.Bounds.Count).When(r => r.Slice is not null).WithMessage($"Bars are counted from 0 to {WaitBar.Bounds.Count}.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
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
            string? person = null;
            if (request.Slice is { } slice)
            {
                var held = await HeldAsync(db, slice, request.Team, ct);
                if (!held.Succeeded)
                    return held.Refusal;
                (var pages, person) = held.Value;
                found = found.Where(f => pages.Contains(f.Page.Id));
            }
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
                await db.Pages.CountAsync(p => p.State == PageState.Open, ct), actor.May(Permission.Respond), person);
        }

        /// <summary>By the calculation that made the figure, so that it and the list agree.</summary>
        private async Task<Outcome<(List<Guid> Pages, string? Person)>> HeldAsync(PortalDbContext db, FatigueSlice slice, string? team, CancellationToken ct)
        {
            var now = clock.GetUtcNowInMicroseconds();
            var span = FatigueSpan.Of(slice.From, slice.To, now);
            if (!span.Succeeded)
                return span.Refusal;
            Guid? teamId = string.IsNullOrWhiteSpace(team) ? null : await db.Teams.Where(t => t.Slug == team).Select(t => t.Id).SingleOrDefaultAsync(ct);
            var facts = await FatigueFacts.ReadAsync(db, span.Value, teamId, slice.Pages.Person, ct);
            if (!facts.Succeeded)
                return facts.Refusal;
            var zones = facts.Value.Zones();
            var name = slice.Pages.Person is { } person ? await db.Users.Where(u => u.Id == person).Select(u => u.DisplayName).SingleOrDefaultAsync(ct) : null;
            return (facts.Value.Pages.Where(p => slice.Pages.Holds(p, zones, now)).Select(p => p.Id).ToList(), name);
        }
    }
}
