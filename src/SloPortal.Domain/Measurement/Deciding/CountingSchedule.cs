using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Deciding;

/// <summary>What is known of a stretch beyond its minutes.</summary>
/// <param name="Before">Minutes without data right before it; null where there was never any.</param>
/// <param name="UsualEvents">In a minute of it, at this hour of the week; 0 where nothing is known.</param>
/// <param name="LeftOut">Stretches that a correction leaves out: there silence is wanted.</param>
public readonly record struct Silence(int? Before, double UsualEvents, IReadOnlyList<Interval>? LeftOut = null)
{
    public bool IsWantedAt(DateTimeOffset instant) => LeftOut?.Any(l => l.Contains(instant)) == true;
}

/// <summary>What counts for an SLI, from when on: each decision holds from its date, and what was before stays as it was counted.</summary>
public sealed class CountingSchedule(int primary, IEnumerable<(DateTimeOffset From, CountingRule Rule)> decisions)
{
    private readonly (DateTimeOffset From, CountingRule Rule)[] decisions = [.. decisions.OrderBy(d => d.From)];

    /// <summary>All SLIs that any decision reads, the SLI itself first.</summary>
    public IReadOnlyList<int> Sources => [.. decisions.SelectMany(d => d.Rule.Others).Prepend(primary).Distinct()];

    public bool MayCountSilence => decisions.Any(d => d.Rule.NoData == NoDataRule.CountsAsBad);

    /// <summary>What is read for a minute.</summary>
    public IEnumerable<int> SourcesAt(DateTimeOffset instant) => RuleAt(instant).Sources(primary);

    public CountingRule RuleAt(DateTimeOffset instant) => decisions.LastOrDefault(d => d.From <= instant).Rule ?? CountingRule.Default;

    /// <summary>The minutes as they count.</summary>
    /// <param name="covered">On whole minutes.</param>
    /// <param name="minutes">Of each SLI of <see cref="Sources"/>, in that order, all of <paramref name="covered"/>.</param>
    public MinuteCounts Count(Interval covered, IReadOnlyList<MinuteCounts> minutes, Silence silence)
    {
        if (decisions.Length == 0)
            return minutes[0];
        var place = Sources.Select((id, i) => (id, i)).ToDictionary(s => s.id, s => s.i);
        var (buckets, silent) = (new List<CountBucket>(), silence.Before);
        for (var i = 0; i < (int)covered.Minutes; i++)
        {
            var at = covered.Start.AddMinutes(i);
            var rule = RuleAt(at);
            var counts = rule.Count([.. rule.Sources(primary).Select(id => minutes[place[id]].In(i, i + 1))]);
            silent = counts.HasData || silence.IsWantedAt(at) ? 0 : silent + 1;
            if (rule.NoData == NoDataRule.CountsAsBad && silent > rule.BadAfterMinutes && silence.UsualEvents > 0)
                counts = new EventCounts(0, silence.UsualEvents);
            if (counts.HasData)
                buckets.Add(new(at, counts));
        }

        return MinuteCounts.FromBuckets(covered, buckets);
    }
}
