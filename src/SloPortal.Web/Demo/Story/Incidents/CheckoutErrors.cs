using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>Seventeen minutes of errors at checkout, which ended before anybody had understood them.</summary>
internal static class CheckoutErrors
{
    public const string Title = "Checkout answers with errors";

    public static DemoIncident Of(DemoTroubles troubles) => new(
        Title,
        "About one checkout in eleven ended in an error page for 17 minutes in the evening, until a stuck database node was taken out.",
        IncidentSeverity.Sev2, troubles.CheckoutErrors.AddMinutes(6.2), "david", troubles.CheckoutErrors, [new("checkout", "checkouts-succeed")],
        [
            new DemoMoment.Says(0.6, "david", "Three calls in four minutes: the page says “Something went wrong” after the button, and the basket is still full.", EntryKind.Impact),
            new DemoMoment.Gives(1.3, "aiko", IncidentRole.Commander, "aiko"),
            new DemoMoment.Becomes(1.5, "aiko", IncidentStatus.Acknowledged),
            new DemoMoment.Gives(1.8, "aiko", IncidentRole.OperationsLead, "tomas"),
            new DemoMoment.Says(3.4, "tomas", "All errors come from writes; reads of the basket are fine. No release today."),
            new DemoMoment.Says(5.1, "tomas", "Database node 2 answers pings and takes no writes. The pool still hands out its connections."),
            new DemoMoment.Says(6.0, "aiko", "Take node 2 out of the pool by hand; do not wait for the failover.", EntryKind.Decision),
            new DemoMoment.Says(9.2, "tomas", "Node 2 is out. Errors fall."),
            new DemoMoment.Becomes(11.4, "aiko", IncidentStatus.Mitigated, "no error for two minutes"),
            new DemoMoment.Says(14, "david", "A customer who called back has her order.", EntryKind.Impact),
            new DemoMoment.Counts(41, "tomas", 840),
            new DemoMoment.Becomes(52, "aiko", IncidentStatus.Resolved, "node 2 was rebuilt and is in the pool again"),
            new DemoMoment.Becomes(1490, "aiko", IncidentStatus.Closed),
        ],
        [
            new DemoReview.Begins(20, "tomas"),
            new DemoReview.Writes(22, "tomas", "A database node that answered health checks but took no writes stayed in the pool for 17 minutes. About 840 people saw an error at checkout.",
                new Dictionary<string, string>
                {
                    ["What happened"] = "The disk of node 2 became read-only. Its health check reads one row, which went on to succeed, so the pool handed out its connections as before. One write in eleven met it and failed.",
                    ["Contributing factors"] = "The health check asks whether a node answers, not whether it can do its work. The failover acts on the same check.",
                    ["What went well"] = "Customer care reported it within six minutes and wrote down what people saw. Taking the node out by hand was practised in spring.",
                    ["Where we were lucky"] = "It was one node of three, and the one with the fewest connections.",
                    ["Actions"] = "The health check writes a row; the burn alert of checkout pages on shorter windows.",
                }),
            new DemoReview.Places(22.2, "tomas", new Dictionary<string, string>
            {
                ["tooling"] = "The health check reads and never writes.",
                ["architecture"] = "Failover and pool trust one and the same check.",
            }),
            new DemoReview.Submits(23, "tomas"),
            new DemoReview.Comments(26, "aiko", "Good. Please keep the sentence about the practice in spring: it is why we were fast."),
            new DemoReview.Approves(26.5, "aiko"),
            new DemoReview.Publishes(27, "tomas"),
        ]);
}
