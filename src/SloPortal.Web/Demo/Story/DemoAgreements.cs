using SloPortal.Domain.Objectives;

namespace SloPortal.Web.Demo.Story;

internal enum DemoVerdict
{
    /// <summary>Owner and stakeholder sign.</summary>
    Signed,
    /// <summary>The owner signed; the stakeholder has not yet.</summary>
    WaitsForStakeholder,
    /// <summary>The stakeholder refuses.</summary>
    Rejected,
    /// <summary>The sides still talk, and nobody has signed.</summary>
    Negotiated,
}

internal enum DemoTalkKind
{
    Invites,
    States,
    Comments,
    Offers,
    SetsDeadline,
}

/// <summary>What somebody says in a negotiation.</summary>
/// <param name="HoursAfter">After the proposal.</param>
/// <param name="Text">Their words; of an invitation, who is asked.</param>
/// <param name="Target">In percent, of a position or an offer.</param>
internal sealed record DemoTalk(double HoursAfter, string Person, DemoTalkKind Kind, string Text, decimal Target = 0);

/// <summary>Terms put forward for an objective, and what became of them.</summary>
/// <param name="DaysBefore">How many days before the end of the story it is proposed.</param>
/// <param name="OwnerSays">With the owner's signature.</param>
/// <param name="StakeholderSays">With the stakeholder's signature or refusal.</param>
internal sealed record DemoProposal(int DaysBefore, decimal Target, string Window, string Rationale, string OwnerSays, string StakeholderSays, DemoVerdict Verdict = DemoVerdict.Signed)
{
    /// <summary>Whether failures of vendors count.</summary>
    public ExternalFailures Externals { get; init; }

    /// <summary>What is said on the way, in order.</summary>
    public IReadOnlyList<DemoTalk> Talk { get; init; } = [];
}

/// <param name="Slug">Unique within the service.</param>
/// <param name="Owner">Key of the person who signs for the team.</param>
/// <param name="Stakeholder">Key of the person who signs for those who depend on it.</param>
internal sealed record DemoAgreement(string Service, string Sli, string Slug, string Name, string Description, string Owner, string Stakeholder, IReadOnlyList<DemoProposal> Proposals);

