namespace SloPortal.Browser.Tests.Harness;

/// <summary>What the portal of the shared tests holds: a shop with a search, run by one team and depended on by another.</summary>
internal sealed class SeededData
{
    public required Somebody Owner { get; init; }

    public required Somebody Stakeholder { get; init; }

    public required Somebody Auditor { get; init; }

    public required string OpenInvitation { get; init; }

    public required int Sli { get; init; }

    /// <summary>Measures the same, and has no data.</summary>
    public required int OtherSli { get; init; }

    /// <summary>An SLI that is split by region.</summary>
    public required int SplitSli { get; init; }

    /// <summary>A segment of it.</summary>
    public required int Segment { get; init; }

    public required int Source { get; init; }

    /// <summary>A source of files.</summary>
    public required int Feed { get; init; }

    /// <summary>A file of which two rows were refused.</summary>
    public required Guid File { get; init; }

    /// <summary>A statement against a PostgreSQL, which does not answer.</summary>
    public required int Query { get; init; }

    /// <summary>A beacon to which no browser has reported yet.</summary>
    public required int Beacon { get; init; }

    /// <summary>A probe with a day of runs from another location.</summary>
    public required int Probe { get; init; }

    /// <summary>The dependency of the checkout on a vendor, which nobody has assessed.</summary>
    public required Guid Risk { get; init; }

    /// <summary>Waits for its signatures.</summary>
    public required Guid Proposal { get; init; }

    /// <summary>An incident with a timeline of every kind.</summary>
    public required int Told { get; init; }

    /// <summary>An incident without a postmortem.</summary>
    public required int Unreviewed { get; init; }

    /// <summary>The postmortem of an incident, in its third revision and in review, with comments.</summary>
    public required int Review { get; init; }

    /// <summary>One that waits to be written.</summary>
    public required int Draft { get; init; }

    /// <summary>An open action that follows from <see cref="Review"/>.</summary>
    public required int Action { get; init; }

    public required int Contract { get; init; }

    /// <summary>One that a link proves done.</summary>
    public required int DoneAction { get; init; }

    /// <summary>An export of the archive.</summary>
    public required Guid Export { get; init; }

    /// <summary>An Alertmanager that has sent alerts.</summary>
    public required Guid SignalSource { get; init; }

    /// <summary>One of them, which fired twice.</summary>
    public required Guid Signal { get; init; }

    /// <summary>On the watch list.</summary>
    public required Guid Watched { get; init; }

    /// <summary>A page that called somebody.</summary>
    public required int Page { get; init; }

    /// <summary>The policy that called.</summary>
    public required Guid EscalationPolicy { get; init; }

