namespace SloPortal.Web.Demo.Traffic;

/// <summary>Where some of a service's traffic comes in.</summary>
/// <param name="Name">The value of the label region; empty for a service that has none.</param>
/// <param name="Traffic">Its part of the requests.</param>
/// <param name="Failures">Its part of those that fail, as long as it has so many requests.</param>
internal sealed record DemoRegion(string Name, double Traffic, double Failures);

/// <summary>How the requests of a minute fall to the regions. Pure, and to the last request what the service had.</summary>
internal static class DemoRegions
{
    public static readonly IReadOnlyList<DemoRegion> None = [new("", 1, 1)];

    /// <summary>The data centre in the west of America is old, and loses requests that the others keep.</summary>
    public static readonly IReadOnlyList<DemoRegion> OfCheckout =
        [new("eu-central", 0.46, 0.29), new("eu-west", 0.27, 0.15), new("us-west", 0.19, 0.48), new("ap-south", 0.08, 0.08)];

    /// <summary>Requests and failures of each region.</summary>
    public static (long Total, long Failed)[] Divide(DemoMinute minute, IReadOnlyList<DemoRegion> regions, long key)
    {
        var divided = new (long Total, long Failed)[regions.Count];
        var (traffic, failures) = (0d, 0d);
        var (total, failed) = (0L, 0L);
        for (var i = 0; i < regions.Count; i++)
        {
            (traffic, failures) = (traffic + regions[i].Traffic, failures + regions[i].Failures);
            var isLast = i == regions.Count - 1;
            var totalUpto = isLast ? minute.Total : Upto(minute.Total, traffic, key, 1);
            divided[i].Total = totalUpto - total;
            // What a region has no requests for fails in the next; what the last has none for, in an earlier one.
            var failedUpto = Math.Max(failed, isLast ? minute.Failed : Upto(minute.Failed, failures, key, 2));
            divided[i].Failed = Math.Min(divided[i].Total, failedUpto - failed);
            (total, failed) = (totalUpto, failed + divided[i].Failed);
        }
        for (var i = 0; failed < minute.Failed; i++)
        {
            var more = Math.Min(divided[i].Total - divided[i].Failed, minute.Failed - failed);
            (divided[i].Failed, failed) = (divided[i].Failed + more, failed + more);
        }
        return divided;
    }

    /// <summary>Rounded by chance, so that single events fall to each in proportion.</summary>
    private static long Upto(long events, double share, long key, long salt) => Math.Min(events, (long)Math.Floor(events * share + DemoNoise.Unit(key, salt, 9)));
}
