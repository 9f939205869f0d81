namespace SloPortal.Web.Demo.Story;

/// <summary>Something that goes wrong with a service.</summary>
/// <param name="Service">Slug.</param>
/// <param name="From">When it begins.</param>
/// <param name="Lasts">How long.</param>
/// <param name="Failed">Share of requests that fail at its height.</param>
/// <param name="Slow">Share of requests that are slow at its height.</param>
/// <param name="Creeps">Whether it grows from nothing over its whole time, instead of within minutes.</param>
/// <param name="StaleModel">Whether the recommendations' model is not renewed.</param>
internal sealed record DemoTrouble(string Service, DateTimeOffset From, TimeSpan Lasts, double Failed = 0, double Slow = 0, bool Creeps = false, bool StaleModel = false)
{
    /// <summary>A burst reaches its height, and fades, within this time.</summary>
    private static readonly TimeSpan Ramp = TimeSpan.FromMinutes(4);

    /// <summary>So long after the beginning and after the end pages fire and end within minutes.</summary>
    private static readonly TimeSpan Stir = TimeSpan.FromMinutes(45);

    /// <summary>The longest window of a page: so long after its end an alert may still end.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromHours(7);

    /// <summary>While all is well alerts are judged by the hour: 26,000 evaluations of 90 days would take too long.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromHours(1);

    /// <summary>How far the trouble has grown, 0 to 1.</summary>
    public double StrengthAt(DateTimeOffset instant)
    {
        var since = instant - From;
        if (since < TimeSpan.Zero || since >= Lasts)
            return 0;
        if (Creeps)
            return since / Lasts;
        var rising = (since + TimeSpan.FromMinutes(1)) / Ramp;
        var fading = (Lasts - since) / Ramp;
        return Math.Clamp(Math.Min(rising, fading), 0, 1);
    }

    /// <summary>Whether alerts may fire or end on its account.</summary>
    public bool IsFeltAt(DateTimeOffset instant) => instant >= From && instant < From + Lasts + Aftermath;

    /// <summary>How often alerts have to be judged so that they fire and end when they should; what creeps changes them by the hour.</summary>
    public TimeSpan PaceAt(DateTimeOffset instant)
    {
        var (since, after) = (instant - From, instant - From - Lasts);
        return Creeps || since < TimeSpan.Zero || after >= Aftermath ? Calm
            : since < Stir || (after >= TimeSpan.Zero && after < Stir) ? TimeSpan.FromMinutes(5)
            : TimeSpan.FromMinutes(15);
    }
}

/// <summary>What went wrong in the 90 days before an instant, and goes wrong after it.</summary>
internal sealed class DemoTroubles
{
    private readonly ILookup<string, DemoTrouble> byService;

    public DemoTroubles(DateTimeOffset end)
    {
        BadSignInRelease = DemoCalendar.At(end, 34, 16.5);
        LeakBegins = DemoCalendar.At(end, 15, 9);
        LeakFixed = DemoCalendar.At(end, 6, 13);
        VendorOutage = DemoCalendar.At(end, 11, 17);
        ModelStands = DemoCalendar.At(end, 48, 8);
        ModelStandsAgain = DemoCalendar.At(end, 4, 10);
        GatewaySwitch = DemoCalendar.At(end, 63, 19);
        CheckoutErrors = DemoCalendar.At(end, 72, 18);
        SlowCheckoutRelease = end - TimeSpan.FromHours(27);
        ProbeFails = end - TimeSpan.FromHours(5);
        Live = DemoLife.After(end);
        IReadOnlyList<DemoTrouble> all =
        [
            // The first bad release: rolled back after 38 minutes.
            new("accounts", BadSignInRelease, TimeSpan.FromMinutes(38), Failed: 0.22),
            // The payment vendor is away: payments fail, and checkouts with them.
            new("payments", VendorOutage, TimeSpan.FromMinutes(115), Failed: 0.38),
            new("checkout", VendorOutage, TimeSpan.FromMinutes(115), Failed: 0.1, Slow: 0.2),
            new("mobile-gateway", VendorOutage, TimeSpan.FromMinutes(115), Failed: 0.012),
            // Orders loses connections a little more every day, until a release closes them.
            new("orders", LeakBegins, LeakFixed - LeakBegins, Failed: 0.0098, Creeps: true),
            // The training cluster was moved, and for half a day the model was not renewed.
            new("recommendations", ModelStands, TimeSpan.FromHours(11), StaleModel: true),
            new("recommendations", ModelStandsAgain, TimeSpan.FromHours(2), StaleModel: true),
            // The certificates of the gateway are changed, as announced.
            new("mobile-gateway", GatewaySwitch, TimeSpan.FromMinutes(26), Failed: 0.22),
            new("checkout", CheckoutErrors, TimeSpan.FromMinutes(17), Failed: 0.09),
            // Since yesterday checkout is a little slow: nothing for the night, but a ticket.
            new("checkout", SlowCheckoutRelease, SlowCheckoutLasts, Slow: 0.036),
            .. Live.Select(e => e.Trouble),
        ];
        byService = all.ToLookup(t => t.Service);
        All = all;
    }

    /// <summary>How long the slow checkout goes on: some hours past the end of history.</summary>
    public static readonly TimeSpan SlowCheckoutLasts = TimeSpan.FromHours(33);

    public DateTimeOffset BadSignInRelease { get; }

    public DateTimeOffset VendorOutage { get; }

    public DateTimeOffset ModelStands { get; }

    public DateTimeOffset ModelStandsAgain { get; }

    public DateTimeOffset GatewaySwitch { get; }

    public DateTimeOffset CheckoutErrors { get; }

    public DateTimeOffset LeakBegins { get; }

    public DateTimeOffset LeakFixed { get; }

    public DateTimeOffset SlowCheckoutRelease { get; }

    /// <summary>How long the probe of checkout fails by itself: until some hours after one arrives.</summary>
    public static readonly TimeSpan ProbeFailsFor = TimeSpan.FromHours(9);

    public DateTimeOffset ProbeFails { get; }

    /// <summary>From the slow search that one finds on arrival on.</summary>
    public IReadOnlyList<DemoEpisode> Live { get; }

    public IReadOnlyList<DemoTrouble> All { get; }

    /// <param name="service">Slug.</param>
    public IEnumerable<DemoTrouble> Of(string service) => byService[service];

    /// <summary>Whether some service is in trouble, or was a few hours ago.</summary>
    public bool IsRestlessAt(DateTimeOffset instant) => All.Any(t => t.IsFeltAt(instant));

    /// <summary>How far history may be played on before alerts are judged again.</summary>
    public TimeSpan PaceAt(DateTimeOffset instant)
    {
        var pace = All.Min(t => t.PaceAt(instant));
        // What begins within the hour is not to be found an hour late.
        var next = All.Where(t => t.From > instant).Select(t => t.From - instant).DefaultIfEmpty(pace).Min();
        return next < pace ? TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(next.TotalMinutes))) : pace;
    }
}
