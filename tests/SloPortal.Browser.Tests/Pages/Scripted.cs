using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

/// <summary>A portal in which every text that somebody can give is a script.</summary>
internal sealed class Scripted
{
    /// <summary>Leaves an attribute, a tag, or neither; shorter than the shortest name.</summary>
    public const string Script = "\"><svg onload=hacked=1><script>hacked=1</script><img src=x onerror=hacked=1>";

    /// <summary>For what has at most 50 characters.</summary>
    public const string Short = "'><img src=x onerror=hacked=1>";

    private const string Link = "https://example.org/?q=\"><script>hacked=1</script>";

    public required int Incident { get; init; }

    public required int Postmortem { get; init; }

    public required int Action { get; init; }

    public required int Sli { get; init; }

    public required int Source { get; init; }

    public required Guid Proposal { get; init; }

    public required Guid Signal { get; init; }

    public required Guid SignalSource { get; init; }

    public required Guid Watched { get; init; }

    public required Somebody Owner { get; init; }

    /// <summary>Where each text must stand as it was given.</summary>
    public IReadOnlyList<(string Path, string Text)> Places =>
    [
        ("/services", Script), ("/services/scripted", Script), ("/services/scripted/edit", ""), ("/services/scripted/runbook", Script), ("/services/scripted/runbook?edit=true", ""), ("/settings/teams", Script), ("/settings/teams/scripted", Script),
        ("/settings/people", Script), ($"/settings/people?person={Owner.Id}", Script), ("/settings/tokens", Script), ("/sources", Script), ($"/sources/{Source}", Script), ($"/sources/{Source}/edit", ""),
        ($"/slis/{Sli}", Script), ("/services/scripted/slis/new", ""), ("/objectives", Script), ("/objectives/scripted/scripted?range=1d", Script), ("/objectives/scripted/scripted?range=1d&as=table", Script),
        ("/services/scripted/objectives/new", Script), ("/objectives/scripted/scripted/propose", Script), ($"/proposals/{Proposal}", Script), ("/alert-policies", Script), ("/alerts", ""),
        ("/incidents?state=all", Script), ($"/incidents/{Incident}", Script), ($"/incidents/{Incident}/teams", Script), ("/incidents/times", Script), ($"/incidents/{Incident}?knownAt=2020-01-01T00:00:00Z", Script), ("/incidents/declare?service=scripted", Script), ("/settings/severities", Short), ("/settings/status-pages", Script), ("/settings/status-pages?edit=scripted", Script), ("/settings/status-pages?subscribers=scripted", Script), ("/settings/war-room", Script), ("/settings/war-room?edit=true", ""), ("/settings/decision-policy", Script), ("/settings/decision-policy?edit=true", ""),
        ("/reviews?view=drafts", Script), ($"/reviews/{Postmortem}", Script), ($"/reviews/{Postmortem}/edit", ""), ($"/reviews/{Postmortem}/edit?side=read", ""), ($"/reviews/{Postmortem}/edit?part=facts", ""), ($"/reviews/{Postmortem}/revisions", Script),
        ("/pages/fatigue", ""), ("/signals", Script), ($"/signals/{Signal}", Script), ("/incidents/watch", Script), ("/incidents/watch?new=true", Script), ($"/incidents/watch/{Watched}", Script), ("/settings/teams/scripted/signal-sources", Script), ($"/settings/teams/scripted/signal-sources?source={SignalSource}", Script), ("/report?service=scripted", Script),
        ("/reviews?q=hacked", ""), ("/actions?state=all", Script), ($"/actions/{Action}", Script), ($"/actions/new?postmortem={Postmortem}", ""), ("/audit", Script), ("/", Script),
    ];

