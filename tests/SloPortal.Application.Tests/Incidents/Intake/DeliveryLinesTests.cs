using SloPortal.Application.Incidents.Detection.Intake;

namespace SloPortal.Application.Tests.Incidents.Intake;

public sealed class DeliveryLinesTests
{
    private static readonly Guid Source = Guid.NewGuid();

    private readonly DeliveryLines lines = new();
    private readonly List<int> batches = [];
    private readonly TaskCompletionSource first = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_WhileOneIsWritten_TheRestIsWrittenTogetherAndEachHasItsOwnAnswer()
    {
        Task<SignalsTaken>[] taken = [.. Enumerable.Range(1, 5).Select(n => TakeAsync(n))];
        first.SetResult();

        Assert.Equal([1, 2, 3, 4, 5], (await Task.WhenAll(taken)).Select(t => t.Opened));
        Assert.Equal([1, 4], batches);
    }

    [Fact]
    public async Task Take_OneCannotBeStored_TheOthersAre()
    {
        Task<SignalsTaken>[] taken = [TakeAsync(1), TakeAsync(2), TakeAsync(13), TakeAsync(4)];
        first.SetResult();

        await Assert.ThrowsAsync<FormatException>(() => taken[2]);
        Assert.Equal([1, 2, 4], (await Task.WhenAll(taken[0], taken[1], taken[3])).Select(t => t.Opened));
        Assert.Equal([1, 3, 1, 1, 1], batches);
    }

    [Fact]
    public async Task Take_SenderLeavesWhileItWaits_IsStillWritten()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var begun = TakeAsync(1);
        var left = TakeAsync(2, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        var last = TakeAsync(3);
        first.SetResult();

        await Task.WhenAll(begun, last);
        Assert.Equal([1, 2], batches);
    }

    /// <summary>The number of a delivery is that of its signals, and comes back as what was opened; thirteen cannot be stored.</summary>
    private Task<SignalsTaken> TakeAsync(int number, CancellationToken? ct = null) =>
        lines.TakeAsync(Source, new WaitingDelivery(new ReceivedSignal[number], default), WriteAsync, ct ?? Ct);

    private async Task<IReadOnlyList<SignalsTaken>> WriteAsync(IReadOnlyList<WaitingDelivery> together)
    {
        batches.Add(together.Count);
        if (batches.Count == 1)
            await first.Task;
        if (together.Any(d => d.Signals.Count == 13))
            throw new FormatException();
        return [.. together.Select(d => new SignalsTaken(d.Signals.Count, 0, 0, 0, 0, 0, 0))];
    }
}
