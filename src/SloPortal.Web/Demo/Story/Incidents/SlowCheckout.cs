using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>Since yesterday checkout is a little slow: known, understood, and waiting for a release.</summary>
internal static class SlowCheckout
{
    public static DemoIncident Of(DemoTroubles troubles) => new(
        "Checkout is slow since addresses are checked",
        "9.12.0 asks the carrier about every address. One checkout in thirty takes longer than half a second.",
        IncidentSeverity.Sev4, troubles.SlowCheckoutRelease.AddMinutes(395), "tomas", troubles.SlowCheckoutRelease, [new("checkout", "checkout-is-fast")],
        [
            new DemoMoment.Says(1.5, "tomas", "All slow ones wait for the carrier's answer about the address. It is asked again for addresses that we know."),
            new DemoMoment.Gives(14, "aiko", IncidentRole.Commander, "tomas"),
            new DemoMoment.Becomes(15, "tomas", IncidentStatus.Acknowledged),
            new DemoMoment.Says(33, "clara", "Returned parcels fall since the check is there. Please keep it if you can.", EntryKind.Impact),
            new DemoMoment.Says(41, "tomas", "Keep 9.12.0. The next release does not ask about known addresses again; until then the burn is a ticket and no page.", EntryKind.Decision),
            new DemoMoment.Says(830, "tomas", "9.12.1 is in review and goes out today."),
        ],
        [
            new DemoReview.Begins(17, "tomas"),
            new DemoReview.Writes(17.6, "tomas", "Checking addresses with the carrier made one checkout in thirty slow.", new Dictionary<string, string>
            {
                ["What happened"] = "9.12.0 asks the carrier about every address before it shows the last page. The carrier answers in 300 ms on most days.\n\n*To be written when 9.12.1 is out.*",
            }),
            new DemoReview.Comments(18.4, "priya", "Which share of the addresses is known? That tells how much 9.12.1 can help."),
        ]);
}
