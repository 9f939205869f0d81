using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Ledger;

/// <summary>A source as a filter names it.</summary>
public sealed record SignalSourceName(Guid Id, string Name);

/// <param name="Firing">How many last, whatever the filter.</param>
/// <param name="Sources">What can be chosen from, removed sources included.</param>
public sealed record SignalList(Page<SignalRow> Signals, int Firing, IReadOnlyList<SignalSourceName> Sources);

/// <summary>The ledger: every signal with what happened to it and why, the one that was heard of last first.</summary>
/// <param name="Text">In title, description and key.</param>
/// <param name="Service">Slug.</param>
/// <param name="Outcome">Of any of its events.</param>
/// <param name="Silence">Only what this silence kept from calling.</param>
/// <param name="Waiting">True for those of which an event waits for its decision.</param>
public sealed record ListSignals(
    string? Text = null, string? Service = null, SignalState? State = null, SignalOutcome? Outcome = null, Guid? Source = null, bool Waiting = false, int Page = 1, int Size = 50, Guid? Silence = null)
{
    public sealed class Validator : AbstractValidator<ListSignals>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, Page<SignalRow>.Last).WithMessage("Pages are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 200).WithMessage("A page holds 1 to 200 signals.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<SignalList>> HandleAsync(ListSignals request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = Matching(db, request);
            var total = await found.CountAsync(ct);
            var rows = await found.OrderByDescending(s => s.LastReceivedAt).ThenByDescending(s => s.Id)
                .Skip((request.Page - 1) * request.Size).Take(request.Size).Rows(db).ToListAsync(ct);
            return new SignalList(
                new Page<SignalRow>([.. rows.OrderByDescending(r => r.LastReceivedAt).ThenByDescending(r => r.Id)], total, request.Page, request.Size),
                await db.Signals.CountAsync(s => s.State != SignalState.Resolved, ct),
                await db.SignalSources.AsNoTracking().OrderBy(s => s.Name).Select(s => new SignalSourceName(s.Id, s.Name)).ToListAsync(ct));
        }

        private static IQueryable<Signal> Matching(PortalDbContext db, ListSignals request)
        {
            var signals = db.Signals.AsNoTracking();
            if (!string.IsNullOrWhiteSpace(request.Text))
            {
                var pattern = TextSearch.Contains(request.Text);
                signals = signals.Where(s => EF.Functions.ILike(s.Title, pattern, "\\") || EF.Functions.ILike(s.Description!, pattern, "\\") || EF.Functions.ILike(s.DedupKey, pattern, "\\"));
            }
            if (!string.IsNullOrWhiteSpace(request.Service))
                signals = signals.Where(s => db.Services.Any(x => x.Id == s.ServiceId && x.Slug == request.Service));
            if (request.State is { } state)
                signals = signals.Where(s => s.State == state);
            if (request.Source is { } source)
                signals = signals.Where(s => s.SourceId == source);
            if (request.Outcome is { } outcome)
                signals = signals.Where(s => db.SignalEvents.Any(e => e.SignalId == s.Id && e.Outcome == outcome));
            if (request.Silence is { } silence)
                signals = signals.Where(s => db.SignalEvents.Any(e => e.SignalId == s.Id && e.SilenceId == silence));
            if (request.Waiting)
                signals = signals.Where(s => db.SignalEvents.Any(e => e.SignalId == s.Id && e.DecidedAt == null));
            return signals;
        }
    }
}
