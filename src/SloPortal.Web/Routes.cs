namespace SloPortal.Web;

/// <summary>Every address of a page, so that areas link without knowing each other.</summary>
internal static class Routes
{
    public const string Home = "/";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string ProviderSignIn = "/sign-in/provider";
    public const string ProviderSignedIn = "/sign-in/provider/done";
    public const string SetUp = "/set-up";
    public static string Invitation(string secret) => $"/invitations/{secret}";

    public const string Profile = "/settings/profile";
    public const string People = "/settings/people";
    public static string Person(Guid id) => $"/settings/people/{id}";
    public const string Teams = "/settings/teams";
    public static string Team(string slug) => $"/settings/teams/{slug}";
    public const string ApiTokens = "/settings/tokens";

    public const string ApiDocs = "/api-docs";

    public const string Audit = "/audit";
    public static string AuditOf(string subject) => $"/audit?subject={Uri.EscapeDataString(subject)}";

    public const string Services = "/services";
    public const string NewService = "/services/new";
    public static string Service(string slug) => $"/services/{slug}";
    public static string Runbook(string service) => $"/services/{service}/runbook";
    public static string EditRunbook(string service) => $"/services/{service}/runbook?edit=true";
    public static string EditService(string slug) => $"/services/{slug}/edit";

    public static string Dependencies(string service, int? days = null, string? edit = null)
    {
        var query = string.Join('&', new[] { days is null ? null : $"days={days}", edit is null ? null : $"edit={edit}" }.OfType<string>());
        return $"/services/{service}/dependencies{(query.Length == 0 ? "" : "?" + query)}";
    }

    public const string Portfolio = "/portfolio";
    public const string Coverage = "/coverage";
    public const string NewJourney = "/coverage?new=true";
    public static string CoverageOf(string journey, string? failure = null) => $"/coverage?journey={journey}{(failure is null ? "" : $"&failure={failure.ToLowerInvariant()}")}";
    public static string Score(string service) => $"/services/{service}/score";
    public const string Scorecard = "/settings/scorecard";
    public const string Retention = "/settings/retention";

    public const string Pages = "/pages";
    public static string Page(int number) => $"/pages/{number}";
    public const string PagerHealth = "/pages/health";

    public const string Fatigue = "/pages/fatigue";

    public static string FatigueOf(string? team, int days)
    {
        var query = string.Join('&', new[] { string.IsNullOrEmpty(team) ? null : $"team={Uri.EscapeDataString(team)}", days == 28 ? null : $"days={days}" }.OfType<string>());
        return query.Length == 0 ? Fatigue : $"{Fatigue}?{query}";
    }

    public const string Ways = "/settings/ways";
    public const string Silences = "/silences";
    public static string Silence(Guid id) => $"/silences?silence={id}";
    public static string NewSilence(string? team = null, string? service = null, string? conditions = null) =>
        $"/silences?new=true{(team is null ? "" : $"&team={team}")}{(service is null ? "" : $"&service={service}")}{(conditions is null ? "" : $"&conditions={Uri.EscapeDataString(conditions)}")}";
    public const string Escalation = "/settings/escalation";
    public static string EscalationOf(string team) => $"/settings/escalation?team={team}";
    public static string EditEscalation(string team, Guid? policy) => $"/settings/escalation?team={team}&policy={policy?.ToString() ?? "new"}";
    public static string EditPagingRules(string team) => $"/settings/escalation?team={team}&rules=edit";

    public const string Vendors = "/vendors";
    public const string NewVendor = "/vendors/new";
    public static string Vendor(string slug) => $"/vendors/{slug}";
    public static string EditVendor(string slug) => $"/vendors/{slug}/edit";

    public const string Risks = "/risks";
    public static string Risk(Guid dependency) => $"/risks?risk={dependency}";

    public const string Objectives = "/objectives";
    public const string ImportObjectives = "/objectives/import";
    public static string ExportObjectives(string? service = null, string? objective = null, string form = "openSlo") =>
        $"/api/v1/objectives/export?form={form}{(service is null ? "" : $"&service={service}")}{(objective is null ? "" : $"&objective={objective}")}";
    public static string Objective(string service, string slug) => $"/objectives/{service}/{slug}";

    /// <summary>The story of a stretch.</summary>
    public static string ObjectiveAt(string service, string slug, DateTimeOffset from, DateTimeOffset to) => $"{Objective(service, slug)}?from={from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
    public static string ProposeObjective(string service) => $"/services/{service}/objectives/new";
    public static string ProposeVersion(string service, string slug) => $"/objectives/{service}/{slug}/propose";
    public static string Agreements(string service, string slug) => $"/objectives/{service}/{slug}/agreements";
    public static string Proposal(Guid id) => $"/proposals/{id}";

