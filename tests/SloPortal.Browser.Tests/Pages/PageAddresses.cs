using System.Reflection;
using Microsoft.AspNetCore.Components;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Domain.Budgets;
using SloPortal.Web.Access.Session;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>Who looks at a page.</summary>
internal enum Looker
{
    Nobody,
    Administrator,
    Owner,
}

/// <summary>An address of a page as somebody sees it.</summary>
/// <param name="Name">Of its picture.</param>
/// <param name="Template">The route that it stands for.</param>
internal sealed record PageAddress(string Name, string Template, Func<SeededData, string> Path, Looker Looker = Looker.Administrator)
{
    public bool NotFound { get; init; }
}

/// <summary>All pages of the program, and where each can be seen in the seeded portal.</summary>
internal static class PageAddresses
{
    /// <summary>The routes of the compiled components, so that a new page cannot be forgotten.</summary>
    public static IReadOnlyList<string> Routes { get; } =
        [.. typeof(SignInPage).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(r => r.Template).Order(StringComparer.Ordinal)];

    /// <summary>Routes that the walk leaves out, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> LeftOut { get; } = new Dictionary<string, string>
    {
        ["/set-up"] = "leads to the sign-in once somebody has an account; FirstVisitTests look at it",
        ["/sign-in/provider/done"] = "leads to the sign-in without an answer of a provider",
    };

