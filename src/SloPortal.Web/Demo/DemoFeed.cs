using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Demo.Story;
using SloPortal.Web.Demo.Traffic;

namespace SloPortal.Web.Demo;

/// <param name="Scrapes">The source of the series.</param>
/// <param name="Mails">The source of the pushed counts.</param>
/// <param name="MailSli">The SLI that they are pushed for.</param>
/// <param name="Probes">The source of what the probe of checkout pushes.</param>
/// <param name="ProbeSli">The SLI that it is pushed for.</param>
internal sealed record DemoSenders(int Scrapes, int Mails, int MailSli, int Probes, int ProbeSli);

/// <summary>Sends what a Prometheus of the shop would have scraped, and what its mail gateway and its probe would have pushed.</summary>
internal sealed class DemoFeed(DemoStage stage, DemoTroubles troubles, IReadOnlyList<DemoRelease> releases, DemoSenders senders)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<DemoSeries> series = [.. DemoServices.All.Select(s => new DemoSeries(s, troubles, releases))];

    /// <summary>
    /// Lets the minutes up to the position happen without sending them. Then the counters stand where the last portal left them:
    /// what it had sent beyond the position is a repetition, and nothing is counted twice.
    /// </summary>
    public void Recall(DemoPosition position)
    {
        for (var minute = position.Start.AddMinutes(1); minute <= position.Position; minute = minute.AddMinutes(1))
            series.ForEach(s => s.Scrape(minute));
    }

    /// <summary>Everything of the minutes from <paramref name="from"/> on, as requests to the writer; pure but for the counters.</summary>
    public IReadOnlyList<Func<IngestRequest>> Make(DateTimeOffset from, int minutes)
    {
        var samples = series.SelectMany(s => s.Scrape(from, minutes)).Select(s => new SeriesSamples(s.Labels, s.Samples)).ToList();
        return
        [
            () => new PulledSamples(senders.Scrapes, samples),
            Push("mail", senders.Mails, senders.MailSli, minute => DemoTraffic.Mails(minute, troubles)),
            Push("probe", senders.Probes, senders.ProbeSli, minute => DemoTraffic.Probes(minute, troubles)),
        ];

        Func<IngestRequest> Push(string what, int source, int sli, Func<DateTimeOffset, (long Good, long Total)> count)
        {
            var counts = Enumerable.Range(0, minutes).Select(i => from.AddMinutes(i)).Select(minute =>
            {
                var (good, total) = count(minute);
                return new MinuteDelta(sli, UnixMinute.Of(minute.ToUnixTimeMilliseconds()), good, total);
            }).ToList();
            var key = string.Create(CultureInfo.InvariantCulture, $"{what}/{from.ToUnixTimeSeconds()}/{minutes}");
            return () => new PushedCounts(source, key, SHA256.HashData(Encoding.UTF8.GetBytes(key)), "{}", counts);
        }
    }

    /// <summary>Until all are stored; what the writer could not take is sent again, as any sender would.</summary>
    public async Task SendAsync(IReadOnlyList<Func<IngestRequest>> requests, CancellationToken ct) =>
        await Task.WhenAll(requests.Select(async make =>
        {
            while (await stage.Writer.WriteAsync(make()) != IngestAnswer.Stored)
                await Task.Delay(Pause, ct);
        }));
}