    public static async Task<Scripted> StoreAsync(PortalApi api, People people, Visitor administrator, CancellationToken ct)
    {
        await api.PostAsync("/teams", new { slug = "scripted", name = Script, description = Script }, ct);
        var owner = await people.InviteAsync("Olga " + Script, ["serviceOwner"], ["scripted"], ct);
        var stakeholder = await people.InviteAsync("Sami " + Script, ["incidentCommander"], ["scripted"], ct);
        await api.PostAsync("/services", new { slug = "scripted", name = Script, description = Script, tier = "standard", ownerTeam = "scripted", links = new[] { new { title = Script, url = Link } } }, ct);
        await api.PostAsync("/deployments", new { service = "scripted", version = Script, environment = Script, description = Script, url = Link }, ct);
        await api.PostAsync("/teams/scripted/notification-targets", new { channel = "webhook", address = Link, minimumSeverity = "page", secret = Script }, ct);
        var token = await administrator.Context.APIRequest.PostAsync("/api/v1/tokens", new() { DataObject = new { name = Script, scopes = new[] { "read" }, days = 1 } });
        Assert.True(token.Ok, await token.TextAsync());
        var source = (await api.PostAsync("/sources", new { name = Script, url = "http://127.0.0.1:9", everySeconds = 3600, authorization = Script }, ct)).GetInt32();
        var sli = (await api.PostAsync("/slis", new { service = "scripted", slug = "scripted", name = Script, description = Script, sourceId = (int?)null, definition = new { kind = "pushed" } }, ct)).GetInt32();
        await api.PostAsync("/slis", new { service = "scripted", slug = "labels", name = Script, description = "", sourceId = source, definition = new { kind = "counterRatio", bad = $"requests_total{{l=`{Script}`}}", total = "requests_total" } }, ct);
        var now = TimeProvider.System.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        await api.PostAsync("/push", new { key = Script, service = "scripted", sli = "scripted", intervals = Enumerable.Range(1, 5).Select(ago => new { start = hour.AddHours(-ago), end = hour.AddHours(1 - ago), good = 990, total = 1000 }) }, ct);

        var policy = (await api.GetAsync("/alert-policies", ct))[0].GetProperty("id").GetGuid();
        await api.PutAsync($"/alert-policies/{policy}", new { source = Script, rules = new[] { new { severity = "page", longMinutes = 60, shortMinutes = 5, budgetSpentPercent = 2, minimumEvents = 10 } } }, ct);
        var terms = new { sli = "scripted", targetPercent = 99.9, window = "rolling 7d", ownerId = owner.Id, stakeholderId = stakeholder.Id, rationale = Script };
        var agreed = (await api.PostAsync("/objectives", new { service = "scripted", slug = "scripted", name = Script, description = Script, terms }, ct)).GetGuid();
        foreach (var party in (Somebody[])[owner, stakeholder])
            await people.SignAsync(party, agreed, ct, Script);
        var withdrawn = (await api.PostAsync("/objectives/scripted/scripted/proposals", terms, ct)).GetGuid();
        await people.PostAsync(owner, $"/proposals/{withdrawn}/positions", new { targetPercent = 99.5, why = Script, password = RunningPortal.Password }, ct);
        await people.PostAsync(stakeholder, $"/proposals/{withdrawn}/comments", new { text = Script }, ct);
        await people.PostAsync(stakeholder, $"/proposals/{withdrawn}/dissent", new { reason = Script }, ct);
        var contentHash = (await api.GetAsync($"/proposals/{withdrawn}", ct)).GetProperty("contentHash").GetString();
        await people.PostAsync(stakeholder, $"/proposals/{withdrawn}/counter-offers", new { terms = new { targetPercent = 99.8, window = "rolling 7d" }, reason = Script, contentHash }, ct);
        await api.PostAsync($"/proposals/{withdrawn}/withdraw", new { reason = Script }, ct);
        var rejected = (await api.PostAsync("/objectives/scripted/scripted/proposals", terms, ct)).GetGuid();
        await people.PostAsync(stakeholder, $"/proposals/{rejected}/reject", new { reason = Script }, ct);

        var decides = await api.GetAsync("/decision-policy", ct);
        await api.PutAsync("/decision-policy", new { rows = new[] { new { severity = "sev4", warRoom = false, reason = Script } }, note = Script, version = decides.GetProperty("version").GetInt32() }, ct);
        await api.PutAsync("/war-room-plan", new { callLink = "https://example.org/{code}/\"><script>hacked=1</script>", checklists = new[] { new { role = "scribe", steps = new[] { Script } } }, version = 1 }, ct);
        await api.PutAsync("/severity-levels/sev4", new { name = Short, criteria = Script, source = Script }, ct);
        var (signalSource, signal) = await SignalAsync(api, ct);
        var watched = (await api.PostAsync("/watch", new { service = "scripted", title = Script, reason = Script, objective = "scripted" }, ct)).GetGuid();
        await api.PostAsync($"/watch/{watched}/extension", new { until = DateTimeOffset.UtcNow.AddDays(14), why = Script }, ct);
        var incident = await IncidentAsync(api, owner, ct);
        var (postmortem, action) = await ReviewAsync(api, people, incident, owner, ct);
        return new Scripted { Incident = incident, Postmortem = postmortem, Action = action, Sli = sli, Source = source, Proposal = withdrawn, Owner = owner, Signal = signal, SignalSource = signalSource, Watched = watched };
    }

