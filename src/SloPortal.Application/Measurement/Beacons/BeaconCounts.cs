using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Measurement.Beacons;

/// <summary>Adds up what browsers tell until it is stored. Used by many threads.</summary>
internal sealed class BeaconCounts
{
    private readonly Lock gate = new();
    private Dictionary<int, Sums> sources = [];

    /// <summary>Counts a view of the minute, with the weight of the sample.</summary>
    public void Add(Beacon beacon, BeaconView view, int minute)
    {
        lock (gate)
        {
            if (!sources.TryGetValue(beacon.SourceId, out var sums))
                sources[beacon.SourceId] = sums = new Sums();
            var isLoad = view is { View: true, LoadMs: not null };
            var isFast = isLoad && view.LoadMs <= beacon.FastMs;
            if (view.View)
                sums.Minutes.Add(beacon.ViewSliId, minute, view.HasError ? 0 : beacon.Weight, beacon.Weight);
            if (isLoad)
                sums.Minutes.Add(beacon.LoadSliId, minute, isFast ? beacon.Weight : 0, beacon.Weight);
            sums.Reports++;
            sums.Add(beacon.GroupOf(view.Group), view, isLoad, isFast);
        }
    }

    /// <summary>What is to be stored; from then on it is counted anew.</summary>
    public Dictionary<int, Sums> Take()
    {
        lock (gate)
        {
            var taken = sources;
            sources = [];
            return taken;
        }
    }

    /// <summary>Of one beacon.</summary>
    internal sealed class Sums
    {
        private readonly Dictionary<string, BeaconHour> groups = [];

        public MinuteAccumulator Minutes { get; } = new();
        public long Reports { get; set; }
        public IReadOnlyCollection<BeaconHour> Groups => groups.Values;

        public void Add(string group, BeaconView view, bool isLoad, bool isFast)
        {
            var known = groups.GetValueOrDefault(group) ?? new BeaconHour { PageGroup = group };
            groups[group] = new BeaconHour
            {
                PageGroup = group,
                Views = known.Views + (view.View ? 1 : 0),
                ViewsWithError = known.ViewsWithError + (view is { View: true, HasError: true } ? 1 : 0),
                Loads = known.Loads + (isLoad ? 1 : 0),
                FastLoads = known.FastLoads + (isFast ? 1 : 0),
                LoadMs = known.LoadMs + (isLoad ? view.LoadMs!.Value : 0),
                FirstByteMs = known.FirstByteMs + (view.View ? view.FirstByteMs ?? 0 : 0),
                FirstBytes = known.FirstBytes + (view is { View: true, FirstByteMs: not null } ? 1 : 0),
                Errors = known.Errors + view.Errors,
                Failed = known.Failed + view.Failed,
            };
        }
    }
}
