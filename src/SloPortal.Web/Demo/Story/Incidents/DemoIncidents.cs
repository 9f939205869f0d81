namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>The incidents of the story, and the burn alerts that became none.</summary>
internal static class DemoIncidents
{
    public const string Commander = "aiko";

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<DemoIncident> Of(DemoTroubles troubles) =>
    [
        CheckoutErrors.Of(troubles),
        StaleModel.Of(troubles),
        BadSignIn.Of(troubles),
        OrderLeak.Of(troubles),
        .. VendorOutage.Of(troubles),
        StaleModel.AgainOf(troubles),
        SlowCheckout.Of(troubles),
        SlowSearch.Of(troubles),
    ];

    /// <summary>Why they became no incident.</summary>
    public static IReadOnlyList<DemoDecline> Declined(DemoTroubles troubles, DateTimeOffset end) =>
    [
        new(troubles.GatewaySwitch.AddMinutes(31), "mobile-gateway",
            "The announced change of the gateway's certificates. The apps tried again by themselves, nobody called care, and it was over after 26 minutes. It counts in the budget; it is no incident."),
        .. Enumerable.Range(1, (int)DemoCalendar.Whole.TotalDays - 1).Reverse().Select(day => new DemoDecline(DemoCalendar.At(end, day, 15.5), "",
            "Looked at in the afternoon round: the burn had ended by itself, or belongs to an incident that we know. Nothing to respond to.")),
    ];
}
