using System.Diagnostics;
using System.Net.Http.Headers;

namespace SloPortal.Benchmarks;

/// <summary>What receiving cost.</summary>
/// <param name="Receiver">CPU seconds of the receiver for a million samples.</param>
/// <param name="Database">CPU seconds of its database for a million samples.</param>
/// <param name="SamplesPerSecond">How fast they were taken.</param>
internal sealed record IngestCost(double Receiver, double Database, double SamplesPerSecond);

/// <summary>A sender that has its bodies ready and keeps its connections, as Prometheus does.</summary>
internal static class IngestLoad
{
    private const int Connections = 8;

    public static async Task<IngestCost> RunAsync(
        Uri receiver, string? token, IReadOnlyList<byte[]> bodies, int warm, Func<double> receiverCpu, Func<double> databaseCpu)
    {
        using var client = new HttpClient { BaseAddress = receiver };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await SendAsync(client, [.. bodies.Take(warm)]);
        await Task.Delay(2000);
        var (cpu, database) = (receiverCpu(), databaseCpu());
        var watch = Stopwatch.StartNew();
        await SendAsync(client, [.. bodies.Skip(warm)]);
        var seconds = watch.Elapsed.TotalSeconds;
        var samples = (bodies.Count - warm) * ScrapeBodies.SamplesPerRequest;
        return new IngestCost((receiverCpu() - cpu) * 1e6 / samples, (databaseCpu() - database) * 1e6 / samples, samples / seconds);
    }

    /// <summary>A body begins when the one of so many places before it is answered, so no series overtakes itself by more than that.</summary>
    private static Task SendAsync(HttpClient client, byte[][] bodies)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < bodies.Length)
            {
                using var content = new ByteArrayContent(bodies[i]);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                content.Headers.ContentEncoding.Add("snappy");
                using var answer = await client.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content);
                // Prometheus answers 400 where scrapes of one series overtook each other; the portal counts them.
                if (!answer.IsSuccessStatusCode && (int)answer.StatusCode != 400)
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
        }));
    }
}
