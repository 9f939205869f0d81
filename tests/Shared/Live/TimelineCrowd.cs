using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SloPortal.TestSupport.Live;

/// <summary>What a crowd on one incident saw.</summary>
/// <param name="Seconds">From sending each entry to its first drawing on each page, also where the page had to be opened anew meanwhile.</param>
/// <param name="Unseen">Pairs of an entry and a reader who never saw it.</param>
/// <param name="Written">Bodies as they stand in the timeline at the end, in its order.</param>
internal sealed record CrowdResult(IReadOnlyList<double> Seconds, int Entries, int Readers, int Reopened, IReadOnlyList<string> Unseen, IReadOnlyList<string> Written)
{
    public double Quantile(double share) => Seconds.Order().ElementAt((int)Math.Min(Seconds.Count - 1, Math.Floor(Seconds.Count * share)));
}

/// <summary>
/// Many people on one incident: they keep its page open on two portals of one database and write; half-way one portal is killed, whose
/// readers go to the other and whose writers send again.
/// </summary>
internal sealed partial class TimelineCrowd(string program, string connectionString)
{
    private const int PerSecond = 10;

    private readonly ConcurrentDictionary<string, long> sentAt = [];

    public async Task<CrowdResult> RunAsync(int people, TimeSpan length, CancellationToken ct)
    {
        using var lasting = await PortalProcess.StartAsync(program, connectionString, ct);
        using var dying = await PortalProcess.StartAsync(program, connectionString, ct);
        var cookie = await SignedIn.CookieAsync(lasting.Address, ct);
        using var writer = SignedIn.Client(cookie);
        var incident = await DeclareAsync(lasting.Address, ct);
        var path = $"/incidents/{incident}";
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var readers = Enumerable.Range(0, people).Select(i => new Reader(sentAt)).ToList();
        var reading = readers.Select((r, i) => r.StayAsync(i % 2 == 0 ? lasting.Address : dying.Address, lasting.Address, path, cookie, leaving.Token)).ToList();
        await UntilAsync(() => readers.All(r => r.IsOpen), "every page to live", ct);

        var count = (int)(length.TotalSeconds * PerSecond);
        var watch = Stopwatch.StartNew();
        var writing = new List<Task>();
        var portals = new[] { lasting.Address, dying.Address };
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (var n = 0; n < count; n++)
        {
            await ticks.WaitForNextTickAsync(ct);
            if (n == count / 2)
                dying.Kill();
            writing.Add(WriteAsync(writer, portals, path, n, ct));
        }
        await Task.WhenAll(writing);
        await UntilAsync(() => readers.All(r => r.Seen.Count == count), "every entry to be seen", ct, throws: false);
        await leaving.CancelAsync();
        await Task.WhenAll(reading);

        var unseen = readers.SelectMany((r, i) => sentAt.Keys.Where(e => !r.Seen.ContainsKey(e)).Select(e => $"{e} by reader {i}")).ToList();
        return new CrowdResult(
            [.. readers.SelectMany(r => r.Seen.Values)], count, people, readers.Sum(r => r.Opened - 1), unseen, await WrittenAsync(lasting.Address, incident, ct));
    }

    private async Task WriteAsync(HttpClient writer, Uri[] portals, string path, int n, CancellationToken ct)
    {
        var line = $"entry-{n:000000}";
        sentAt[line] = Stopwatch.GetTimestamp();
        // As a browser does: the same key until it is answered, by whichever portal.
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await writer.PostAsJsonAsync(new Uri(portals[(n + tries) % 2], $"/api/v1{path}/timeline/lines"), new { line, clientKey = line }, ct);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
                if ((int)answer.StatusCode < 500)
                    throw new InvalidOperationException($"{line}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            }
            catch (HttpRequestException) when (tries < 1000)
            {
                await Task.Delay(50, ct);
            }
        }
    }

    private static async Task<int> DeclareAsync(Uri address, CancellationToken ct)
    {
        using var api = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", PortalProcess.AdminToken) } };
        using var answer = await api.PostAsJsonAsync("/api/v1/incidents", new { title = "Many watch", severity = "sev2", services = Array.Empty<string>() }, ct);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<int>(ct);
    }

    private static async Task<IReadOnlyList<string>> WrittenAsync(Uri address, int incident, CancellationToken ct)
    {
        using var api = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", PortalProcess.AdminToken) } };
        var timeline = await api.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{incident}/timeline?kind=note&take=1000", ct);
        return [.. timeline.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("body").GetString()!)];
    }

    private static async Task UntilAsync(Func<bool> holds, string what, CancellationToken ct, bool throws = true)
    {
        for (var tries = 0; !holds(); tries++)
        {
            if (tries > 600)
            {
                if (throws)
                    throw new TimeoutException($"Waited a minute for {what}.");
                return;
            }
            await Task.Delay(100, ct);
        }
    }

    [GeneratedRegex("entry-[0-9]{6}", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();

    /// <summary>Somebody who keeps the page open, and opens it at another portal when theirs has gone.</summary>
    private sealed class Reader(ConcurrentDictionary<string, long> sentAt)
    {
        private LivePage? page;

        /// <summary>Seconds after each entry was sent.</summary>
        public ConcurrentDictionary<string, double> Seen { get; } = [];

        public int Opened { get; private set; }

        public bool IsOpen => page?.IsAlive == true;

        public async Task StayAsync(Uri first, Uri then, string path, string cookie, CancellationToken ct)
        {
            for (var address = first; !ct.IsCancellationRequested; address = then)
            {
                try
                {
                    await using var opened = page = await LivePage.OpenAsync(address, path, cookie, See, ct);
                    Opened++;
                    await opened.Ended.WaitAsync(ct);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (Exception e) when (e is HttpRequestException or System.Net.WebSockets.WebSocketException or IOException)
                {
                    await Task.Delay(100, CancellationToken.None);
                }
            }
        }

        private void See(string shown)
        {
            foreach (Match match in Entry().Matches(shown))
            {
                if (sentAt.TryGetValue(match.Value, out var sent))
                    Seen.TryAdd(match.Value, Stopwatch.GetElapsedTime(sent).TotalSeconds);
            }
        }
    }
}
