using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Ledger;

/// <param name="DecidedAt">Null while it waits for the decision.</param>
/// <param name="Page">Number of the page that was opened, joined or ended.</param>
public sealed record SignalEventRow(
    long Id, SignalEventKind Kind, DateTimeOffset ReceivedAt, string? Note, DateTimeOffset? DecidedAt, SignalOutcome? Outcome, string? Reason, int? Page);

/// <param name="Events">The newest first, at most <see cref="GetSignal.MostEvents"/>.</param>
/// <param name="TotalEvents">How many lines of the ledger there are about it.</param>
public sealed record SignalDetails(
    SignalRow Signal, string? Description, string? Link, string DedupKey, IReadOnlyDictionary<string, string> Labels, DateTimeOffset FirstReceivedAt, DateTimeOffset? ExpiresAt,
    IReadOnlyList<SignalEventRow> Events, int TotalEvents);

/// <summary>One signal with its labels and all that was received about it.</summary>
public sealed record GetSignal(Guid Id)
{
    public const int MostEvents = 200;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<SignalDetails>> HandleAsync(GetSignal request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var signal = await db.Signals.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.Id, ct);
            if (signal is null)
                return Refusal.NotFound("The signal");
            var row = await db.Signals.AsNoTracking().Where(s => s.Id == request.Id).Rows(db).SingleAsync(ct);
            var events = db.SignalEvents.AsNoTracking().Where(e => e.SignalId == request.Id);
            return new SignalDetails(
                row, signal.Description, signal.Link, signal.DedupKey, signal.Labels, signal.FirstReceivedAt, signal.ExpiresAt,
                await events.OrderByDescending(e => e.Id).Take(MostEvents)
                    .Select(e => new SignalEventRow(e.Id, e.Kind, e.ReceivedAt, e.Note, e.DecidedAt, e.Outcome, e.Reason, db.Pages.Where(p => p.Id == e.PageId).Select(p => (int?)p.Number).FirstOrDefault())).ToListAsync(ct),
                await events.CountAsync(ct));
        }
    }
}