    public static IReadOnlyList<PageAddress> All { get; } =
    [
        new("home", "/", _ => "/"),
        new("home-owner", "/", _ => "/", Looker.Owner),
        new("sign-in", "/sign-in", _ => "/sign-in", Looker.Nobody),
        new("invitation", "/invitations/{secret}", data => new Uri(data.OpenInvitation).AbsolutePath, Looker.Nobody),
        new("invitation-used", "/invitations/{secret}", _ => "/invitations/no-such-invitation", Looker.Nobody),
        new("profile", "/settings/profile", _ => "/settings/profile"),
        new("people", "/settings/people", _ => "/settings/people"),
        new("people-invite", "/settings/people", _ => "/settings/people?invite=true"),
        new("person", "/settings/people", data => $"/settings/people?person={data.Owner.Id}"),
        new("teams", "/settings/teams", _ => "/settings/teams"),
        new("teams-new", "/settings/teams", _ => "/settings/teams?new=true"),
        new("team", "/settings/teams/{Slug}", _ => "/settings/teams/shop"),
        new("tokens", "/settings/tokens", _ => "/settings/tokens"),
        new("tokens-new", "/settings/tokens", _ => "/settings/tokens?new=true"),
        new("audit", "/audit", _ => "/audit"),
        new("services", "/services", _ => "/services"),
        new("services-none", "/services", _ => "/services?filter=nothing"),
        new("services-archived", "/services", _ => "/services?archived=true"),
        new("service", "/services/{Slug}", _ => "/services/checkout"),
        new("service-missing", "/services/{Slug}", _ => "/services/no-such-service"),
        new("service-new", "/services/new", _ => "/services/new"),
        new("service-edit", "/services/{Slug}/edit", _ => "/services/checkout/edit", Looker.Owner),
        new("dependencies", "/services/{Slug}/dependencies", _ => "/services/checkout/dependencies", Looker.Owner),
        new("dependencies-none", "/services/{Slug}/dependencies", _ => "/services/billing/dependencies"),
        new("dependencies-add", "/services/{Slug}/dependencies", _ => "/services/checkout/dependencies?edit=new", Looker.Owner),
        new("portfolio", "/portfolio", _ => "/portfolio"),
        new("portfolio-none", "/portfolio", _ => "/portfolio?filter=nothing"),
        new("failure-rules", "/services/{Service}/failures", _ => "/services/checkout/failures", Looker.Owner),
        new("coverage", "/coverage", _ => "/coverage"),
        new("coverage-cell", "/coverage", _ => "/coverage?journey=buy&failure=error", Looker.Owner),
        new("coverage-journey", "/coverage", _ => "/coverage?journey=buy", Looker.Owner),
        new("coverage-new", "/coverage", _ => "/coverage?new=true", Looker.Owner),
        new("score", "/services/{Slug}/score", _ => "/services/checkout/score", Looker.Owner),
        new("score-decided", "/services/{Slug}/score", _ => "/services/search/score"),
        new("scorecard", "/settings/scorecard", _ => "/settings/scorecard"),
        new("retention", "/settings/retention", _ => "/settings/retention"),
        new("vendors", "/vendors", _ => "/vendors"),
        new("vendors-none", "/vendors", _ => "/vendors?filter=nothing"),
        new("vendor-new", "/vendors/new", _ => "/vendors/new", Looker.Owner),
        new("vendor", "/vendors/{Slug}", _ => "/vendors/acme-pay", Looker.Owner),
        new("vendor-edit", "/vendors/{Slug}/edit", _ => "/vendors/acme-pay/edit", Looker.Owner),
        new("risks", "/risks", _ => "/risks"),
        new("risk", "/risks", data => $"/risks?risk={data.Risk}", Looker.Owner),
        new("sources", "/sources", _ => "/sources"),
        new("series-unread", "/sources/series", _ => "/sources/series"),
        new("source-new", "/sources/new", _ => "/sources/new"),
        new("source", "/sources/{Id:int}", data => $"/sources/{data.Source}"),
        new("source-edit", "/sources/{Id:int}/edit", data => $"/sources/{data.Source}/edit"),
        new("source-files", "/sources/{Id:int}", data => $"/sources/{data.Feed}"),
        new("source-sql-new", "/sources/sql/new", _ => "/sources/sql/new"),
        new("source-sql", "/sources/{Id:int}/sql", data => $"/sources/{data.Query}/sql"),
        new("source-probe-new", "/sources/probes/new", _ => "/sources/probes/new"),
        new("source-probe", "/sources/{Id:int}/probe", data => $"/sources/{data.Probe}/probe"),
        new("source-probed", "/sources/{Id:int}", data => $"/sources/{data.Probe}"),
        new("source-beacon-new", "/sources/beacons/new", _ => "/sources/beacons/new", Looker.Owner),
        new("source-beacon", "/sources/{Id:int}/beacon", data => $"/sources/{data.Beacon}/beacon", Looker.Owner),
        new("source-reporting", "/sources/{Id:int}", data => $"/sources/{data.Beacon}", Looker.Owner),
        new("probing", "/settings/probing", _ => "/settings/probing"),
        new("statsd", "/sources/statsd", _ => "/sources/statsd", Looker.Owner),
        new("file-new", "/files/new", _ => "/files/new", Looker.Owner),
        new("file", "/files/{Id:guid}", data => $"/files/{data.File}", Looker.Owner),
        new("sli", "/slis/{Id:int}", data => $"/slis/{data.Sli}"),
        new("sli-compare", "/slis/{Id:int}/compare/{Other:int}", data => $"/slis/{data.Sli}/compare/{data.OtherSli}", Looker.Owner),
        new("sli-segments", "/slis/{Id:int}", data => $"/slis/{data.SplitSli}", Looker.Owner),
        new("sli-segment", "/slis/{Id:int}/segments/{SegmentId:int}", data => $"/slis/{data.SplitSli}/segments/{data.Segment}"),
        new("sli-correct", "/slis/{Id:int}/correct", data => $"/slis/{data.Sli}/correct", Looker.Owner),
        new("sli-new", "/services/{Service}/slis/new", _ => "/services/checkout/slis/new", Looker.Owner),
        new("objectives", "/objectives", _ => "/objectives"),
        new("objectives-import", "/objectives/import", _ => "/objectives/import"),
        new("objective", "/objectives/{Service}/{Slug}", _ => "/objectives/checkout/orders-placed"),
        new("objective-agreements", "/objectives/{Service}/{Slug}/agreements", _ => "/objectives/checkout/orders-placed/agreements?from=1&to=2"),
        new("objective-new", "/services/{Service}/objectives/new", _ => "/services/checkout/objectives/new", Looker.Owner),
        new("objective-propose", "/objectives/{Service}/{Slug}/propose", _ => "/objectives/checkout/orders-placed/propose", Looker.Owner),
        new("proposal", "/proposals/{Id:guid}", data => $"/proposals/{data.Proposal}", Looker.Owner),
        new("reviews", "/reviews", _ => "/reviews"),
        new("reviews-search", "/reviews", _ => "/reviews?q=quorum"),
        new("reviews-drafts", "/reviews", _ => "/reviews?view=drafts"),
        new("reviews-import", "/reviews/import", _ => "/reviews/import"),
        new("review", "/reviews/{Number:int}", data => $"/reviews/{data.Review}", Looker.Owner),
        new("review-draft", "/reviews/{Number:int}", data => $"/reviews/{data.Draft}"),
        new("review-write", "/reviews/{Number:int}/edit", data => $"/reviews/{data.Review}/edit"),
        new("review-write-read", "/reviews/{Number:int}/edit", data => $"/reviews/{data.Review}/edit?side=read"),
        new("review-facts", "/reviews/{Number:int}/edit", data => $"/reviews/{data.Review}/edit?part=facts"),
        new("review-revisions", "/reviews/{Number:int}/revisions", data => $"/reviews/{data.Review}/revisions"),
        new("exports", "/exports", _ => "/exports"),
        new("export", "/exports/{Id:guid}", data => $"/exports/{data.Export}"),
        new("incidents", "/incidents", _ => "/incidents"),
        new("incidents-none", "/incidents", _ => "/incidents?text=nothing"),
        new("incident-declare", "/incidents/declare", _ => "/incidents/declare"),
        new("incident-times", "/incidents/times", _ => "/incidents/times"),
        new("incident-times-none", "/incidents/times", _ => "/incidents/times?from=2020-01-01&to=2020-01-02&time=detect"),
        new("signals", "/signals", _ => "/signals"),
        new("signals-none", "/signals", _ => "/signals?text=nothing"),
        new("signal", "/signals/{Id:guid}", data => $"/signals/{data.Signal}"),
        new("signal-sources", "/settings/teams/{Team}/signal-sources", _ => "/settings/teams/shop/signal-sources"),
        new("signal-sources-none", "/settings/teams/{Team}/signal-sources", _ => "/settings/teams/support/signal-sources"),
        new("signal-source-new", "/settings/teams/{Team}/signal-sources", _ => "/settings/teams/shop/signal-sources?new=true", Looker.Owner),
        new("signal-source", "/settings/teams/{Team}/signal-sources", data => $"/settings/teams/shop/signal-sources?source={data.SignalSource}", Looker.Owner),
        new("report", "/report", _ => "/report", Looker.Owner),
        new("on-call", "/on-call", _ => "/on-call"),
        new("on-call-mine", "/on-call", _ => "/on-call", Looker.Owner),
        new("schedule", "/on-call/{Slug}", _ => "/on-call/shop-weeks", Looker.Owner),
        new("schedule-override", "/on-call/{Slug}", _ => "/on-call/shop-weeks?do=override", Looker.Owner),
        new("schedule-missing", "/on-call/{Slug}", _ => "/on-call/no-such-schedule"),
        new("schedule-new", "/on-call/new", _ => "/on-call/new", Looker.Owner),
        new("schedule-edit", "/on-call/{Slug}/edit", _ => "/on-call/shop-weeks/edit", Looker.Owner),
        new("pages", "/pages", _ => "/pages"),
        new("pages-none", "/pages", _ => "/pages?filter=nothing"),
        new("pages-of-a-figure", "/pages", data => $"/pages?team=shop&person={data.Owner.Id}&at=weekend"),
        new("pager-health", "/pages/health", _ => "/pages/health"),
        new("fatigue", "/pages/fatigue", _ => "/pages/fatigue"),
        new("fatigue-none", "/pages/fatigue", _ => "/pages/fatigue?team=support"),
        new("page", "/pages/{Number:int}", data => $"/pages/{data.Page}", Looker.Owner),
        new("page-missing", "/pages/{Number:int}", _ => "/pages/999999"),
        new("answer-ended", "/answer/{token}", _ => "/answer/no-such-link", Looker.Nobody),
        new("ways", "/settings/ways", _ => "/settings/ways", Looker.Owner),
        new("silences", "/silences", _ => "/silences", Looker.Owner),
        new("silences-none", "/silences", _ => "/silences?filter=nothing-is-called-so"),
        new("silence-new", "/silences", _ => "/silences?new=true&team=shop&service=search&conditions=instance%3Ddb-1", Looker.Owner),
        new("escalation", "/settings/escalation", _ => "/settings/escalation?team=shop", Looker.Owner),
        new("escalation-none", "/settings/escalation", _ => "/settings/escalation?team=support"),
        new("escalation-edit", "/settings/escalation", data => $"/settings/escalation?team=shop&policy={data.EscalationPolicy}", Looker.Owner),
        new("paging-rules-edit", "/settings/escalation", _ => "/settings/escalation?team=shop&rules=edit", Looker.Owner),
        new("severities", "/settings/severities", _ => "/settings/severities"),
        new("decision-policy", "/settings/decision-policy", _ => "/settings/decision-policy"),
        new("decision-policy-edit", "/settings/decision-policy", _ => "/settings/decision-policy?edit=true"),
        new("decisions", "/incidents/decisions", _ => "/incidents/decisions"),
        new("decisions-none", "/incidents/decisions", _ => "/incidents/decisions?text=nothing"),
        new("incident", "/incidents/{Number:int}", data => $"/incidents/{data.Told}"),
        new("incident-known-at", "/incidents/{Number:int}", data => $"/incidents/{data.Told}?knownAt=2020-01-01T00:00:00Z"),
        new("incident-missing", "/incidents/{Number:int}", _ => "/incidents/999999"),
        new("review-begin", "/incidents/{Number:int}/postmortem", data => $"/incidents/{data.Unreviewed}/postmortem", Looker.Owner),
        new("contracts", "/contracts", _ => "/contracts"),
        new("contracts-none", "/contracts", _ => "/contracts?filter=nothing"),
        new("contract", "/contracts/{Id:int}", data => $"/contracts/{data.Contract}", Looker.Owner),
        new("contract-new", "/contracts/new", _ => "/contracts/new", Looker.Owner),
        new("actions", "/actions", _ => "/actions?state=all"),
        new("actions-none", "/actions", _ => "/actions?text=nothing"),
        new("action", "/actions/{Number:int}", data => $"/actions/{data.Action}", Looker.Owner),
        new("action-done", "/actions/{Number:int}", data => $"/actions/{data.DoneAction}"),
        new("action-new", "/actions/new", data => $"/actions/new?postmortem={data.Review}", Looker.Owner),
        new("alerts", "/alerts", _ => "/alerts"),
        new("alert-policies", "/alert-policies", _ => "/alert-policies"),
        new("alert-policies-try", "/alert-policies/{Id:guid}/try", _ => $"/alert-policies/{StoredAlertPolicy.DefaultId}/try?rules=page-60-5-5-50"),
        new("alert-frontier", "/objectives/{Service}/{Slug}/frontier", _ => "/objectives/checkout/orders-placed/frontier"),
        new("not-found", "/not-found", _ => "/no/such/page") { NotFound = true },
        new("error", "/error", _ => "/error", Looker.Nobody),
    ];
}
