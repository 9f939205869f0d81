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
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, DeliveryLines lines, TimeProvider clock)
    {
        /// <exception cref="Npgsql.NpgsqlException">The database is away: nothing was taken, and the same again is right.</exception>
        public async Task<Outcome<SignalsTaken>> HandleAsync(ReceiveSignals request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.SendSamples);
            var delivery = new WaitingDelivery(request.Signals, clock.GetUtcNowInMicroseconds());
            return await lines.TakeAsync(request.Source.Id, delivery, together => WriteAsync(request.Source, together), ct);
        }

        // Not given up halfway when the sender of one leaves: the others wait for their answer.
        private async Task<IReadOnlyList<SignalsTaken>> WriteAsync(KnownSource source, IReadOnlyList<WaitingDelivery> deliveries)
        {
            var ct = CancellationToken.None;
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await SignalStore.LockAsync(db, source.Id, ct);
            var fresh = new List<List<ReceivedSignal>>();
            foreach (var delivery in deliveries)
                fresh.Add(await DeliveryLog.TakeNewAsync(db, source.Id, delivery.Signals, delivery.ReceivedAt, ct));
            var origin = new SignalStore.Origin(source.Id, source.Origin, source.TeamId, source.ServiceId, source.ServiceLabel);
            var book = await SignalStore.OpenAsync(db, origin, [.. fresh.SelectMany(f => f).Select(s => s.Reading)], deliveries[0].ReceivedAt, ct);
            var taken = deliveries.Zip(fresh, (delivery, signals) => Take(book, delivery, signals)).ToList();
            await SignalStore.WriteAsync(db, book, ct);
            // What is received about nothing, such as a batch without alerts, is a sign of life.
            await SourceHealth.NoteTakenAsync(db, source.Id, deliveries.Sum(d => d.Signals.Count), book.Unknown, deliveries[^1].ReceivedAt, ct);
            if (book.Events.Count > 0)
                await PortalEvents.PublishAsync(db, [SignalStore.Topic], ct);
            await transaction.CommitAsync(ct);
            return taken;
        }

        private static SignalsTaken Take(EpisodeBook book, WaitingDelivery delivery, List<ReceivedSignal> fresh)
        {
            var (events, unknown, over) = (book.Events.Count, book.Unknown, book.OverAlready);
            book.Now = delivery.ReceivedAt;
            foreach (var signal in fresh)
                book.Take(signal.Reading);
            int Of(SignalEventKind kind) => book.Events.Skip(events).Count(e => e.Kind == kind);
            return new SignalsTaken(
                Of(SignalEventKind.Fired), Of(SignalEventKind.Repeated), Of(SignalEventKind.Changed), Of(SignalEventKind.Acknowledged), Of(SignalEventKind.Resolved),
                book.Unknown - unknown, book.OverAlready - over + delivery.Signals.Count - fresh.Count);
        }
    }
}
