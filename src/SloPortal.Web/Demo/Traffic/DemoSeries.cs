using System.Globalization;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo.Traffic;

/// <summary>One service's series as a scrape each minute finds them. A release restarts the process, and its counters with it.</summary>
internal sealed class DemoSeries
{
    private readonly DemoService service;
    private readonly DemoTroubles troubles;
    private readonly HashSet<long> restarts;
    private readonly bool hasLatency;
    private readonly bool hasModel;
    private readonly double[] values;
    private readonly (long Answered, long Failed)[] regions;
    private long fast;

    public DemoSeries(DemoService service, DemoTroubles troubles, IEnumerable<DemoRelease> releases)
    {
        this.service = service;
        this.troubles = troubles;
        restarts = [.. releases.Where(r => r.Service == service.Slug).Select(r => r.At.ToUnixTimeSeconds() / 60)];
        var bound = service.Slis.Max(s => s.Bound);
        hasLatency = bound > 0;
        hasModel = service.Slis.Any(s => s.Definition.Gauge == DemoServices.ModelAge);
        regions = new (long, long)[service.Regions.Count];
        var labels = service.Regions.SelectMany(r => new[] { Named(DemoServices.Requests, ("code", "200"), ("region", r.Name)), Named(DemoServices.Requests, ("code", "500"), ("region", r.Name)) }).ToList();
        if (hasLatency)
        {
            labels.Add(Named(DemoServices.Latency + "_bucket", ("le", bound.ToString(CultureInfo.InvariantCulture))));
            labels.Add(Named(DemoServices.Latency + "_bucket", ("le", "+Inf")));
            labels.Add(Named(DemoServices.Latency + "_count"));
        }
        if (hasModel)
            labels.Add(Named(DemoServices.ModelAge));
        Labels = labels;
        values = new double[labels.Count];
    }

    public IReadOnlyList<LabelSet> Labels { get; }

    /// <summary>Lets the minute happen, and reads each of <see cref="Labels"/>. Call it with one minute after the other.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<double> Scrape(DateTimeOffset minute)
    {
        if (restarts.Contains(minute.ToUnixTimeSeconds() / 60))
        {
            Array.Clear(regions);
            fast = 0;
        }
        var events = DemoTraffic.Of(service, minute, troubles);
        fast += events.Total - events.Slow;
        var divided = DemoRegions.Divide(events, service.Regions, minute.ToUnixTimeSeconds() / 60);
        var (all, at) = (0L, 0);
        for (var i = 0; i < regions.Length; i++)
        {
            regions[i] = (regions[i].Answered + divided[i].Total - divided[i].Failed, regions[i].Failed + divided[i].Failed);
            (values[at++], values[at++]) = (regions[i].Answered, regions[i].Failed);
            all += regions[i].Answered + regions[i].Failed;
        }
        if (hasLatency)
            (values[at], values[at + 1], values[at + 2]) = (fast, all, all);
        if (hasModel)
            values[^1] = DemoTraffic.ModelAge(minute, troubles);
        return values;
    }

    /// <summary>The samples of the minutes from <paramref name="from"/> on, by series.</summary>
    public IEnumerable<(LabelSet Labels, RawSample[] Samples)> Scrape(DateTimeOffset from, int minutes)
    {
        var samples = Labels.Select(_ => new RawSample[minutes]).ToArray();
        for (var i = 0; i < minutes; i++)
        {
            var minute = from.AddMinutes(i);
            var read = Scrape(minute);
            for (var series = 0; series < samples.Length; series++)
                samples[series][i] = new RawSample(minute.ToUnixTimeMilliseconds(), read[series]);
        }
        return Labels.Zip(samples);
    }

    private LabelSet Named(string metric, params (string, string)[] more) => LabelSet.Of(metric, [("job", service.Slug), ("instance", $"{service.Slug}-1:8080"), .. more]);
}