    public static async Task<SeededData> CreateAsync(PortalApi api, People people, CancellationToken ct)
    {
        await api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "Runs what customers buy with." }, ct);
        await api.PostAsync("/teams", new { slug = "support", name = "Customer support", description = "" }, ct);
        var owner = await people.InviteAsync("Olga Owner", ["serviceOwner"], ["shop"], ct);
        var stakeholder = await people.InviteAsync("Sami Stakeholder", ["viewer"], ["support"], ct);
        var auditor = await people.InviteAsync("Aino Auditor", ["auditor"], [], ct);
        await api.PostAsync("/schedules", new
        {
            team = "shop", slug = "shop-weeks", name = "Shop by day", timeZone = "Europe/Berlin",
            layers = new[] { new { name = "Weekly", unit = "weeks", every = 1, firstDay = "2026-01-05", handOff = "09:00:00", people = new[] { owner.Id }, hours = new[] { new { days = new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }, from = "08:00:00", to = "20:00:00" } } } },
        }, ct);
        var open = await api.PostAsync("/invitations", new { email = "late@example.org", roles = new[] { "viewer" }, teams = Array.Empty<string>() }, ct);

        var link = new { title = "Runbook", url = "https://example.org/runbook" };
        await api.PostAsync("/services", new { slug = "checkout", name = "Checkout", description = "Turns a basket into an order.\n\nWithout it nobody can buy.", tier = "critical", ownerTeam = "shop", links = new[] { link } }, ct);
        await api.PostAsync("/services", new { slug = "search", name = "Search", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, ct);
        var policy = (await api.PostAsync("/escalation-policies", new { team = "shop", name = "Around the clock", repeats = 1, levels = new[] { new { minutes = 5, targets = new[] { new { kind = "person", id = owner.Id } } } } }, ct)).GetGuid();
        await api.PutAsync("/teams/shop/paging-rules", new { rules = new object[] { new { minimumSeverity = "error", service = "search", action = "page", policy, quiet = new { signals = 1, pagesPerHour = 20 } }, new { minimumSeverity = "warning", action = "record" } } }, ct);
        await api.PostAsync("/silences", new { team = "shop", service = "search", conditions = new[] { new { label = "instance", comparison = "matches", value = "index-.*" } }, endsAt = DateTimeOffset.UtcNow.AddHours(20), reason = "The index is built anew." }, ct);
        await api.PostAsync("/silences", new { team = "shop", startsAt = DateTimeOffset.UtcNow.AddDays(2), endsAt = DateTimeOffset.UtcNow.AddDays(2).AddHours(3), reason = "The data centre moves." }, ct);
        var page = (await api.PostAsync("/pages/test", new { policy }, ct)).GetInt32();
        await api.PostAsync("/deployments", new { service = "checkout", version = "7.42" }, ct);

        var source = await api.PostAsync("/sources", new { name = "Prometheus of the west", url = "http://127.0.0.1:9", everySeconds = 3600 }, ct);
        var sli = await api.PostAsync("/slis", new { service = "checkout", slug = "orders", name = "Orders placed", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, ct);
        var other = (await api.PostAsync("/slis", new { service = "checkout", slug = "orders-probed", name = "Orders, probed", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, ct)).GetInt32();
        await api.PostAsync($"/slis/{sli}/measurements", new { otherSliId = other, tolerancePoints = 0.5, afterHours = 3, gapHours = 2, reason = "A probe places orders of a customer who does not exist." }, ct);
        await PushHistoryAsync(api, ct);
        var terms = new { sli = "orders", targetPercent = 99.9, window = "rolling 30d", ownerId = owner.Id, stakeholderId = stakeholder.Id, rationale = "What customers were promised." };
        await AgreeAsync(api, people, new { service = "checkout", slug = "orders-placed", name = "Orders placed", description = "", terms }, [owner, stakeholder], ct);
        var proposal = await api.PostAsync("/objectives/checkout/orders-placed/proposals", terms, ct);
        await api.PostAsync("/journeys", new { slug = "buy", name = "Buy something", steps = "Fill the basket\nPay", ownerTeam = "shop", services = new[] { "checkout", "search" }, position = 0 }, ct);
        await api.PutAsync("/journeys/buy/covers/error", new { slis = new[] { sli.GetInt32() } }, ct);
        await api.PutAsync("/journeys/buy/covers/unavailable", new { slis = new[] { other } }, ct);
        await api.PutAsync($"/sources/{source.GetInt32()}/budget", new { maxSeries = 5000, maxSamplesPerSecond = 200, above = "thin" }, ct);
        var risk = await DependAsync(api, ct);

        var unreviewed = (await api.PostAsync("/incidents", new { title = "Search is slow", severity = "sev3", services = new[] { "search" } }, ct)).GetInt32();
        var review = await ReviewAsync(api, people, owner, ct);
        var draft = (await api.PostAsync("/postmortems", new { title = "The day the queue stood still", summary = "Mails arrived four hours late." }, ct)).GetInt32();

        var (action, done) = await ActionsAsync(api, review, owner, ct);

        var contract = (await api.PostAsync("/contracts", new
        {
            customer = "Larkfield Outfitters", reference = "LO-2026-17", service = "checkout", sli = "orders", targetPercent = 99.95, window = "calendar month Europe/Berlin", from = "2026-01-01",
            currency = "EUR", periodFee = 12_500, tiers = new[] { new { belowPercent = 99.95, creditPercent = 10 }, new { belowPercent = 99.0, creditPercent = 25 } },
        }, ct)).GetInt32();
        await api.PostAsync($"/contracts/{contract}/exclusions", new { from = "2026-02-07T01:00:00Z", to = "2026-02-07T03:00:00Z", reason = "Maintenance, announced to the customer on 30 January." }, ct);

        var (feed, file) = await FileAsync(api, ct);
        var query = (await api.PostAsync("/sources/sql", new
        {
            name = "Orders of the old shop", sliId = sli.GetInt32(), connection = "Host=127.0.0.1;Port=9;Database=shop;Username=reader;Password=secret",
            statement = "SELECT date_trunc('minute', placed_at) AS time,\n  count(*) FILTER (WHERE state = 'done') AS good,\n  count(*) AS total\nFROM orders\nWHERE placed_at >= @since\nGROUP BY 1", minutes = 1, everySeconds = 3600,
        }, ct)).GetInt32();
        await api.PostAsync("/statsd-rules", new { metric = "search.answers.*", sliId = (await api.GetAsync("/slis?service=search", ct))[0].GetProperty("id").GetInt32(), role = "timer", threshold = 300 }, ct);
        var (split, segment) = await SplitAsync(api, ct);
        var (signalSource, signal) = await SignalsAsync(api, ct);
        return new SeededData
        {
            SplitSli = split, Segment = segment, SignalSource = signalSource, Signal = signal, Watched = await WatchedAsync(api, ct), Page = page, EscalationPolicy = policy,
            Feed = feed, File = file, Query = query, Probe = await ProbeAsync(api, sli.GetInt32(), ct),
            Beacon = (await api.PostAsync("/sources/beacons", new { name = "Checkout in the browser", service = "checkout", origins = new[] { "https://shop.example.com" }, sampleRate = 0.25, groups = new[] { new { pattern = "/orders/*", name = "order" }, new { pattern = "/help/**", name = "help" } } }, ct)).GetInt32(),
            Contract = contract,
            Told = await ToldAsync(api, ct),
            Action = action, DoneAction = done,
            Export = (await api.PostAsync("/archive/exports", new { }, ct)).GetGuid(),
            Unreviewed = unreviewed, Review = review, Draft = draft,
            Owner = owner, Stakeholder = stakeholder, Auditor = auditor, OpenInvitation = open.GetProperty("link").GetString()!,
            Sli = sli.GetInt32(), OtherSli = other, Source = source.GetInt32(), Proposal = proposal.GetGuid(), Risk = risk,
        };
    }

    private static async Task<Guid> WatchedAsync(PortalApi api, CancellationToken ct)
    {
        await api.PostAsync("/watch", new { service = "search", title = "Answers come late on Mondays", reason = "Three customers asked; it would be an incident if it came on a Tuesday too." }, ct);
        var watched = (await api.PostAsync("/watch", new { service = "checkout", title = "Refunds of one bank fail", reason = "One of forty banks, since Friday. Its status page says nothing.", objective = "orders-placed" }, ct)).GetGuid();
        await api.PostAsync($"/watch/{watched}/extension", new { until = DateTimeOffset.UtcNow.AddDays(14), why = "Until the bank answers." }, ct);
        return watched;
    }

    /// <summary>Alerts as Alertmanager sends them: one that fires twice, one that is over, and a body that could not be taken before.</summary>
    private static async Task<(Guid Source, Guid Signal)> SignalsAsync(PortalApi api, CancellationToken ct)
    {
        var made = await api.PostAsync("/teams/shop/signal-sources", new { kind = "alertmanager", name = "Alertmanager of the west", service = "search" }, ct);
        var address = $"/in/{made.GetProperty("key").GetString()}/alertmanager";
        object Alert(string status, string name, string severity) => new
        {
            status, labels = new { alertname = name, severity, service = "checkout", instance = "checkout-7.west.example:9090" }, annotations = new { summary = $"{name} on checkout-7", description = "More than 5 % of the requests of the last five minutes failed.", runbook_url = "https://example.org/runbook" },
            startsAt = TimeProvider.System.GetUtcNow().AddMinutes(-9), endsAt = status == "resolved" ? TimeProvider.System.GetUtcNow() : DateTimeOffset.MinValue, generatorURL = "https://prometheus.example.org/graph",
        };
        await api.SendAsync(address, new { version = "4" }, ct);
        foreach (var status in (string[])["firing", "firing", "resolved"])
            await api.SendAsync(address, new { version = "4", status, alerts = new[] { Alert("firing", "Too many errors", "page"), Alert(status, "Disk nearly full", "ticket") } }, ct);
        await api.PostAsync("/signals/reports", new { service = "search", what = "Nothing is found since this morning.\nNot even what is on the first page.", reach = "several" }, ct);
        var signals = (await api.GetAsync("/signals?text=errors", ct)).GetProperty("signals").GetProperty("items");
        return (made.GetProperty("id").GetGuid(), signals[0].GetProperty("id").GetGuid());
    }

    /// <summary>Requests of the last hour by region, of which one fails more often than the others.</summary>
    private static async Task<(int Sli, int Segment)> SplitAsync(PortalApi api, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        object Attribute(string key, string value) => new { key, value = new { stringValue = value } };
        object Point(string region, string code, int minute, int requests) => new
        {
            asDouble = requests, timeUnixNano = $"{now.AddMinutes(minute - 50).ToUnixTimeMilliseconds()}000000", attributes = new[] { Attribute("region", region), Attribute("code", code) },
        };
        var points = Enumerable.Range(0, 45).SelectMany(minute => new[] { ("eu", 900, 1), ("us", 400, 1 + minute % 7), ("ap", 90, 0) }
            .SelectMany(r => new[] { Point(r.Item1, "200", minute, r.Item2), Point(r.Item1, "500", minute, r.Item3) })).ToArray();
        await api.ExportAsync(new
        {
            resourceMetrics = new[] { new { scopeMetrics = new[] { new { metrics = new[] { new { name = "orders_answered", sum = new { aggregationTemporality = 1, isMonotonic = true, dataPoints = points } } } } } } },
        }, ct);
        var source = (await api.GetAsync("/sources", ct)).EnumerateArray().Single(s => s.GetProperty("kind").GetString() == "otlp").GetProperty("id").GetInt32();
        var sli = (await api.PostAsync("/slis", new
        {
            service = "checkout", slug = "by-region", name = "Answers by region", description = "", sourceId = source,
            definition = new { kind = "counterRatio", bad = "orders_answered_total{code=\"500\"}", total = "orders_answered_total" },
        }, ct)).GetInt32();
        await api.PutAsync($"/slis/{sli}/split", new { labels = new[] { "region" }, cap = 10 }, ct);
        return (sli, (await api.GetAsync($"/slis/{sli}/segments?window=1h", ct)).GetProperty("segments")[0].GetProperty("id").GetInt32());
    }

    private static async Task<(int Feed, Guid File)> FileAsync(PortalApi api, CancellationToken ct)
    {
        var sli = (await api.PostAsync("/slis", new { service = "search", slug = "answers", name = "Answers", description = "", definition = new { kind = "pushed" } }, ct)).GetInt32();
        var mapping = new { format = "csv", time = new { column = "time", form = "iso", zone = "UTC" }, counts = new { meaning = "event", column = "status", test = "statusClasses", value = "2xx, 3xx" } };
        var feed = (await api.PostAsync("/sources/files", new { name = "Nightly export of the old search", sliId = sli, mapping }, ct)).GetInt32();
        var rows = string.Concat(Enumerable.Range(1, 40).Select(n => $"{TimeProvider.System.GetUtcNow().AddHours(-n):yyyy-MM-ddTHH:mm:ssZ},{(n % 9 == 0 ? 503 : 200)}\n"));
        var file = (await api.PostTextAsync($"/sources/{feed}/files?name=answers.csv", $"time,status\n{rows}yesterday,200\n2015-01-01T00:00:00Z,200\n", ct)).GetProperty("id").GetGuid();
        return (feed, file);
    }

    private static async Task<int> ProbeAsync(PortalApi api, int sli, CancellationToken ct)
    {
        var check = new { kind = "http", url = "https://shop.example.com/health", contains = "ready", withinMs = 800 };
        var probe = (await api.PostAsync("/sources/probes", new { name = "Front door", sliId = sli, check, everySeconds = 600, locations = new[] { "frankfurt", "sydney" } }, ct)).GetInt32();
        await api.PostAsync("/probe-addresses", new { address = "shop.internal.example", reason = "The old shop answers inside only." }, ct);
        var now = TimeProvider.System.GetUtcNow();
        var results = Enumerable.Range(1, 140).Reverse().Select(n => new
        {
            probe, due = now.AddMinutes(-10 * n), at = now.AddMinutes(-10 * n),
            run = n is 20 or 21 or 22
                ? new { outcome = "failed", reason = "It answered 503, and 200-299 was expected.", parts = new { dns = 2.1, connect = 11.0, tls = 19.4, firstByte = 30.2, total = 63.0 }, status = 503, address = "192.0.2.7" }
                : new { outcome = "good", reason = $"It answered 200 in {90 + (n % 7)} ms.", parts = new { dns = 2.0, connect = 10.8, tls = 19.0, firstByte = 57.5 + (n % 7), total = 90.0 + (n % 7) + (n % 50 == 0 ? 300 : 0) }, status = 200, address = "192.0.2.7" },
        }).ToArray();
        await api.PostAsync("/probe-locations/frankfurt/results", new { sentAt = now.AddSeconds(3), dropped = 0, results }, ct);
        return probe;
    }

    private static async Task<Guid> DependAsync(PortalApi api, CancellationToken ct)
    {
        await api.PostAsync("/services", new { slug = "billing", name = "Billing", description = "", tier = "low", ownerTeam = "shop", links = Array.Empty<object>() }, ct);
        foreach (var (slug, name) in new[] { ("acme-pay", "Acme Pay"), ("east-carrier", "East Carrier"), ("west-carrier", "West Carrier") })
            await api.PostAsync("/vendors", new { slug, name, description = "On the telephone around the clock.", ownerTeam = "shop" }, ct);
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        await api.PostAsync("/vendors/acme-pay/outages", new { startedAt = yesterday, endedAt = yesterday.AddMinutes(50), source = "https://status.acme.example/8", reason = "Authorisations timed out." }, ct);
        var risk = await api.PostAsync("/services/checkout/dependencies", new { onVendor = "acme-pay", note = "No order without money." }, ct);
        await api.PostAsync("/services/checkout/dependencies", new { onService = "search", kind = "soft" }, ct);
        foreach (var carrier in new[] { "east-carrier", "west-carrier" })
            await api.PostAsync("/services/checkout/dependencies", new { onVendor = carrier, group = "carriers", needs = 1 }, ct);
        await api.PutAsync("/services/checkout/impact", new { revenuePerHour = 42000, currency = "EUR", users = 18000, frameworks = new[] { "PCI DSS" }, contracts = 3 }, ct);
        await api.PutAsync("/services/billing/impact", new { revenuePerHour = 5000, currency = "USD", users = 1200, frameworks = new[] { "GDPR" }, contracts = 2 }, ct);
        await api.PutAsync("/services/search/override", new { tier = "important", promise = "slo", rationale = "Nobody buys what they cannot find." }, ct);
        return risk.GetGuid();
    }

    private static async Task<int> ToldAsync(PortalApi api, CancellationToken ct)
    {
        var steps = new object[]
        {
            new { name = "Count open connections", does = "Asks the pool how many are open, and who holds them.", kind = "reads", address = "https://hooks.example.com/pool/count", secret = "seeded", timeoutSeconds = 5 },
            new { name = "Roll back to the last release", does = "Puts the release before in every region, one after the other.", kind = "changes", address = "https://hooks.example.com/rollback", secret = "seeded", timeoutSeconds = 60 },
        };
        await api.PutAsync("/services/checkout/runbook", new { title = "Orders fail", steps, version = 0 }, ct);
        var step = (await api.GetAsync("/services/checkout/runbook", ct)).GetProperty("steps")[1].GetProperty("id").GetGuid();
        var now = TimeProvider.System.GetUtcNow();
        var incident = (await api.PostAsync("/incidents", new
        {
            title = "Orders fail after release 7.42", severity = "sev2", services = new[] { "checkout" }, startedAt = now.AddMinutes(-41), summary = "One in twenty orders fails at payment.",
            objectives = new[] { new { service = "checkout", objective = "orders-placed" } }, confirmUnusualTime = true,
        }, ct)).GetInt32();
        foreach (var line in new[]
        {
            "-38m the first customers write to support, see https://example.org/tickets/81", "-34m /status acknowledged", "/impact users 1200", "-31m connections to the pool climb with every checkout and never fall; suspects release 7.42",
            "-26m vendor confirms an outage of its own", "-22m /decision roll back to 7.41 in eu-west, since nothing else changed today", "-18m /status mitigated rolled back to 7.41", "errors fall below 1 % and stay there",
        })
            await api.PostAsync($"/incidents/{incident}/timeline/lines", new { line, confirmUnusualTime = true }, ct);
        var timeline = await api.GetAsync($"/incidents/{incident}/timeline", ct);
        var wrong = timeline.GetProperty("entries").EnumerateArray().Single(e => e.GetProperty("body").GetString()!.StartsWith("vendor", StringComparison.Ordinal));
        await api.PostAsync($"/incidents/{incident}/timeline/{wrong.GetProperty("id").GetGuid()}/correction", new { body = "vendor is healthy since 13:50", reason = "Their page showed yesterday." }, ct);
        var messages = new[] { new { at = now.AddMinutes(-29), author = "ruth", text = "p99 of payment is at 30 s" }, new { at = now.AddMinutes(-28), author = "omar", text = "looking at the pool" } };
        await api.PostAsync($"/incidents/{incident}/timeline/chat", new { messages, confirmUnusualTime = true }, ct);
        await api.PostAsync($"/incidents/{incident}/war-room", new { }, ct);
        await api.PutAsync($"/incidents/{incident}/war-room/call-link", new { link = "https://meet.example.org/orders-fail" }, ct);
        foreach (var task in new[] { "Look whether the queue of payments drains", "Ask the vendor whether they changed anything" })
            await api.PostAsync($"/incidents/{incident}/tasks", new { title = task }, ct);
        await api.PostAsync($"/incidents/{incident}/runbook/runs", new { step, because = "Nothing else changed today" }, ct);
        await InvolveAsync(api, incident, ct);
        await TellAsync(api, incident, now, ct);
        var due = DateOnly.FromDateTime(now.UtcDateTime).AddDays(9);
        await api.PostAsync("/actions", new { title = "Hold a release back while the pool climbs", team = "shop", dueOn = due, incident }, ct);
        return incident;
    }

    /// <summary>A team that works on it and has offered a task to another, and a part of it that has an incident of its own.</summary>
    private static async Task InvolveAsync(PortalApi api, int incident, CancellationToken ct)
    {
        await api.PostAsync($"/incidents/{incident}/teams", new { team = "shop", part = "Keep the pool of payments from running full" }, ct);
        await api.PutAsync($"/incidents/{incident}/teams/shop/state", new { state = "done", note = "The pool is at its usual size" }, ct);
        var part = (await api.PostAsync("/incidents", new { title = "Refunds wait", severity = "sev4", services = Array.Empty<string>() }, ct)).GetInt32();
        await api.PutAsync($"/incidents/{incident}/links/{part}", new { @as = "child" }, ct);
    }

    /// <summary>Two updates that everybody reads, and one for the partners that waits for approval.</summary>
    private static async Task TellAsync(PortalApi api, int incident, DateTimeOffset now, CancellationToken ct)
    {
        var services = new[] { new { service = "checkout", name = "Orders" }, new { service = "search", name = "Search" } };
        await api.PostAsync("/status-pages", new { slug = "shop", title = "Shop status", audience = "everybody", needsApproval = false, services }, ct);
        await api.PostAsync("/status-pages", new { slug = "partners", title = "Partners of the shop", audience = "byLink", services }, ct);
        var told = new[] { new { service = "checkout", condition = "degraded" } };
        await api.PostAsync($"/incidents/{incident}/updates", new { state = "investigating", title = "Some orders fail", body = "One in twenty orders fails at payment. We are looking into it.", statusPages = new[] { "shop" }, services = told, nextUpdateAt = now.AddMinutes(30) }, ct);
        await api.PostAsync($"/incidents/{incident}/updates", new { state = "monitoring", title = "Some orders fail", body = "We have put the former version back and watch whether it holds.", statusPages = new[] { "shop" }, services = told, nextUpdateAt = now.AddHours(1) }, ct);
        await api.PostAsync($"/incidents/{incident}/updates", new { state = "monitoring", title = "Orders through partners", body = "Orders that were refused can be sent again.", statusPages = new[] { "partners" }, services = told }, ct);
    }

    private static async Task<int> ReviewAsync(PortalApi api, People people, Somebody owner, CancellationToken ct)
    {
        var started = TimeProvider.System.GetUtcNow().AddHours(-3);
        var incident = (await api.PostAsync("/incidents", new
        {
            title = "Orders fail at payment", severity = "sev2", services = new[] { "checkout" }, startedAt = started, summary = "One in twenty orders failed at payment for two hours.",
            objectives = new[] { new { service = "checkout", objective = "orders-placed" } }, confirmUnusualTime = true,
        }, ct)).GetInt32();
        var number = (await api.PostAsync($"/incidents/{incident}/postmortem", new { }, ct)).GetInt32();
        var begun = await api.GetAsync($"/postmortems/{number}", ct);
        var (title, summary, body) = (begun.GetProperty("title").GetString()!, begun.GetProperty("summary").GetString()!, begun.GetProperty("body").GetString()!);
        await SaveAsync(1, body.Replace("> How did the system come to fail? Tell it in the order of cause and effect.", "A new version of the payment client waited **30 s** for each answer; its pool of connections ran dry.\n\nSee ![load](https://example.org/load.png) and `pool.max = 10`."));
        await SaveAsync(2, body.Replace("> How did the system come to fail? Tell it in the order of cause and effect.", "A new version of the payment client waited **60 s** for each answer; its pool of connections ran dry.\n\nSee ![load](https://example.org/load.png) and `pool.max = 10`."));
        await people.PostAsync(owner, $"/postmortems/{number}/comments", new { body = "Why did no alert fire in the first ten minutes?", quote = "its pool of connections ran dry" }, ct);
        await api.PostAsync($"/postmortems/{number}/submit", new { }, ct);
        return number;

        Task SaveAsync(int on, string text) => api.PutAsync($"/postmortems/{number}", new { baseRevision = on, title, summary, body = text }, ct);
    }

    private static async Task<(int Open, int Done)> ActionsAsync(PortalApi api, int review, Somebody owner, CancellationToken ct)
    {
        var due = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(5);
        var open = (await api.PostAsync("/actions", new
        {
            title = "Give the payment client a limit of its own", description = "A late answer must not take a connection from others.", team = "shop", dueOn = due, assignee = owner.Id, service = "checkout", postmortem = review,
        }, ct)).GetInt32();
        var done = (await api.PostAsync("/actions", new { title = "Alert on a pool that runs dry", team = "shop", dueOn = due, service = "checkout", postmortem = review }, ct)).GetInt32();
        await api.PostAsync($"/actions/{done}/complete", new { proofUrl = "https://example.org/changes/112", outcome = "The alert fired in the drill of Tuesday." }, ct);
        return (open, done);
    }

    private static async Task AgreeAsync(PortalApi api, People people, object objective, Somebody[] parties, CancellationToken ct)
    {
        var proposal = (await api.PostAsync("/objectives", objective, ct)).GetGuid();
        foreach (var party in parties)
            await people.SignAsync(party, proposal, ct);
    }

    /// <summary>Ten days of orders, each hour as one interval; three hours of the day before yesterday went badly.</summary>
    private static async Task PushHistoryAsync(PortalApi api, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        var thisHour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        foreach (var day in Enumerable.Range(1, 240).Reverse().Chunk(24))
        {
            var intervals = day.Select(ago => new
            {
                start = thisHour.AddHours(-ago),
                end = thisHour.AddHours(1 - ago),
                good = ago is 50 or 51 or 52 ? 5_700 : 5_999,
                total = 6_000,
            });
            await api.PostAsync("/push", new { key = $"orders until {day[^1]} h ago", service = "checkout", sli = "orders", intervals }, ct);
        }
    }
}
