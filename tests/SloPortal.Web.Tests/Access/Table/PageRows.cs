namespace SloPortal.Web.Tests.Access.Table;

internal static class PageRows
{
    public static IReadOnlyList<PageRow> All { get; } =
    [
        new("/", Who.People),
        new("/sign-in", Who.Everybody),
        new("/invitations/{secret}", Who.Everybody, "/invitations/no-such-invitation"),
        new("/error", Who.Everybody),
        new("/not-found", Who.Everybody),
        new("/settings/profile", Who.People),
        new("/settings/people", Who.People) { Offers = new Dictionary<string, Who> { ["Invite a person"] = Who.Administrator } },
        new("/settings/teams", Who.People) { Offers = new Dictionary<string, Who> { ["Add a team"] = Who.Administrator } },
        new("/settings/teams/{Slug}", Who.People, "/settings/teams/shop") { Offers = new Dictionary<string, Who> { ["Add the target"] = Who.Owner | Who.Administrator } },
        new("/settings/tokens", Who.People),
        new("/audit", Who.Auditor | Who.Administrator),
        new("/services", Who.People),
        new("/services/new", Who.Owner | Who.OtherOwner | Who.Administrator),
        new("/services/{Slug}", Who.People, "/services/checkout"),
        new("/services/{Slug}/edit", Who.Owner | Who.Administrator, "/services/checkout/edit"),
        new("/services/{Service}/slis/new", Who.Owner | Who.Administrator, "/services/checkout/slis/new"),
        new("/services/{Service}/objectives/new", Who.Owner | Who.Administrator, "/services/checkout/objectives/new"),
        new("/sources", Who.People),
        new("/sources/new", Who.Administrator),
        new("/sources/{Id:int}", Who.People, w => $"/sources/{w.Pulled}"),
        new("/sources/{Id:int}/edit", Who.Administrator, w => $"/sources/{w.Pulled}/edit"),
        new("/slis/{Id:int}", Who.People, w => $"/slis/{w.OrdersSli}"),
        new("/objectives", Who.People),
        new("/objectives/{Service}/{Slug}", Who.People, "/objectives/checkout/orders"),
        new("/objectives/{Service}/{Slug}/propose", Who.Owner | Who.Administrator, "/objectives/checkout/orders/propose"),
        new("/proposals/{Id:guid}", Who.People, w => $"/proposals/{w.OpenProposal}"),
        new("/reviews", Who.People) { Offers = new Dictionary<string, Who> { ["/reviews/import"] = Who.Administrator, ["view=drafts"] = Who.People & ~Who.Auditor } },
        new("/reviews/import", Who.Administrator),
        new("/alerts", Who.People),
        new("/incidents", Who.People) { Offers = new Dictionary<string, Who> { ["Declare an incident"] = Who.People & ~Who.Auditor } },
        new("/incidents/declare", Who.People & ~Who.Auditor),
        new("/settings/severities", Who.People) { Offers = new Dictionary<string, Who> { ["Edit SEV-1"] = Who.Administrator } },
        new("/alert-policies", Who.People) { Offers = new Dictionary<string, Who> { ["Edit the rules"] = Who.Administrator } },
    ];
}