    /// <param name="deed">What the room opens its form for.</param>
    public static string ProposalDeed(Guid id, string deed) => $"/proposals/{id}?do={deed.ToLowerInvariant()}";

    public const string Reviews = "/reviews";
    public static string Review(int number) => $"/reviews/{number}";
    public const string ImportReviews = "/reviews/import";

    public const string Exports = "/exports";
    public static string ExportFile(Guid id) => $"/api/v1/archive/exports/{id}/file";
    public static string EditReview(int number) => $"/reviews/{number}/edit";
    public static string EditReviewFacts(int number) => $"/reviews/{number}/edit?part=facts";
    public static string ReviewRevisions(int number, int? from = null, int? to = null) =>
        $"/reviews/{number}/revisions{(from is null ? "" : $"?from={from}&to={to}")}";

    /// <summary>Begins the postmortem of an incident, or leads to the one that it has.</summary>
    public static string IncidentPostmortem(int incident) => $"/incidents/{incident}/postmortem";

    /// <param name="format">"csv" or "json".</param>
    /// <param name="knownAt">As it had been recorded then; null is now.</param>
    public static string TimelineExport(int incident, string format, DateTimeOffset? knownAt) =>
        $"/api/v1/incidents/{incident}/timeline/export.{format}{(knownAt is { } at ? $"?knownAt={Uri.EscapeDataString(at.ToString("O", System.Globalization.CultureInfo.InvariantCulture))}" : "")}";

    public static string AttachmentFile(int incident, Guid id) => $"/api/v1/incidents/{incident}/attachments/{id}";

    public const string Alerts = "/alerts";
    public const string AlertPolicies = "/alert-policies";

    /// <param name="rules">With what the form is filled, see <c>RulesText</c>; null with what is in force.</param>
    public static string EditAlertPolicy(Guid id, string? rules = null) => $"/alert-policies?edit={id}{(rules is null ? "" : $"&rules={rules}")}";

    /// <param name="rules">Those tried beside the ones in force.</param>
    /// <param name="objective">"service/objective"; null for all of the policy.</param>
    public static string TryAlertPolicy(Guid id, string? rules = null, int? days = null, string? objective = null)
    {
        var query = string.Join('&', new[] { rules is null ? null : $"rules={rules}", days is null ? null : $"days={days}", objective is null ? null : $"objective={objective}" }.OfType<string>());
        return $"/alert-policies/{id}/try{(query.Length == 0 ? "" : "?" + query)}";
    }

    public static string AlertFrontier(string service, string slug, int? days = null) => $"/objectives/{service}/{slug}/frontier{(days is null ? "" : $"?days={days}")}";

    public const string Incidents = "/incidents";
    public const string DeclareIncident = "/incidents/declare";
    public static string IncidentsOf(string service) => $"/incidents?service={service}";
    public static string DeclareIncidentOf(string service) => $"/incidents/declare?service={service}";
    public static string Incident(int number) => $"/incidents/{number}";
    public const string Decisions = "/incidents/decisions";
    public const string Watch = "/incidents/watch";
    public const string NewWatch = "/incidents/watch?new=true";
    public static string Watched(Guid id) => $"/incidents/watch/{id}";
    public const string DecisionPolicy = "/settings/decision-policy";
    public const string EditDecisionPolicy = "/settings/decision-policy?edit=true";
    public const string WarRoomPlan = "/settings/war-room";
    public const string EditWarRoomPlan = "/settings/war-room?edit=true";
    public const string IncidentTimes = "/incidents/times";
    public static string IncidentTeams(int number) => $"/incidents/{number}/teams";
    public const string Severities = "/settings/severities";
    public const string StatusPages = "/settings/status-pages";
    public const string NewStatusPage = "/settings/status-pages?edit=new";
    public static string EditStatusPage(string slug) => $"/settings/status-pages?edit={slug}";
    public static string StatusSubscriberList(string slug) => $"/settings/status-pages?subscribers={slug}";

    /// <summary>For people outside.</summary>
    public static string StatusPage(string slug) => $"/status/{slug}";
    public static string StatusSubscribers(string slug) => $"/status/{slug}/subscribers";
    public static string StatusFeed(string slug) => $"/status/{slug}/feed.xml";
    public static string StatusJson(string slug) => $"/status/{slug}.json";

