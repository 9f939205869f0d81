using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Application.Common;

namespace SloPortal.Application.Tests.Common;

public sealed class SharedReadsTests : IDisposable
{
    private readonly MemoryCache cache = new(new MemoryCacheOptions());
    private readonly NpgsqlDataSource nowhere = NpgsqlDataSource.Create("Host=127.0.0.1");
    private readonly PortalEvents events;
    private readonly SharedReads reads;
    private int count;

    public SharedReadsTests()
    {
        events = new(nowhere, TimeProvider.System, NullLogger<PortalEvents>.Instance);
        reads = new(cache, events, new StandingClock());
    }

    public void Dispose()
    {
        reads.Dispose();
        events.Dispose();
        nowhere.Dispose();
        cache.Dispose();
    }

    [Fact]
    public async Task GetAsync_AskedTwiceAtOnce_ReadsOnce()
    {
        var answer = new TaskCompletionSource<int>();
        var both = Task.WhenAll(AskAsync(answer.Task), AskAsync(answer.Task));
        answer.SetResult(7);

        var answers = await both;
        Assert.Equal([7, 7], answers);
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task GetAsync_FirstWhoAskedLeaves_OthersGetTheReading()
    {
        using var leaving = new CancellationTokenSource();
        var answer = new TaskCompletionSource<int>();
        var (first, second) = (AskAsync(answer.Task, leaving.Token), AskAsync(answer.Task));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(7);

        Assert.Equal(7, await second);
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task GetAsync_ReadingFailed_ReadsAgain()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(Task.FromException<int>(new TimeoutException())));

        Assert.Equal(7, await AskAsync(Task.FromResult(7)));
    }

    [Fact]
    public async Task GetAsync_InsideANotice_ReadsAgain()
    {
        await AskAsync(Task.FromResult(7));
        Task<int>? again = null;
        using var subscription = events.Subscribe("notices/", _ => again ??= AskAsync(Task.FromResult(8)));
        events.Deliver(["notices/somebody"]);

        Assert.Equal(8, await again!);
    }

    private Task<int> AskAsync(Task<int> answer, CancellationToken ct = default) => reads.GetAsync("key", reading =>
    {
        count++;
        return answer.WaitAsync(reading);
    }, ct);

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
