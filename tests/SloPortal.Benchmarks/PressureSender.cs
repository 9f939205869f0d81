using System.Net;
using System.Net.Http.Headers;

namespace SloPortal.Benchmarks;

/// <summary>A shard of a sender: it sends one scrape after another, each until it is stored, and waits as it is told.</summary>
internal sealed class PressureSender(HttpClient client, int first, int series, int scrapes = 1)
{
    private readonly ScrapeTemplate template = new(first, series, scrapes);
    private long lastTime;

    /// <summary>Samples that were stored.</summary>
    public long Stored { get; private set; }

    /// <summary>Requests that were answered 429 or 503 and told when to come again.</summary>
    public int PutOff { get; private set; }

    /// <summary>Answers of 429 and 503 without a time, and other failures.</summary>
    public int Wrong { get; private set; }

    public double Risen => template.Risen;

    /// <param name="every">From one scrape to the next; zero sends the next as soon as the last is stored.</param>
    public async Task RunAsync(TimeSpan every, CancellationToken stop)
    {
        using var timer = every > TimeSpan.Zero ? new PeriodicTimer(every) : null;
        while (!stop.IsCancellationRequested)
        {
            await SendAsync();
            try
            {
                if (timer is not null)
                    await timer.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>One request, until it is stored.</summary>
    public Task SendAsync()
    {
        lastTime = Math.Max(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), lastTime + scrapes);
        return SendAsync(template.Next(lastTime));
    }

    private async Task SendAsync(ReadOnlyMemory<byte> body)
    {
        while (true)
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.ContentEncoding.Add("snappy");
            using var answer = await client.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content);
            if (answer.IsSuccessStatusCode)
            {
                Stored += template.Samples;
                return;
            }
            if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || answer.Headers.RetryAfter?.Delta is not { } wait)
            {
                Wrong++;
                wait = TimeSpan.FromSeconds(1);
            }
            else
                PutOff++;
            await Task.Delay(wait);
        }
    }
}
