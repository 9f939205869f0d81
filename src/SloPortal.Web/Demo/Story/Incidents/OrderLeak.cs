using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>Orders loses connections a little more every day; a ticket, not a page, and therefore a long story.</summary>
internal static class OrderLeak
{
    public const string Title = "Orders fails a little more every day";

    public static DemoIncident Of(DemoTroubles troubles) => new(
        Title,
        "Cancelled requests kept their database connection. Errors grew for nine days until a release closed them.",
        IncidentSeverity.Sev3, troubles.LeakBegins.AddDays(6).AddMinutes(47.3), "jonas", troubles.LeakBegins, [new("orders", "orders-answer")],
        [
            new DemoMoment.Says(2, "jonas", "No single bad hour: the share of errors has been growing in a straight line for six days."),
            new DemoMoment.Gives(24, "aiko", IncidentRole.Commander, "jonas"),
            new DemoMoment.Becomes(26, "jonas", IncidentStatus.Acknowledged),
            new DemoMoment.Says(70, "jonas", "Errors are “no connection within 2 s”. The pool is full, and the database is idle."),
            new DemoMoment.Says(95, "jonas", "Restart all instances every night until we know more.", EntryKind.Decision),
            new DemoMoment.Says(1450, "david", "Care sees it too: about one order in a hundred and fifty opens only at the second try.", EntryKind.Impact),
            new DemoMoment.Says(1530, "jonas", "The restart at night did nothing for the day: connections are gone within two hours."),
            new DemoMoment.Says(2890, "jonas", "Found: the page of the order history, new in 7.18.0, cancels its request when people scroll on. A cancelled request never gives its connection back."),
            new DemoMoment.Attaches(2902, "jonas", "pool.log", "09:12:04 pool size=40 used=40 waiting=3\n09:12:04 oldest lease 00:51:17 GET /orders?page=4 (cancelled)\n09:12:04 2nd oldest 00:50:58 GET /orders?page=2 (cancelled)\n09:12:05 timeout waiting for a connection after 2000 ms\n"),
            new DemoMoment.Says(2915, "jonas", "Fix forward with 7.18.3; going back to 7.17 would take the history away from people who use it now.", EntryKind.Decision),
            new DemoMoment.Becomes(4580, "jonas", IncidentStatus.Mitigated, "7.18.3 closes connections after a cancelled request"),
            new DemoMoment.Counts(4700, "jonas", 12400),
            new DemoMoment.Becomes(6000, "jonas", IncidentStatus.Resolved, "a full day without a lost connection"),
            new DemoMoment.Becomes(7400, "jonas", IncidentStatus.Closed),
        ],
        [
            new DemoReview.Begins(120, "jonas"),
            new DemoReview.Writes(124, "jonas", "A release let cancelled requests keep their database connection. Errors grew for nine days and spent most of a month's budget, without one moment that looked like an outage.",
                new Dictionary<string, string>
                {
                    ["What happened"] = "7.18.0 reads the order history by page and cancels what people scroll past. The cancelled call left its transaction open. The pool filled, calls waited for two seconds and failed: one in ten thousand on the first day, one in a hundred on the ninth.",
                    ["Contributing factors"] = "The load test scrolls slowly and never cancels. The ticket of the burn alert lay for two days, since nobody could point to a bad hour.",
                    ["What went well"] = "The ticket came while there was still budget to save. The page of the objective showed the line as a line.",
                    ["Where we were lucky"] = "Traffic was low; in the winter sale the pool would have been full on the second day.",
                    ["Actions"] = "Watch the age of the oldest lease. Let the load test cancel. Agree who takes a ticket that burns slowly.",
                }),
            new DemoReview.Places(124.2, "jonas", new Dictionary<string, string>
            {
                ["process"] = "A slow burn has no owner until it is a fast one.",
                ["tooling"] = "The load test never cancels a request.",
                ["architecture"] = "One pool serves all pages, so one page can starve the others.",
            }),
            new DemoReview.Submits(125, "jonas"),
            new DemoReview.Comments(142, "priya", "Search has the same cancelling list. I have looked: our pool closes on cancel.", "cancels what people scroll past"),
            new DemoReview.Approves(143, "aiko"),
        ]);
}
