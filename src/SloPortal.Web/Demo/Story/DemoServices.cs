using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Demo.Traffic;

namespace SloPortal.Web.Demo.Story;

/// <param name="Slug">Also the job label of its series.</param>
/// <param name="PeakPerMinute">Requests a minute in the evening of a working day.</param>
/// <param name="NightShare">Traffic at the quietest hour, as a share of the peak.</param>
/// <param name="WeekendFactor">Saturday and Sunday beside a working day.</param>
/// <param name="FailedShare">Share of requests that fail on a good day.</param>
/// <param name="SlowShare">Share of requests above the bound of the latency SLI on a good day.</param>
internal sealed record DemoService(
    string Slug, string Name, string Description, ServiceTier Tier, string Team,
    double PeakPerMinute, double NightShare, double WeekendFactor, double FailedShare, double SlowShare, IReadOnlyList<DemoSli> Slis)
{
    /// <summary>Where its requests come in.</summary>
    public IReadOnlyList<DemoRegion> Regions => Slug == "checkout" ? DemoRegions.OfCheckout : DemoRegions.None;

    public IReadOnlyList<ServiceLink> Links =>
    [
        new("Repository", $"https://git.{DemoPeople.Domain}/shop/{Slug}"),
        new("Runbook", $"https://wiki.{DemoPeople.Domain}/runbooks/{Slug}"),
    ];
}

/// <param name="Bound">Of the latency histogram, in seconds; 0 where there is none.</param>
internal sealed record DemoSli(string Slug, string Name, string Description, SliDraft Definition, double Bound = 0);

/// <summary>The eight services of the shop, with their traffic and what is measured of them.</summary>
internal static class DemoServices
{
    /// <summary>The gauge of the recommendations: age in seconds of the model that answers.</summary>
    public const string ModelAge = "recommendations_model_age_seconds";

    /// <summary>The SLI of checkout that a probe pushes.</summary>
    public const string Probe = "probed";

    public const string Requests = "http_requests_total";
    public const string Latency = "http_request_duration_seconds";

    public static readonly IReadOnlyList<DemoService> All =
    [
        new("checkout", "Checkout", "Takes a basket and turns it into an order.", ServiceTier.Critical, "buying", 900, 0.08, 1.35, 0.0002, 0.004,
        [
            Availability("Checkouts that end in an order or a clear refusal, not in an error."),
            Fast("Checkouts answered within half a second.", "checkout", 0.5),
            new(Probe, "Test purchases", "Purchases of a probe that end in an order; the probe pushes the counts.", new SliDraft { Kind = SliKind.Pushed }),
        ]),
        new("payments", "Payments", "Authorises cards and wallets through our payment vendor.", ServiceTier.Critical, "buying", 640, 0.08, 1.35, 0.00025, 0.01,
            [Availability("Authorisations that the vendor answered, whatever the answer.")]),
        new("search", "Catalogue search", "Finds products by words, colour and size.", ServiceTier.Important, "discovery", 4200, 0.12, 1.2, 0.0003, 0.006,
        [
            Availability("Searches that were answered."),
            Fast("Searches answered within 0.3 seconds.", "search", 0.3),
        ]),
        new("orders", "Orders", "Keeps orders from payment to return.", ServiceTier.Important, "fulfilment", 520, 0.1, 1.2, 0.00022, 0.01,
        [
            Availability("Calls that read or change an order and succeed."),
            new("confirmation-mail", "Confirmation mail in five minutes", "Order confirmations that left within five minutes; the mail gateway pushes the counts.", new SliDraft { Kind = SliKind.Pushed }),
        ]),
        new("accounts", "Accounts", "Sign-in, addresses and wish lists.", ServiceTier.Important, "platform", 1300, 0.15, 1.1, 0.0002, 0.01,
            [Availability("Sign-ins and account pages that were answered.")]),
        new("recommendations", "Recommendations", "What else people like who bought this.", ServiceTier.Standard, "discovery", 2600, 0.1, 1.2, 0.0006, 0.01,
        [
            new("freshness", "Model younger than an hour", "Minutes in which the model that answers was at most an hour old.",
                new SliDraft { Kind = SliKind.GaugeThreshold, Gauge = ModelAge, Operator = ThresholdOperator.Below, Threshold = 3600 }),
        ]),
        // Some forty quotes a day: where statistics are thin, and the portal has to say so.
        new("shipping-quotes", "Shipping quotes", "Asks carriers for the price of bulky parcels, some forty times a day.", ServiceTier.Low, "fulfilment", 0.07, 0.05, 0.4, 0.004, 0.02,
            [Availability("Quotes that a carrier answered.")]),
        new("mobile-gateway", "Mobile gateway", "The one door through which the apps come in.", ServiceTier.Critical, "platform", 7000, 0.14, 1.15, 0.0008, 0.01,
            [Availability("Calls of the apps that were answered.")]),
    ];

    /// <summary>An SLI of checkout over steps of three services.</summary>
    public const string Journey = "buying-something";
    public const string JourneyName = "Buying something";
    public const string JourneyIs = "Search, checkout and payment, minute by minute as good as the worst of the three.";
    public static readonly IReadOnlyList<string> Steps = ["search", "checkout", "payments"];

    public static DemoService Named(string slug) => All.First(s => s.Slug == slug);

    private static DemoSli Availability(string description) => new("availability", "Availability", description, new SliDraft());

    private static DemoSli Fast(string description, string job, double bound) => new("latency", "Fast answers", description,
        new SliDraft { Kind = SliKind.HistogramThreshold, Histogram = $"{Latency}{{job=\"{job}\"}}", Threshold = bound }, bound);

    /// <summary>What the SLI counts; availability is the same of every service, by its job.</summary>
    public static SliDraft DefinitionOf(DemoService service, DemoSli sli) => sli.Slug == "availability"
        ? new SliDraft { Kind = SliKind.CounterRatio, Bad = $"{Requests}{{job=\"{service.Slug}\",code=~\"5..\"}}", Total = $"{Requests}{{job=\"{service.Slug}\"}}" }
        : sli.Definition;
}
