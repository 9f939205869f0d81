using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Statsd;

/// <summary>
/// Takes StatsD packets over UDP and stores what they count every few seconds. UDP can lose packets on the way, and what is not stored yet is
/// lost with the program; all that is dropped here is counted by its reason.
/// </summary>
public sealed class StatsdListener(
    IDbContextFactory<PortalDbContext> contexts, IngestWriter writer, IOptions<StatsdSettings> settings, TimeProvider clock, ILogger<StatsdListener> logger) : BackgroundService
{
    private const string SourceName = "StatsD";
    private const int LongestPacket = 65_535;
    private const int PacketsAtOnce = 1000;
    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(5);

    private readonly StatsdCounts counts = new();
    private readonly Channel<byte[]> packets = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Math.Clamp(settings.Value.QueuedPackets, 1, 1_000_000)) { SingleReader = true });
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long dropped;
    private long received;

    /// <summary>The port that it listens on, once it does.</summary>
    internal Task<int> Port => port.Task;

    /// <summary>Ends when the rules are read for the first time; what comes before counts for nothing.</summary>
    internal Task Ready => ready.Task;

    /// <summary>Packets that came, those that were dropped included.</summary>
    internal long Received => Interlocked.Read(ref received);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Value.Port is not { } asked)
            return;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(settings.Value.Address), asked));
        }
        catch (Exception e) when (e is SocketException or FormatException)
        {
            logger.LogError("StatsD does not listen: {Address}:{Port} cannot be used ({Reason})", settings.Value.Address, asked, e.Message);
            return;
        }
        port.TrySetResult(((IPEndPoint)socket.LocalEndPoint!).Port);
        await Task.WhenAll(ReceiveAsync(socket, stoppingToken), CountAsync());
    }

    private async Task ReceiveAsync(Socket socket, CancellationToken ct)
    {
        var buffer = GC.AllocateArray<byte>(LongestPacket, pinned: true);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveAsync(buffer, SocketFlags.None, ct);
                if (!packets.Writer.TryWrite(buffer[..length]))
                    Interlocked.Increment(ref dropped);
                Interlocked.Increment(ref received);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException e)
            {
                logger.LogDebug("A StatsD packet could not be received: {Reason}", e.Message);
            }
        }
        packets.Writer.TryComplete();
    }

    /// <summary>Ends when nothing more is received, after it has stored the rest.</summary>
    private async Task CountAsync()
    {
        using var timer = new PeriodicTimer(StoreEvery, clock);
        var source = await TryStoreAsync(null);
        Task<bool>? arrival = null;
        Task<bool>? tick = null;
        for (var isOver = false; !isOver;)
        {
            arrival ??= packets.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            tick ??= timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(arrival, tick);
            if (arrival.IsCompleted)
            {
                isOver = !await arrival;
                arrival = null;
                for (var i = 0; i < PacketsAtOnce && packets.Reader.TryRead(out var packet); i++)
                    counts.Add(packet, UnixMinute.Of(clock.GetUtcNow().ToUnixTimeMilliseconds()));
            }
            if (tick.IsCompleted || isOver)
            {
                source = await TryStoreAsync(source);
                tick = null;
            }
        }
    }

    /// <summary>Stores what was counted, and reads the rules anew. What cannot be stored is dropped and counted, since it may be stored already.</summary>
    private async Task<int?> TryStoreAsync(int? source)
    {
        try
        {
            source ??= await SourceAsync();
            var lost = Interlocked.Exchange(ref dropped, 0);
            if (lost > 0)
            {
                counts.Tally.Arrived += lost;
                counts.Tally.Refuse(SampleRefusal.Overflow, lost);
            }
            if (counts.Take() is { } taken && await writer.WriteAsync(new CountedMinutes(source.Value, taken.Minutes, taken.Tally)) != IngestAnswer.Stored)
                Interlocked.Add(ref dropped, taken.Tally.Arrived);
            await using var db = await contexts.CreateDbContextAsync();
            counts.Use(await db.StatsdRules.AsNoTracking().ToListAsync());
            ready.TrySetResult();
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e) || e is DbUpdateException)
        {
            logger.LogWarning("StatsD counts wait: the database cannot be reached ({Reason})", e.Message);
        }
        catch (Exception e)
        {
            // A listener that ends would end the portal.
            logger.LogError(e, "StatsD counts could not be stored; what comes is stored with the next");
        }
        return source;
    }

    private async Task<int> SourceAsync()
    {
        await using var db = await contexts.CreateDbContextAsync();
        if (await db.Sources.Where(s => s.Kind == SourceKind.Statsd).Select(s => (int?)s.Id).FirstOrDefaultAsync() is { } known)
            return known;
        var name = await db.Sources.AnyAsync(s => s.Name == SourceName) ? $"{SourceName} over UDP" : SourceName;
        var source = Source.OfStatsd(name, clock.GetUtcNowInMicroseconds());
        db.Add(source);
        await db.SaveChangesAsync();
        return source.Id;
    }
}
