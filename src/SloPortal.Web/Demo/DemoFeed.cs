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
internal sealed record DemoSenders(int Scrapes, int Mails, int MailSli);

/// <summary>Sends what a Prometheus of the shop would have scraped, and what its mail gateway would have pushed.</summary>
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
        var mails = Enumerable.Range(0, minutes).Select(i =>
        {
            var minute = from.AddMinutes(i);
            var (good, total) = DemoTraffic.Mails(minute, troubles);
            return new MinuteDelta(senders.MailSli, UnixMinute.Of(minute.ToUnixTimeMilliseconds()), good, total);
        }).ToList();
        var key = string.Create(CultureInfo.InvariantCulture, $"mail/{from.ToUnixTimeSeconds()}/{minutes}");
        return
        [
            () => new PulledSamples(senders.Scrapes, samples),
            () => new PushedCounts(senders.Mails, key, SHA256.HashData(Encoding.UTF8.GetBytes(key)), "{}", mails),
        ];
    }

    /// <summary>Until all are stored; what the writer could not take is sent again, as any sender would.</summary>
    public async Task SendAsync(IReadOnlyList<Func<IngestRequest>> requests, CancellationToken ct) =>
        await Task.WhenAll(requests.Select(async make =>
        {
            while (await stage.Writer.WriteAsync(make()) != IngestAnswer.Stored)
                await Task.Delay(Pause, ct);
        }));
}
