namespace SloPortal.Web.Demo.Story.Incidents;

/// <summary>What was decided in the reviews, and what became of it: done with proof, on time, overdue, and dropped.</summary>
internal static class DemoActions
{
    public static IReadOnlyList<DemoAction> Of(IReadOnlyList<DemoIncident> incidents)
    {
        DateTimeOffset After(string title, double hours) => incidents.First(i => i.Title == title).At.AddHours(hours);
        return
        [
            new(CheckoutErrors.Title, After(CheckoutErrors.Title, 24), "tomas", "Let the health check of the database write a row", "buying", "checkout", 21, "tomas", 2,
                new(12, "tomas", "The check writes and reads back; a node with a read-only disk was taken out within 8 s in the test.", "checkout/merge_requests/412")),
            new(CheckoutErrors.Title, After(CheckoutErrors.Title, 24.2), "tomas", "Practise taking out a database node twice a year", "platform", "checkout", 60, "jonas", 20,
                new(44, "jonas", "Done with four people; the notes say what was unclear.", "handbook/merge_requests/88")),
            new(StaleModel.FirstTitle, After(StaleModel.FirstTitle, 73), "priya", "Warn when the model is older than 40 minutes", "discovery", "recommendations", 21, "priya", 15),
            new(StaleModel.FirstTitle, After(StaleModel.FirstTitle, 73.2), "priya", "Add training to the check list of moves", "platform", "recommendations", 14, "jonas", 1,
                new(6, "jonas", "The list asks for one training run after every move.", "handbook/merge_requests/71")),
            new(BadSignIn.Title, After(BadSignIn.Title, 28), "jonas", "Let a rollback pass without the tests of a release", "platform", "accounts", 14, "jonas", 2,
                new(9, "jonas", "The last five versions can be rolled back in two minutes.", "pipelines/merge_requests/233")),
            new(BadSignIn.Title, After(BadSignIn.Title, 28.2), "jonas", "Keep sessions of all supported apps in staging", "platform", "accounts", 24, null, 12),
            new(BadSignIn.Title, After(BadSignIn.Title, 28.4), "jonas", "Tell people in the app which versions are supported", "platform", "mobile-gateway", 30, null, null,
                new(16, "jonas", "The app stores tell it already; nobody would read it twice.", null)),
            new(VendorOutage.Title, After(VendorOutage.Title, 24), "tomas", "A second payment vendor for cards", "buying", "payments", 75, "tomas", 3),
            new(VendorOutage.Title, After(VendorOutage.Title, 24.2), "tomas", "Watch the vendor's certificates ourselves", "buying", "payments", 14, "tomas", 1,
                new(4, "tomas", "A probe warns three weeks before one of them expires.", "payments/merge_requests/175")),
            new(VendorOutage.Title, After(VendorOutage.Title, 24.4), "clara", "Agree with marketing when ads stop by themselves", "buying", "checkout", 7),
            new(OrderLeak.Title, After(OrderLeak.Title, 125), "jonas", "Let the load test cancel requests", "fulfilment", "orders", 21, "jonas", 1),
            new(OrderLeak.Title, After(OrderLeak.Title, 125.2), "jonas", "Agree who takes a ticket that burns slowly", "platform", "orders", 10, "aiko"),
        ];
    }
}
