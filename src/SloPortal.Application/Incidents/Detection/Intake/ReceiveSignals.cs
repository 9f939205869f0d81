using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake;

/// <param name="Delivery">What names the delivery for good, where the sender names it; the same again changes nothing.</param>
public sealed record ReceivedSignal(SignalReading Reading, string? Delivery = null);

/// <summary>What became of a delivery.</summary>
/// <param name="Repeated">Told again; the ledger says so.</param>
/// <param name="Unknown">Ends and acknowledgements of what never fired here, which change nothing.</param>
/// <param name="Known">Deliveries that were taken before, and ends of what is over; they change nothing either.</param>
public sealed record SignalsTaken(int Opened, int Repeated, int Changed, int Acknowledged, int Resolved, int Unknown, int Known);

/// <summary>
/// Takes what a source says, all of it or nothing, and writes a line of the ledger for each. It calls nobody: what a new, worse or ended episode
/// means is decided afterwards from the lines that it leaves undecided.
/// </summary>
public sealed record ReceiveSignals(KnownSource Source, IReadOnlyList<ReceivedSignal> Signals)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        /// <exception cref="Npgsql.NpgsqlException">The database is away: nothing was taken, and the same again is right.</exception>
        public async Task<Outcome<SignalsTaken>> HandleAsync(ReceiveSignals request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.SendSamples);
            // What is received about nothing, such as a batch without alerts, is a sign of life.
            var (source, now) = (request.Source, clock.GetUtcNowInMicroseconds());
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await SignalStore.LockAsync(db, source.Id, ct);
            var fresh = await DeliveryLog.TakeNewAsync(db, source.Id, request.Signals, now, ct);
            var origin = new SignalStore.Origin(source.Id, source.Origin, source.TeamId, source.ServiceId, source.ServiceLabel);
            var book = await SignalStore.OpenAsync(db, origin, fresh.ConvertAll(s => s.Reading), now, ct);
            foreach (var signal in fresh)
                book.Take(signal.Reading);
            await SignalStore.WriteAsync(db, book, ct);
            await SourceHealth.NoteTakenAsync(db, source.Id, request.Signals.Count, book.Unknown, now, ct);
            if (book.Events.Count > 0)
                await PortalEvents.PublishAsync(db, [SignalStore.Topic], ct);
            await transaction.CommitAsync(ct);
            int Of(SignalEventKind kind) => book.Events.Count(e => e.Kind == kind);
            return new SignalsTaken(
                Of(SignalEventKind.Fired), Of(SignalEventKind.Repeated), Of(SignalEventKind.Changed), Of(SignalEventKind.Acknowledged), Of(SignalEventKind.Resolved),
                book.Unknown, book.OverAlready + request.Signals.Count - fresh.Count);
        }
    }
}
