using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SloPortal.TestSupport.Live;

/// <summary>
/// A page that is open, without the browser around it: it loads the document, starts its circuit over a web socket, acknowledges what the
/// circuit draws, and hands over the text of each drawing. Fifty of these fit where two browsers do.
/// </summary>
internal sealed partial class LivePage : IAsyncDisposable
{
    private static readonly byte[] Handshake = [.. Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}"), 0x1E];

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource left = new();
    private Task running = Task.CompletedTask;
    private bool drawn;

    /// <summary>Whether it has its circuit and has drawn something.</summary>
    public bool IsAlive => drawn && socket.State == WebSocketState.Open;

    /// <summary>Ends when the circuit does.</summary>
    public Task Ended => running;

    /// <param name="address">Of the portal.</param>
    /// <param name="path">Of the page.</param>
    /// <param name="cookie">The session.</param>
    /// <param name="shown">Is given the document, then every drawing.</param>
    /// <param name="ct">Cancels the opening.</param>
    public static async Task<LivePage> OpenAsync(Uri address, string path, string cookie, Action<string> shown, CancellationToken ct)
    {
        var url = new Uri(address, path);
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Cookie", cookie } } };
        using var answer = await http.SendAsync(request, ct);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException($"{url} answered {answer.StatusCode}.");
        var document = await answer.Content.ReadAsStringAsync(ct);
        shown(document);
        var page = new LivePage();
        page.socket.Options.SetRequestHeader("Cookie", cookie);
        await page.socket.ConnectAsync(new UriBuilder(new Uri(address, "/_blazor")) { Scheme = "ws" }.Uri, ct);
        await page.socket.SendAsync(Handshake, WebSocketMessageType.Text, true, ct);
        page.running = page.RunAsync(address, url, document, shown);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await left.CancelAsync();
        socket.Dispose();
        await running;
        left.Dispose();
        sending.Dispose();
    }

    private async Task RunAsync(Uri address, Uri url, string document, Action<string> shown)
    {
        try
        {
            await using var pings = new Timer(_ => _ = TryPingAsync(), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
            var state = State().Match(document) is { Success: true } match ? match.Groups[1].Value : "";
            var components = Marker().Matches(document).Select((m, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{m.Groups[1].Value}}}""");
            await foreach (var message in MessagesAsync())
                await HandleAsync(message);

            async Task HandleAsync(object?[]? message)
            {
                if (message is null)
                {
                    await SendAsync("StartCircuit", "1", w => w.Array(4).Text(address.ToString()).Text(url.ToString()).Text("[]").Text(state));
                }
                else if (message is [3L, _, "1", ..])
                {
                    await SendAsync("UpdateRootComponents", null, w => w.Array(2).Text($$"""{"batchId":1,"operations":[{{string.Join(',', components)}}]}""").Text(""));
                }
                else if (message is [1L, _, _, "JS.RenderBatch", object?[] batch, ..])
                {
                    shown(Encoding.UTF8.GetString((byte[])batch[1]!));
                    drawn = true;
                    await SendAsync("OnRenderCompleted", null, w => w.Array(2).Int((long)batch[0]!).Nil());
                }
                else if (message is [1L, _, _, "JS.BeginInvokeJS", object?[] call, ..])
                {
                    // 1 asks for a module, which is as good as any object that answers nothing.
                    var result = call[3] is 1L ? "{\"__jsObjectId\":1}" : "null";
                    if (call[0] is long task and not 0)
                        await SendAsync("EndInvokeJSFromDotNet", null, w => w.Array(3).Int(task).Bool(true).Text($"[{task},true,{result}]"));
                }
                else if (message is [1L, _, _, "JS.Error", object?[] error, ..])
                {
                    throw new InvalidOperationException($"The circuit failed: {error[0]}");
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The portal has gone, or the reader.
        }
    }

    /// <summary>The messages of the circuit; the first is null and says that it has agreed to the protocol.</summary>
    private async IAsyncEnumerable<object?[]?> MessagesAsync()
    {
        var agreed = false;
        var buffer = new byte[64 * 1024];
        var arrived = new List<byte>();
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), left.Token);
            if (read.MessageType == WebSocketMessageType.Close)
                yield break;
            arrived.AddRange(buffer.AsSpan(0, read.Count));
            if (!agreed)
            {
                var end = arrived.IndexOf(0x1E);
                if (end < 0)
                    continue;
                arrived.RemoveRange(0, end + 1);
                agreed = true;
                yield return null;
            }
            while (TakeFrame(arrived) is { } frame)
            {
                if (Parse(frame) is { } message)
                    yield return message;
            }
        }
    }

    private static object?[]? Parse(byte[] frame) => new PackedReader(frame).Next() as object?[];

    private static byte[]? TakeFrame(List<byte> arrived)
    {
        int length = 0, at = 0;
        do
        {
            if (at >= arrived.Count)
                return null;
            length |= (arrived[at] & 0x7F) << (7 * at);
        }
        while ((arrived[at++] & 0x80) != 0);
        if (arrived.Count < at + length)
            return null;
        var frame = arrived.GetRange(at, length).ToArray();
        arrived.RemoveRange(0, at + length);
        return frame;
    }

    private async Task SendAsync(string target, string? id, Func<PackedWriter, PackedWriter> arguments)
    {
        var message = new PackedWriter().Array(6).Int(1).Map();
        message = id is null ? message.Nil() : message.Text(id);
        await SendAsync(arguments(message.Text(target)).Array(0).Framed());
    }

    private async Task SendAsync(byte[] bytes)
    {
        await sending.WaitAsync(left.Token);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, true, left.Token);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task TryPingAsync()
    {
        try
        {
            await SendAsync(new PackedWriter().Array(1).Int(6).Framed());
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reading end says so too.
        }
    }

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^-]+)-->", RegexOptions.CultureInvariant)]
    private static partial Regex State();

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\"descriptor\".*?\\})-->", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Marker();
}