    private static async Task<(Guid Source, Guid Signal)> SignalAsync(PortalApi api, CancellationToken ct)
    {
        var made = await api.PostAsync("/teams/scripted/signal-sources", new { kind = "alertmanager", name = Script, service = "scripted", serviceLabel = Script }, ct);
        var alert = new { status = "firing", labels = new Dictionary<string, string> { ["alertname"] = Script, [Script] = Script }, annotations = new { summary = Script, description = Script, runbook_url = Link }, generatorURL = Link };
        var address = $"/in/{made.GetProperty("key").GetString()}/alertmanager";
        await api.SendAsync(address, new { alerts = new[] { alert } }, ct);
        await api.SendAsync(address, new { alerts = Script }, ct);
        await api.PostAsync("/signals/reports", new { service = "scripted", what = Script, reach = "onlyMe" }, ct);
        return (made.GetProperty("id").GetGuid(), (await api.GetAsync($"/signals?source={made.GetProperty("id").GetGuid()}", ct)).GetProperty("signals").GetProperty("items")[0].GetProperty("id").GetGuid());
    }

    private static async Task<int> IncidentAsync(PortalApi api, Somebody owner, CancellationToken ct)
    {
        var incident = (await api.PostAsync("/incidents", new
        {
            title = Script, severity = "sev4", services = new[] { "scripted" }, summary = Script, objectives = new[] { new { service = "scripted", objective = "scripted" } },
        }, ct)).GetInt32();
        await api.PutAsync($"/incidents/{incident}/roles/scribe", new { person = owner.Id }, ct);
        await api.PostAsync($"/incidents/{incident}/status", new { status = "acknowledged", note = Script }, ct);
        await api.PostAsync($"/incidents/{incident}/war-room", new { }, ct);
        await api.PostAsync($"/incidents/{incident}/tasks", new { title = Script, assignee = owner.Id }, ct);
        await api.PutAsync("/services/scripted/runbook", new { title = Script, steps = new[] { new { name = Script, does = Script, kind = "changes", address = Link, secret = Script, timeoutSeconds = 5 } }, version = 0 }, ct);
        await api.PostAsync($"/incidents/{incident}/runbook/runs", new { step = (await api.GetAsync("/services/scripted/runbook", ct)).GetProperty("steps")[0].GetProperty("id").GetGuid(), because = Script }, ct);
        await api.PostAsync($"/incidents/{incident}/teams", new { team = "scripted", part = Script }, ct);
        await api.PostAsync($"/incidents/{incident}/hand-offs", new { from = "scripted", to = "scripted", what = Script }, ct);
        await api.PutAsync($"/incidents/{incident}/phases/began", new { at = DateTimeOffset.UtcNow.AddDays(-1), reason = Script, confirmUnusualTime = true }, ct);
        await api.PostAsync($"/incidents/{incident}/severity", new { severity = "sev3", reason = Script }, ct);
        foreach (var line in (string[])[Script, "/decision " + Script, "see https://example.org/\"><script>hacked=1</script>"])
            await api.PostAsync($"/incidents/{incident}/timeline/lines", new { line }, ct);
        var written = await api.GetAsync($"/incidents/{incident}/timeline", ct);
        await api.PostAsync("/status-pages", new { slug = "scripted", title = Script, audience = "everybody", needsApproval = false, services = new[] { new { service = "scripted", name = Script } } }, ct);
        foreach (var state in (string[])["investigating", "identified"])
            await api.PostAsync($"/incidents/{incident}/updates", new { state, title = Script, body = Script, statusPages = new[] { "scripted" }, services = new[] { new { service = "scripted", condition = "outage" } } }, ct);
        var entry = written.GetProperty("entries").EnumerateArray().First(e => e.GetProperty("kind").GetString() == "note").GetProperty("id").GetGuid();
        await api.PostAsync($"/incidents/{incident}/timeline/{entry}/correction", new { body = "Corrected " + Script, reason = Script }, ct);
        await api.PutAsync($"/incidents/{incident}/timeline/{entry}/pin", new { label = Script }, ct);
        await api.PostAsync($"/incidents/{incident}/timeline/{entry}/evidence", new { kind = "address", reference = Link }, ct);
        await api.PostAsync($"/incidents/{incident}/timeline/chat", new { messages = new[] { new { at = TimeProvider.System.GetUtcNow(), author = Script, text = Script } }, confirmUnusualTime = true }, ct);
        await api.PutAsync($"/incidents/{incident}/timeline/clocks", new { clock = "chat", offsetSeconds = 12, uncertaintySeconds = 2, reason = Script }, ct);
        return incident;
    }

