namespace SloPortal.Web.Tests.Access.Table;

/// <summary>
/// Every endpoint and page of the program and what each role gets. Whoever adds one adds its row to the file of the area;
/// <see cref="AccessTableTests"/> fail for one that is missing here.
/// </summary>
internal static class AccessTable
{
    public static IReadOnlyList<AccessRow> Endpoints { get; } =
    [
        .. AccessRows.All, .. AuditRows.All, .. CatalogRows.All, .. DependencyRows.All, .. PortfolioRows.All, .. MeasurementRows.All, .. ObjectiveRows.All, .. BudgetRows.All, .. ChangeRows.All, .. IncidentRows.All, .. TeamRows.All, .. RunbookRows.All, .. UpdateRows.All, .. SignalRows.All, .. WatchRows.All, .. OnCallRows.All, .. EscalationRows.All, .. TimelineRows.All, .. ArchiveRows.All, .. ReviewRows.All, .. ActionRows.All, .. ContractRows.All, .. RetentionRows.All, .. CommonRows.All,
    ];

    public static IReadOnlyList<PageRow> Pages => PageRows.All;

    /// <summary>What the program maps besides, each with the reason why it is not asked here.</summary>
    public static IReadOnlyDictionary<string, string> LeftOut { get; } = new Dictionary<string, string>
    {
        ["POST /sign-out"] = "ends a session by a form with an antiforgery token; SignInTests send it",
        ["GET /sign-in/provider"] = "leads to the provider; ProviderSignInTests follow it",
        ["page /set-up"] = "leads to the sign-in once somebody has an account; SetUpTests open it before",
        ["page /sign-in/provider/done"] = "leads to the sign-in without an answer of a provider; ProviderSignInTests bring one",
        ["POST /in/{key}/api/v2/alerts"] = "takes a list of alerts from whoever shows a key; IntakeTests send them",
        ["POST /api/v2/alerts"] = "as above, with the key in a header",
        ["POST /v2/enqueue"] = "answers in the words of PagerDuty; IntakeTests read them",
        ["POST /v2/change/enqueue"] = "as above",
        ["GET /calendars/{secret}.ics"] = "answers whoever has the address; OnCallEndpointsTests read one",
        ["GET /status/{slug}"] = "answers everybody who has the address, before anything asks who they are; StatusEndpointsTests read it",
        ["GET /status/{slug}.json"] = "as above",
        ["GET /status/{slug}/feed.xml"] = "as above",
        ["POST /status/{slug}/subscribers"] = "takes a form from everybody; SubscriptionTests send it",
        ["GET /status/{slug}/confirm/{token}"] = "answers whoever has the link of a mail; SubscriptionTests follow it",
        ["POST /status/{slug}/confirm/{token}"] = "as above",
        ["GET /status/{slug}/unsubscribe/{token}"] = "as above",
        ["POST /status/{slug}/unsubscribe/{token}"] = "as above",
        ["GET /health/pager"] = "answers everybody, by how the pager is; OperationsTests ask",
        ["ANY /_blazor"] = "the socket of a page: its operations ask the session behind it",
        ["ANY /_blazor/negotiate"] = "as above",
        ["ANY /_blazor/initializers"] = "names scripts",
        ["ANY /_blazor/disconnect"] = "ends a circuit whose secret the sender knows",
        ["GET /{**path:file}"] = "answers 404 where there is no such file",
        ["HEAD /{**path:file}"] = "as above",
        ["GET /_framework/opaque-redirect"] = "only unwraps an address that the program itself has protected",
    };
}