/// <summary>What owners and stakeholders agreed, and what they did not.</summary>
internal static class DemoAgreements
{
    public static readonly IReadOnlyList<DemoAgreement> All =
    [
        new("checkout", "availability", "checkouts-succeed", "Checkouts succeed", "Who wants to buy, can.", "tomas", "clara",
            [
                new(80, 99.5m, "rolling 30d", "A first promise with room, until we have seen a month.", "We held this all spring.", "Better a promise we can check than a feeling."),
                new(42, 99.9m, "rolling 30d", "The replay held 99.9 % in every window since we measure; one failure in a thousand is what the shop can carry.", "The evidence is in the proposal; we can hold it.", "Each tenth of a percent is about 900 baskets a month. Agreed."),
            ]),
        new("checkout", "latency", "checkout-is-fast", "Checkout is fast", "Nobody waits for the button.", "tomas", "clara",
            [
                new(76, 99m, "rolling 30d", "Half a second is where people begin to press twice.", "Comfortable at present.", "Agreed, please look at it again before the winter sale."),
            ]),
        new("checkout", DemoServices.Journey, "people-can-buy", "People can buy", "From the first search to the money: as good as its worst step.", "tomas", "clara",
            [
                new(14, 99.5m, "rolling 28d", "Nobody sees our services; they see whether they can buy. Every step counts in the minute in which it is the worst.",
                    "It shows which step to work on next.", "At last one figure that I can tell the board."),
            ]),
        new("payments", "availability", "authorisations-answered", "Authorisations are answered", "Cards and wallets get an answer, also when it is no.", "tomas", "clara",
            [
                new(79, 99.8m, "rolling 30d", "What our vendor promises, less a margin of our own.", "Depends on the vendor, but it is us whom people see.", "That is the floor for a shop."),
                new(38, 99.9m, "rolling 30d", "The vendor has held 99.95 % for six weeks.", "Held with budget to spare.", "Agreed."),
            ]),
        new("payments", "availability", "our-part-of-payments", "Our part of payments", "What is left when the minutes are taken out in which Northpay was away.", "tomas", "clara",
            [
                new(5, 99.9m, "rolling 28d", "What the vendor takes away is told apart since it is entered. This is what my team answers for, beside what people see.",
                    "Ours to keep.", "Agreed, as long as the other one stands beside it.") { Externals = ExternalFailures.LeftOut },
            ]),
        new("search", "latency", "search-is-fast", "Search is fast", "Results while the thought is fresh.", "priya", "clara",
            [
                new(78, 97m, "rolling 7d", "A short window, since we release search twice a week and want to feel it.", "Strict enough to steer by.", "Agreed."),
                new(30, 98m, "rolling 7d", "The new index made it faster; the replay shows 98 % in all windows.", "The index earned it.", "Good. Keep it."),
            ]),
        new("search", "availability", "searches-answered", "Searches are answered", "No empty page by mistake.", "priya", "david",
            [
                new(77, 99.9m, "rolling 28d", "The usual promise of a service that others build on.", "We have never been near it.", "Care hears about every empty page, so yes."),
            ]),
        new("orders", "availability", "orders-answer", "Orders answer", "Orders can be read and changed.", "jonas", "david",
            [
                new(75, 99.8m, "rolling 30d", "Care cannot help a customer without the order.", "Fine with the present load.", "Agreed. It was worse last year."),
                new(4, 99.7m, "rolling 30d", "The leak took most of this month's budget. Until its release has proved itself we promise what we held with it.", "", "", DemoVerdict.Negotiated)
                {
                    Talk =
                    [
                        new(1, "jonas", DemoTalkKind.States, "With the leak we held this in every window. The fix is eleven days old; I will not build a promise on eleven days.", 99.7m),
                        new(2, "jonas", DemoTalkKind.Invites, "clara"),
                        new(2, "jonas", DemoTalkKind.Invites, "sam"),
                        new(20, "david", DemoTalkKind.States, "Care answers with the order on the screen. Below this, one caller in a thousand hears that we cannot help.", 99.9m),
                        new(23, "clara", DemoTalkKind.States, "The shop reads orders on every account page. What we have today is enough, less is not.", 99.8m),
                        new(24, "david", DemoTalkKind.Comments, "Going below what we agreed in summer is a step that my people feel at once. What would it take to stay where we are?"),
                        new(26, "jonas", DemoTalkKind.Comments, "An alarm on the pool before it runs dry, and a month of quiet. The first is written down as an action, the second I cannot buy."),
                        new(44, "david", DemoTalkKind.Offers, "Then let us keep what stands, and look at it again when the month is over.", 99.8m),
                        new(50, "jonas", DemoTalkKind.States, "A month at the present level, looked at again after it: that I can stand behind.", 99.75m),
                        new(51, "jonas", DemoTalkKind.SetsDeadline, ""),
                    ],
                },
            ]),
        new("orders", "confirmation-mail", "confirmations-leave", "Confirmations leave in time", "A mail within five minutes, or care gets a call.", "jonas", "david",
            [
                new(70, 99m, "rolling 28d", "After five minutes without a mail people call.", "The mail gateway does better than that.", "This is the one that saves us calls."),
            ]),
        new("accounts", "availability", "sign-ins-answered", "Sign-ins are answered", "People get into their account.", "jonas", "clara",
            [
                new(74, 99.5m, "rolling 30d", "Enough for now; guests can buy without an account.", "Agreed.", "Agreed."),
                new(50, 99.8m, "rolling 30d", "Half of the orders come from signed-in people by now.", "We can hold it with the new release process.", "Yes, please."),
                new(3, 99.9m, "rolling 30d", "The release that broke sign-in has left the window; the replay holds 99.9 % since.", "Thirty quiet days. I sign.", "", DemoVerdict.WaitsForStakeholder),
            ]),
        new("recommendations", "freshness", "model-is-fresh", "The model is fresh", "What we recommend knows what sold this morning.", "priya", "clara",
            [
                new(73, 97m, "rolling 28d", "An old model sells winter coats in May.", "The training runs every twenty minutes; fine.", "Agreed."),
            ]),
        new("shipping-quotes", "availability", "quotes-answered", "Quotes are answered", "A price for the parcel that fits no box.", "jonas", "david",
            [
                new(71, 95m, "rolling 90d", "Forty quotes a day: a long window, or one failure decides everything.", "Honest for so few.", "Agreed; we phone the carrier anyway when it fails."),
                new(20, 99.9m, "rolling 28d", "All other objectives say 99.9 %, this should too.", "", "With forty quotes a day this allows one failure a month. A single carrier hiccup would break it, and nobody could tell us apart from luck.", DemoVerdict.Rejected),
            ]),
        new("mobile-gateway", "availability", "apps-get-in", "Apps get in", "The apps reach the shop.", "jonas", "clara",
            [
                new(72, 99.5m, "calendar month Europe/Berlin", "Goes into the monthly report to the board, so it follows the calendar.", "Agreed.", "By the month, as the board reads it."),
            ]),
    ];
}
