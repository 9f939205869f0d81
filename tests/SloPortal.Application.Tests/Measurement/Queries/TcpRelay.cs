using System.Net;
using System.Net.Sockets;

namespace SloPortal.Application.Tests.Measurement.Queries;

/// <summary>A port of this machine that leads to a socket, since the PostgreSQL of the tests listens on no port.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task accepting;

    public TcpRelay(string socket)
    {
        listener.Start();
        accepting = AcceptAsync(socket);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        if (over.IsCancellationRequested)
            return;
        await over.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync(string socket)
    {
        while (!over.IsCancellationRequested)
            _ = RelayAsync(await listener.AcceptSocketAsync(over.Token), socket);
    }

    private async Task RelayAsync(Socket client, string socket)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await server.ConnectAsync(new UnixDomainSocketEndPoint(socket), over.Token);
        await using var near = new NetworkStream(client, ownsSocket: true);
        await using var far = new NetworkStream(server);
        await Task.WhenAny(near.CopyToAsync(far, over.Token), far.CopyToAsync(near, over.Token));
    }
}
