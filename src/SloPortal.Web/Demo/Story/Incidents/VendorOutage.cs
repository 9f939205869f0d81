using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>The payment vendor is away. Payments pages, care reports checkout, and the two turn out to be one.</summary>
internal static class VendorOutage
{
    public const string Title = "The payment vendor does not answer";

    public static IReadOnlyList<DemoIncident> Of(DemoTroubles troubles) => [Payments(troubles), Checkout(troubles)];

    private static DemoIncident Payments(DemoTroubles troubles) => new(
        Title,
        "Our payment vendor was away for two hours. Four authorisations in ten failed, and checkouts with them.",
        IncidentSeverity.Sev2, troubles.VendorOutage.AddMinutes(7.3), "aiko", troubles.VendorOutage, [new("payments", "authorisations-answered")],
        [
            new DemoMoment.Becomes(0.5, "aiko", IncidentStatus.Acknowledged),
            new DemoMoment.Gives(0.8, "aiko", IncidentRole.OperationsLead, "tomas"),
            new DemoMoment.Says(2.2, "tomas", "Authorisations time out after 10 s, cards and wallets alike. Ours is healthy; the vendor's page says all is well."),
            new DemoMoment.Says(4.9, "tomas", "A plain call to their test address from my own machine hangs too."),
            new DemoMoment.Gives(6.1, "aiko", IncidentRole.Communications, "clara"),
            new DemoMoment.Gives(6.3, "aiko", IncidentRole.Scribe, "sam"),
            new DemoMoment.Says(9.5, "tomas", "Called the vendor's hotline. They know of it and have no time for us."),
            new DemoMoment.Judges(15.2, "aiko", IncidentSeverity.Sev1, "checkouts fail too, and there is no way around the vendor"),
            new DemoMoment.Says(17.0, "aiko", "Lower the time limit from 10 s to 3 s, so that people get an answer and the pages stay usable.", EntryKind.Decision),
            new DemoMoment.Says(24.6, "tomas", "3 s is live. People see “pay later” sooner; the failures stay."),
            new DemoMoment.Says(29.3, "clara", "The banner is up: cards may fail at present, your basket is kept.", EntryKind.Note),
            new DemoMoment.Says(38.0, "sam", "Vendor's page now: “degraded performance in the European region”."),
            new DemoMoment.Says(52.4, "tomas", "About six in ten go through. It depends on which of their addresses answers."),
            new DemoMoment.Says(55.0, "aiko", "We do not pin the address that works: if it goes too, we have nothing. Wait for the vendor, look again every 15 minutes.", EntryKind.Decision),
            new DemoMoment.Says(81.7, "clara", "Campaign mail of 19:00 is held back.", EntryKind.Impact),
            new DemoMoment.Says(96.2, "sam", "Vendor's page: “a fix is being rolled out”."),
            new DemoMoment.Becomes(111.0, "aiko", IncidentStatus.Mitigated, "authorisations go through", Ago: 3.3),
            new DemoMoment.Pastes(124.0, "sam",
            [
                new(10.5, "tomas", "on hold with the vendor, music is nice"),
                new(21.0, "clara", "marketing asks whether to stop the ads. I said yes, until we know more"),
                new(58.0, "tomas", "they say a certificate of their load balancer ran out"),
                new(109.2, "tomas", "first clean minute"),
                new(112.0, "clara", "ads are on again"),
            ]),
            new DemoMoment.Attaches(126.0, "tomas", "vendor-status.md", "# Vendor status, as shown\n\n- 17:45 UTC: degraded performance in the European region\n- 18:43 UTC: a fix is being rolled out\n- 18:58 UTC: resolved. A certificate had expired.\n"),
            new DemoMoment.Corrects(128.5, "sam", "Vendor's page now: “degraded performance in the European region”.", "Vendor's page since 17:45: “degraded performance in the European region”.", "their page carries the time"),
            new DemoMoment.Counts(150.0, "tomas", 9300),
            new DemoMoment.Becomes(170.0, "aiko", IncidentStatus.Resolved, "an hour without failures; the banner is down"),
            new DemoMoment.Becomes(4300, "aiko", IncidentStatus.Closed),
        ],
        [
            new DemoReview.Begins(15, "tomas"),
            new DemoReview.Writes(19, "tomas", "A certificate of our payment vendor expired. For 115 minutes four authorisations in ten failed, and about one checkout in ten; some 9,300 people were affected and the budget of payments is gone.",
                new Dictionary<string, string>
                {
                    ["What happened"] = "The vendor's load balancers in Europe used two certificates, one of which expired. Calls that met it hung until our time limit. We could tell people, shorten the wait, and hold back mail; we could not pay another way.",
                    ["Contributing factors"] = "We have one vendor and no second path. Checkout waits for the authorisation while the customer waits for checkout. The vendor's page was an hour late.",
                    ["What went well"] = "Two reports were recognised as one within a quarter of an hour. Baskets were kept, and a third of the people came back the same evening.",
                    ["Where we were lucky"] = "The winter sale was a week away.",
                    ["Actions"] = "A second payment vendor for cards. Take the order first and the payment after it, within an hour. Watch the vendor's certificates ourselves.",
                }),
            new DemoReview.Writes(22, "clara", "A certificate of our payment vendor expired. For 115 minutes four authorisations in ten failed, and about one checkout in ten; some 9,300 people were affected and the budget of payments is gone.",
                new Dictionary<string, string> { ["Where we were lucky"] = "The winter sale was a week away: the same two hours would have met four times as many people." }),
            new DemoReview.Places(22.4, "tomas", new Dictionary<string, string>
            {
                ["external"] = "A certificate of the vendor expired, and their page told of it an hour late.",
                ["architecture"] = "One vendor, and checkout waits for it.",
                ["communication"] = "Marketing had to ask whether to stop the ads.",
            }),
            new DemoReview.Submits(23, "tomas"),
            new DemoReview.Comments(25, "david", "Two thirds of the people did not come back that evening. Should that be in the impact?", "a third of the people came back the same evening"),
            new DemoReview.Comments(26, "tomas", "It is in the mail to the board; here it would need a source. I will ask for one."),
            new DemoReview.Settles(40, "tomas", "Two thirds of the people did not come back that evening. Should that be in the impact?"),
            new DemoReview.Approves(42, "aiko"),
            new DemoReview.Publishes(43, "tomas"),
        ]);

    private static DemoIncident Checkout(DemoTroubles troubles) => new(
        "Customers cannot pay: checkout hangs",
        "Care hears of a checkout that turns and turns after the button.",
        IncidentSeverity.Sev2, troubles.VendorOutage.AddMinutes(9.1), "david", troubles.VendorOutage.AddMinutes(3), [new("checkout", "checkouts-succeed"), new("checkout", "checkout-is-fast")],
        [
            new DemoMoment.Says(0.7, "david", "Seven calls since 17:05. It turns for ten seconds, then “payment not possible”. Cards and wallets.", EntryKind.Impact),
            new DemoMoment.Says(3.2, "david", "We offer payment by invoice on the phone to those who ask."),
            new DemoMoment.Says(8.8, "tomas", "This is the vendor; checkout itself is healthy."),
            new DemoMoment.Merges(12.0, "aiko", Title),
        ],
        []);
}
