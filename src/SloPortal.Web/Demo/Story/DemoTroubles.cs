namespace SloPortal.Web.Demo.Story;

/// <summary>Something that goes wrong with a service.</summary>
/// <param name="Service">Slug.</param>
/// <param name="From">When it begins.</param>
/// <param name="Lasts">How long; null is until now and on.</param>
/// <param name="Failed">Share of requests that fail at its height.</param>
/// <param name="Slow">Share of requests that are slow at its height.</param>
/// <param name="Creeps">Whether it grows from nothing over its whole time, instead of within minutes.</param>
/// <param name="StaleModel">Whether the recommendations' model is not renewed.</param>
internal sealed record DemoTrouble(string Service, DateTimeOffset From, TimeSpan? Lasts, double Failed = 0, double Slow = 0, bool Creeps = false, bool StaleModel = false)
{
    /// <summary>A burst reaches its height, and fades, within this time.</summary>
    private static readonly TimeSpan Ramp = TimeSpan.FromMinutes(4);

    /// <summary>The longest window of a page: so long after its end an alert may still fire or end.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(7);

    /// <summary>How far the trouble has grown, 0 to 1.</summary>
    public double StrengthAt(DateTimeOffset instant)
    {
        var since = instant - From;
        if (since < TimeSpan.Zero || since >= Lasts)
            return 0;
        if (Creeps)
            return since / Lasts!.Value;
        var rising = (since + TimeSpan.FromMinutes(1)) / Ramp;
        var fading = Lasts is { } lasts ? (lasts - since) / Ramp : 1;
        return Math.Clamp(Math.Min(rising, fading), 0, 1);
    }

    /// <summary>Whether alerts may fire or end within minutes; what creeps changes them by the hour.</summary>
    public bool StirsAt(DateTimeOffset instant) => !Creeps && instant >= From && (Lasts is null || instant < From + Lasts + Aftermath);
}

/// <summary>What went wrong in the 90 days before an instant.</summary>
internal sealed class DemoTroubles
{
    public DemoTroubles(DateTimeOffset end)
    {
        BadSignInRelease = DemoCalendar.At(end, 34, 16.5);
        LeakBegins = DemoCalendar.At(end, 15, 9);
        LeakFixed = DemoCalendar.At(end, 6, 13);
        var vendorOutage = DemoCalendar.At(end, 11, 17);
        BadSearchRelease = end - TimeSpan.FromMinutes(95);
        All =
        [
            // The first bad release: rolled back after 38 minutes.
            new("accounts", BadSignInRelease, TimeSpan.FromMinutes(38), Failed: 0.22),
            // The payment vendor is away: payments fail, and checkouts with them.
            new("payments", vendorOutage, TimeSpan.FromMinutes(115), Failed: 0.38),
            new("checkout", vendorOutage, TimeSpan.FromMinutes(115), Failed: 0.1, Slow: 0.2),
            new("mobile-gateway", vendorOutage, TimeSpan.FromMinutes(115), Failed: 0.012),
            // Orders loses connections a little more every day, until a release closes them.
            new("orders", LeakBegins, LeakFixed - LeakBegins, Failed: 0.0098, Creeps: true),
            // The training cluster was moved, and for half a day the model was not renewed.
            new("recommendations", DemoCalendar.At(end, 48, 8), TimeSpan.FromHours(11), StaleModel: true),
            new("recommendations", DemoCalendar.At(end, 4, 10), TimeSpan.FromHours(2), StaleModel: true),
            new("mobile-gateway", DemoCalendar.At(end, 63, 19), TimeSpan.FromMinutes(26), Failed: 0.06),
            new("checkout", DemoCalendar.At(end, 72, 18), TimeSpan.FromMinutes(17), Failed: 0.09),
            // The second bad release is not rolled back yet: search is slow as you read this.
            new("search", BadSearchRelease, null, Slow: 0.46),
        ];
    }

    public DateTimeOffset BadSignInRelease { get; }

    public DateTimeOffset LeakBegins { get; }

    public DateTimeOffset LeakFixed { get; }

    public DateTimeOffset BadSearchRelease { get; }

    public IReadOnlyList<DemoTrouble> All { get; }
}
