using SloPortal.Application.Budgets.Coverage;
using SloPortal.Application.Catalog.Journeys;
using SloPortal.Application.Measurement.Classifying;
using SloPortal.Application.Measurement.Cost;
using SloPortal.Application.Measurement.Coverage;
using SloPortal.Domain.Measurement.Coverage;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>What people come to the shop for, what would notice each of its failures, and where nothing does; which answers of checkout count as one. The source of the series has a budget.</summary>
internal static class DemoCovering
{
    private const int MostSeries = 400;

    private static readonly (string Journey, FailureClass Failure, (string Service, string Sli)[] Slis)[] Covers =
    [
        ("buy-something", FailureClass.Unavailable, [("checkout", DemoServices.Probe)]),
        ("buy-something", FailureClass.Error, [("checkout", "availability"), ("payments", "availability")]),
        ("buy-something", FailureClass.Slow, [("checkout", "latency")]),
        ("find-a-product", FailureClass.Error, [("search", "availability")]),
        ("find-a-product", FailureClass.Slow, [("search", "latency")]),
        ("find-a-product", FailureClass.Stale, [("recommendations", "freshness")]),
        ("get-the-order", FailureClass.Error, [("orders", "availability")]),
        ("get-the-order", FailureClass.Slow, [("orders", "confirmation-mail")]),
    ];

    private static readonly RulesDraft Rules = new($"{DemoServices.Requests}{{job=\"checkout\"}}",
    [
        new("{code=~\"5..\"}", FailureClass.Error, true, "The buyer reads that the order was not taken."),
    ]);

    public static IEnumerable<DemoStep> Of(DateTimeOffset end, double pace) => [new(end - TimeSpan.FromDays(12) * pace, AddAsync), new(end.AddHours(-6), SetBudgetAsync)];

    private static async Task AddAsync(DemoStage stage, CancellationToken ct)
    {
        var owner = await stage.ActorAsync("tomas", ct);
        var administrator = await stage.ActorAsync(DemoPeople.Administrator, ct);
        if (stage.Check("coverage", await stage.Get<GetCoverage.Handler>().HandleAsync(new GetCoverage(), owner, ct)) is not { Journeys.Count: 0 })
            return;
        CreateJourney[] journeys =
        [
            new("buy-something", "Buy something", "Open the basket\nGive an address\nPay\nSee that the order is taken", "buying", ["checkout", "payments", "orders"]),
            new("find-a-product", "Find a product", "Search or browse\nOpen a product\nSee what others bought", "discovery", ["search", "recommendations"]),
            new("get-the-order", "Get what was ordered", "Read the confirmation\nFollow the parcel", "fulfilment", ["orders"], 1),
        ];
        foreach (var journey in journeys)
            stage.Check(journey.Slug, await stage.Get<CreateJourney.Handler>().HandleAsync(journey, administrator, ct));
        var slis = await stage.SlisAsync(ct);
        foreach (var (journey, failure, named) in Covers)
            stage.Check(journey, await stage.Get<CoverFailure.Handler>().HandleAsync(new CoverFailure(journey, failure, [.. named.Select(n => slis[n])]), administrator, ct));
        stage.Check("gap", await stage.Get<AcceptGap.Handler>().HandleAsync(
            new AcceptGap("buy-something", FailureClass.Wrong, "What was charged is compared with what was ordered by hand, once a day. A count of mismatches is planned with the new ledger.",
                DateOnly.FromDateTime(stage.Clock.GetUtcNow().UtcDateTime).AddDays(60), stage.Password), owner, ct));
        stage.Check("failure rules", await stage.Get<SaveFailureRules.Handler>().HandleAsync(new SaveFailureRules("checkout", Rules, 0), administrator, ct));
    }

    private static async Task SetBudgetAsync(DemoStage stage, CancellationToken ct) =>
        stage.Check("budget", await stage.Get<SetSourceBudget.Handler>().HandleAsync(
            new SetSourceBudget(await stage.ScrapesAsync(ct), MostSeries, null), await stage.ActorAsync(DemoPeople.Administrator, ct), ct));
}
