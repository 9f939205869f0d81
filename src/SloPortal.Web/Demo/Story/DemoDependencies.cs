using SloPortal.Domain.Catalog.Dependencies;

namespace SloPortal.Web.Demo.Story;

internal sealed record DemoVendor(string Slug, string Name, string Description, string Team);

/// <param name="On">Slug of a service or of a vendor.</param>
internal sealed record DemoDependency(string Service, string On, DependencyKind Kind, string Note, string? Group = null);

/// <param name="ReviewIn">Days from the end of the story; below zero it is overdue.</param>
internal sealed record DemoRisk(string Service, string Vendor, string Owner, int ReviewIn, RiskState State, string Note);

/// <summary>What the services of the shop need, inside and outside.</summary>
internal static class DemoDependencies
{
    public const string PaymentVendor = "northpay";

    /// <summary>A service of Buying of which nothing is measured or agreed yet.</summary>
    public const string Unmeasured = "gift-cards";
    public const string UnmeasuredName = "Gift cards";
    public const string UnmeasuredIs = "Sells and redeems gift cards. New this autumn; nothing is measured yet.";

    public static readonly IReadOnlyList<DemoVendor> Vendors =
    [
        new(PaymentVendor, "Northpay", "Authorises cards and wallets. Support by telephone around the clock; the contract number is with Buying.", "buying"),
        new("mailbird", "Mailbird", "Sends our mails: confirmations, invoices, newsletters.", "fulfilment"),
        new("parcelline", "Parcelline", "Carrier for bulky parcels.", "fulfilment"),
        new("swiftfreight", "Swiftfreight", "The other carrier for bulky parcels.", "fulfilment"),
    ];

    public static readonly IReadOnlyList<DemoDependency> All =
    [
        new("mobile-gateway", "checkout", DependencyKind.Hard, "Buying in the apps."),
        new("mobile-gateway", "search", DependencyKind.Hard, "Every screen of the apps begins with a search."),
        new("mobile-gateway", "accounts", DependencyKind.Hard, "The apps know nobody without a sign-in."),
        new("mobile-gateway", "recommendations", DependencyKind.Soft, "Shelves stay empty without it."),
        new("checkout", "payments", DependencyKind.Hard, "No order without money."),
        new("checkout", "orders", DependencyKind.Hard, "Where the order goes."),
        new("checkout", "accounts", DependencyKind.Soft, "Guests buy without an account."),
        new("checkout", "shipping-quotes", DependencyKind.Soft, "Bulky parcels get a standard price without it."),
        new("checkout", Unmeasured, DependencyKind.Soft, "Whoever pays with a card can pay otherwise."),
        new(Unmeasured, "payments", DependencyKind.Hard, "A gift card is bought before it is given."),
        new("payments", PaymentVendor, DependencyKind.Hard, "The only way to cards and wallets."),
        new("orders", "mailbird", DependencyKind.Soft, "Mails wait until it is back."),
        new("shipping-quotes", "parcelline", DependencyKind.Hard, "", "carriers"),
        new("shipping-quotes", "swiftfreight", DependencyKind.Hard, "", "carriers"),
    ];

    public static readonly IReadOnlyList<DemoRisk> Risks =
    [
        new("payments", PaymentVendor, "tomas", -5, RiskState.Open, "When Northpay is away nobody can pay. A second vendor is being negotiated; until then invoices for known customers."),
        new("shipping-quotes", "parcelline", "jonas", 60, RiskState.Mitigated, "Swiftfreight answers in its place."),
        new("orders", "mailbird", "jonas", 45, RiskState.Accepted, "Confirmations come late; care is told and answers the calls."),
    ];
}

/// <param name="Revenue">Of one hour, in EUR.</param>
internal sealed record DemoImpact(string Service, decimal? Revenue, long? Users, int? Contracts, params string[] Frameworks);

/// <summary>What the services mean to the shop, and one decision against the scorecard. Of recommendations nobody has said anything.</summary>
internal static class DemoImpacts
{
    public static readonly IReadOnlyList<DemoImpact> All =
    [
        new("checkout", 38_000, 11_000, 2, "GDPR", "PCI DSS"),
        new("payments", 38_000, 11_000, 1, "GDPR", "PCI DSS"),
        new(DemoDependencies.Unmeasured, 12_000, 900, 0, "GDPR"),
        new("search", 9_000, 60_000, 0),
        new("orders", 2_500, 8_000, 1, "GDPR"),
        new("accounts", 4_000, 25_000, 0, "GDPR"),
        new("mobile-gateway", 21_000, 45_000, 0, "GDPR"),
        new("shipping-quotes", 150, 40, 0),
    ];

    public const string DecidedService = "recommendations";
    public const string Rationale = "The score knows no revenue for it yet, but a third of the baskets begin on its shelves. Until it is measured we treat it as what needs an objective.";
}
