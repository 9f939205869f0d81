using System.Collections.Concurrent;
using SloPortal.Application.Common;

namespace SloPortal.Application.Incidents.Detection.Intake;

/// <summary>What a source delivered at an instant, and what will have become of it.</summary>
public sealed class WaitingDelivery(IReadOnlyList<ReceivedSignal> signals, DateTimeOffset receivedAt)
{
    private readonly TaskCompletionSource<SignalsTaken> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<ReceivedSignal> Signals { get; } = signals;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public Task<SignalsTaken> Taken => taken.Task;

    public void Answer(SignalsTaken counts) => taken.TrySetResult(counts);

    public void Fail(Exception reason) => taken.TrySetException(reason);
}

/// <summary>
/// The deliveries of a source are written one after the other, and what came while one was being written is written together with the
/// next. So a flood needs one connection of this portal and few transactions, and leaves the others to those who decide and call.
/// </summary>
public sealed class DeliveryLines
{
    /// <summary>Signals of one transaction, beside those of the delivery that reaches it.</summary>
    private const int MostTogether = 500;

    private readonly ConcurrentDictionary<Guid, Line> lines = [];

    /// <param name="write">Writes deliveries together, all of them or nothing, and says of each what became of it.</param>
    internal async Task<SignalsTaken> TakeAsync(Guid source, WaitingDelivery delivery, Func<IReadOnlyList<WaitingDelivery>, Task<IReadOnlyList<SignalsTaken>>> write, CancellationToken ct)
    {
        var line = lines.GetOrAdd(source, _ => new Line());
        line.Waiting.Enqueue(delivery);
        await line.Turn.WaitAsync(ct);
        try
        {
            // Whoever had the turn before has written this one too, or those before it at least.
            while (!delivery.Taken.IsCompleted)
                await WriteAsync(line.Next(), write);
        }
        finally
        {
            line.Turn.Release();
        }
        return await delivery.Taken;
    }

    private static async Task WriteAsync(List<WaitingDelivery> together, Func<IReadOnlyList<WaitingDelivery>, Task<IReadOnlyList<SignalsTaken>>> write)
    {
        try
        {
            foreach (var (delivery, counts) in together.Zip(await write(together)))
                delivery.Answer(counts);
        }
        catch (Exception e) when (together.Count == 1 || PortalFailure.IsDatabaseAway(e))
        {
            foreach (var delivery in together)
                delivery.Fail(e);
        }
        catch (Exception)
        {
            // One that cannot be stored must not take the others along.
            foreach (var delivery in together)
                await WriteAsync([delivery], write);
        }
    }

    private sealed class Line
    {
        public ConcurrentQueue<WaitingDelivery> Waiting { get; } = [];

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public List<WaitingDelivery> Next()
        {
            var next = new List<WaitingDelivery>();
            for (var signals = 0; signals < MostTogether && Waiting.TryDequeue(out var delivery); signals += delivery.Signals.Count)
                next.Add(delivery);
            return next;
        }
    }
}