    private static async Task<(int Postmortem, int Action)> ReviewAsync(PortalApi api, People people, int incident, Somebody owner, CancellationToken ct)
    {
        var postmortem = (await api.PostAsync($"/incidents/{incident}/postmortem", new { }, ct)).GetInt32();
        var body = $"{Script}\n\n# {Script}\n\n[{Script}](javascript:hacked=1) <a href=\"javascript:hacked=1\">go</a> ![{Script}](x)\n\n`{Script}`\n\n    {Script}\n\n| {Script} |\n| --- |\n| {Script} |";
        await api.PutAsync($"/postmortems/{postmortem}", new { baseRevision = 1, title = Script, summary = Script, body }, ct);
        await api.PutAsync($"/postmortems/{postmortem}/facts", new { services = new[] { "scripted" }, factors = new[] { new { factor = "tooling", note = Script } } }, ct);
        await people.PostAsync(owner, $"/postmortems/{postmortem}/comments", new { body = Script, quote = Script }, ct);
        await api.PostAsync($"/postmortems/{postmortem}/submit", new { }, ct);
        await people.PostAsync(owner, $"/postmortems/{postmortem}/ask-for-changes", new { reason = Script }, ct);
        var due = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(5);
        var plan = new { title = Script, description = Script, team = "scripted", dueOn = due, assignee = owner.Id, service = "scripted", postmortem };
        var done = (await api.PostAsync("/actions", plan, ct)).GetInt32();
        await api.PostAsync($"/actions/{done}/complete", new { proofUrl = Link, outcome = Script }, ct);
        var dropped = (await api.PostAsync("/actions", plan, ct)).GetInt32();
        await api.PostAsync($"/actions/{dropped}/drop", new { reason = Script }, ct);
        return (postmortem, dropped);
    }
}
