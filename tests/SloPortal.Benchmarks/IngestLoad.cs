using System.Diagnostics;
using System.Net.Http.Headers;

namespace SloPortal.Benchmarks;

/// <summary>What receiving cost in one round.</summary>
/// <param name="Receiver">CPU seconds of the receiver for a million samples.</param>
/// <param name="Database">CPU seconds of its database for a million samples.</param>
/// <param name="SamplesPerSecond">How fast they were taken.</param>
internal sealed record IngestCost(double Receiver, double Database, double SamplesPerSecond);

/// <summary>
/// A sender that has its bodies ready, as Prometheus sends what has piled up: every shard keeps its connection and waits for each answer
/// before the next request, so that no series overtakes itself.
/// </summary>
internal sealed class IngestLoad(IReadOnlyList<List<byte[]>> shards)
{
    /// <summary>The requests of every shard from one place to another.</summary>
    public async Task<IngestCost> SendAsync(IngestReceiver receiver, int from, int upTo)
    {
        var (cpu, database) = (receiver.Cpu(), receiver.DatabaseCpu());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(shards.Select(bodies => SendAsync(receiver.Client, bodies[from..upTo])));
        var samples = (double)(upTo - from) * shards.Count * ScrapeBodies.SamplesPerRequest;
        return new IngestCost((receiver.Cpu() - cpu) * 1e6 / samples, (receiver.DatabaseCpu() - database) * 1e6 / samples, samples / watch.Elapsed.TotalSeconds);
    }

    private static async Task SendAsync(HttpClient client, List<byte[]> bodies)
    {
        foreach (var body in bodies)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.ContentEncoding.Add("snappy");
            using var answer = await client.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