    public const string Signals = "/signals";
    public static string Signal(Guid id) => $"/signals/{id}";
    public static string SignalsOfSource(Guid source) => $"/signals?source={source}";
    public static string SignalsOfSilence(Guid silence) => $"/signals?silence={silence}";
    public static string SignalsOfService(string service) => $"/signals?service={service}";
    public static string SignalSources(string team) => $"/settings/teams/{team}/signal-sources";
    public static string NewSignalSource(string team) => $"/settings/teams/{team}/signal-sources?new=true";
    public static string SignalSource(string team, Guid id) => $"/settings/teams/{team}/signal-sources?source={id}";
    public const string Report = "/report";
    public static string ReportOf(string service) => $"/report?service={service}";
    public const string OnCall = "/on-call";
    public const string NewSchedule = "/on-call/new";
    public static string Schedule(string slug) => $"/on-call/{slug}";
    public static string EditSchedule(string slug) => $"/on-call/{slug}/edit";

    /// <param name="day">The first day that is shown; null begins with yesterday.</param>
    /// <param name="deed">What the page opens its form for: take, give, swap or override.</param>
    /// <param name="shift">"layer~number".</param>
    public static string ScheduleAt(string slug, DateOnly? day = null, string? deed = null, string? shift = null)
    {
        var query = string.Join('&', new[] { day is { } d ? $"from={d:yyyy-MM-dd}" : null, deed is null ? null : $"do={deed}", shift is null ? null : $"shift={shift}" }.OfType<string>());
        return Schedule(slug) + (query.Length == 0 ? "" : "?" + query);
    }

    /// <summary>For calendar programs, without signing in.</summary>
    public static string ShiftCalendar(string secret) => $"/calendars/{secret}.ics";

    public const string Actions = "/actions";
    public const string NewAction = "/actions/new";
    public static string Action(int number) => $"/actions/{number}";
    public static string NewActionOf(int postmortem) => $"/actions/new?postmortem={postmortem}";
    public static string NewActionOfService(string service) => $"/actions/new?service={service}";
    public static string NewActionOfIncident(int incident) => $"/actions/new?incident={incident}";
    public static string ActionsOfIncident(int incident) => $"/actions?incident={incident}&state=all";
    public static string ActionsOfService(string service) => $"/actions?service={service}";
    public const string MyOverdueActions = "/actions?mine=true&state=overdue";

    public const string Contracts = "/contracts";
    public const string NewContract = "/contracts/new";
    public static string Contract(int id) => $"/contracts/{id}";
    public static string ContractsOfService(string service) => $"/contracts?service={service}";

    public const string Sources = "/sources";
    public static string UnusedSeries(int? source = null) => $"/sources/series{(source is null ? "" : $"?source={source}")}";
    public const string NewSource = "/sources/new";
    public static string Source(int id) => $"/sources/{id}";
    public static string EditSource(int id) => $"/sources/{id}/edit";
    public const string NewSqlSource = "/sources/sql/new";
    public static string EditSqlSource(int id) => $"/sources/{id}/sql";
    public const string NewProbe = "/sources/probes/new";
    public static string EditProbe(int id) => $"/sources/{id}/probe";
    public const string NewBeacon = "/sources/beacons/new";
    public static string EditBeacon(int id) => $"/sources/{id}/beacon";
    public const string Probing = "/settings/probing";
    public const string Statsd = "/sources/statsd";
    public static string NewFile(int? sli = null, int? source = null) => $"/files/new{(source is not null ? $"?source={source}" : sli is not null ? $"?sli={sli}" : "")}";
    public static string File(Guid id) => $"/files/{id}";
    public static string RefusedRows(Guid id) => $"/api/v1/files/{id}/refused.csv";
    public static string NewSli(string service) => $"/services/{service}/slis/new";
    public static string NewSli(string service, string total, string bad) => $"/services/{service}/slis/new?total={Uri.EscapeDataString(total)}&bad={Uri.EscapeDataString(bad)}";
    public static string FailureRules(string service) => $"/services/{service}/failures";
    public static string Sli(int id) => $"/slis/{id}";
    public static string CorrectSli(int id) => $"/slis/{id}/correct";
    public static string Segment(int sli, int segment, int? days = null, DateTimeOffset? hour = null) =>
        $"/slis/{sli}/segments/{segment}{(days is null ? "" : $"?days={days}{(hour is { } h ? $"&hour={h.ToUnixTimeSeconds()}" : "")}")}";
    public static string CompareSlis(int id, int other, int? days = null) => $"/slis/{id}/compare/{other}{(days is null ? "" : $"?days={days}")}";
}
