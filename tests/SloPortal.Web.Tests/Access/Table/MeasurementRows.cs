using System.Net;
using System.Net.Http.Headers;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access.Table;

internal static class MeasurementRows
{
    private static readonly object Series = new { kind = "counterRatio", bad = "requests_total{code=\"500\"}", total = "requests_total" };

    private static readonly object Correction = new
    {
        kind = "exclude", from = DateTimeOffset.UtcNow.AddHours(-2), to = DateTimeOffset.UtcNow.AddHours(-1), reason = "The load test was ours.", evidence = "A ticket.",
    };

    private static readonly object Counting = new { merge = "primary", noData = "undetermined", reason = "Silence tells us nothing." };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/measuring", Who.Readers, "/api/v1/measuring"),

        new("GET /api/v1/slis", Who.Readers, "/api/v1/slis"),
        new("POST /api/v1/slis", Who.Team, w => Task.FromResult(new Ask("/api/v1/slis", AccessWorld.Sli(w.Slug("sli"))))),
        new("POST /api/v1/slis/preview", Who.Readers, "/api/v1/slis/preview", new { sourceId = (int?)null, definition = Series, hours = 1 }),
        new("GET /api/v1/slis/{id:int}", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}"))),
        new("PUT /api/v1/slis/{id:int}", Who.Team, async w => new($"/api/v1/slis/{await w.SliAsync()}", new { name = "Renamed", description = "" })),
        new("DELETE /api/v1/slis/{id:int}", Who.Team, async w => new($"/api/v1/slis/{await w.SliAsync()}")),
        new("GET /api/v1/slis/{id:int}/counts", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/counts"))),

        new("GET /api/v1/slis/{id:int}/segments", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/segments"))),
        new("GET /api/v1/slis/{id:int}/segments/{segment:int}", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/segments/{AccessWorld.Segment}"))),
        new("GET /api/v1/slis/{id:int}/segments/{segment:int}/counts", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/segments/{AccessWorld.Segment}/counts"))),
        new("GET /api/v1/slis/{id:int}/split", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/split"))),
        new("PUT /api/v1/slis/{id:int}/split", Who.Team, async w => new($"/api/v1/slis/{await SeriesSliAsync(w)}/split", new { labels = new[] { "region" }, cap = 10 })),
        new("DELETE /api/v1/slis/{id:int}/split", Who.Team, async w =>
        {
            var sli = await SeriesSliAsync(w);
            await w.PutAsync($"/slis/{sli}/split", new { labels = new[] { "region" }, cap = 10 });
            return new($"/api/v1/slis/{sli}/split");
        }),

        new("GET /api/v1/slis/{id:int}/corrections", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/corrections"))),
        new("POST /api/v1/slis/{id:int}/corrections", Who.Team, async w => new($"/api/v1/slis/{await w.SliAsync()}/corrections", Correction)),
        new("POST /api/v1/corrections/{id:guid}/decision", Who.Team, async w => new($"/api/v1/corrections/{await CorrectedAsync(w)}/decision", new { approve = false, note = "It was measured rightly." })),
        new("POST /api/v1/corrections/{id:guid}/withdrawal", Who.Team, async w => new($"/api/v1/corrections/{await CorrectedAsync(w)}/withdrawal", new { reason = "Proposed by mistake." })),

        new("GET /api/v1/slis/{id:int}/measurements", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/measurements"))),
        new("POST /api/v1/slis/{id:int}/measurements", Who.Team, async w => new($"/api/v1/slis/{await w.SliAsync()}/measurements", Measured(w))),
        new("POST /api/v1/measurements/{id:guid}/removal", Who.Team, async w => new($"/api/v1/measurements/{(await w.DoAsync($"/slis/{await w.SliAsync()}/measurements", Measured(w))).GetString()}/removal", new { reason = "It is switched off." })),
        new("GET /api/v1/slis/{id:int}/compare/{other:int}", Who.Readers, async w => new($"/api/v1/slis/{w.OrdersSli}/compare/{await w.SliAsync()}")),
        new("GET /api/v1/slis/{id:int}/findings", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/findings"))),
        // The pass that finds them looks at whole hours; who may close nothing is told the same of one that does not exist.
        new("POST /api/v1/findings/{id:guid}/closure", Who.Team | Who.OtherOwner, _ => Task.FromResult(new Ask($"/api/v1/findings/{Guid.Empty}/closure", new { reason = "Known." }))) { Answer = HttpStatusCode.NotFound },

        new("GET /api/v1/slis/{id:int}/counting", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/slis/{w.OrdersSli}/counting"))),
        new("POST /api/v1/slis/{id:int}/counting", Who.Team, async w => new($"/api/v1/slis/{await w.SliAsync()}/counting", Counting)),
        // A signature is the word of a signed-in person, so no token gives it; the administrator proposed this one.
        new("POST /api/v1/counting/{id:guid}/signature", Who.Owner, async w => await CountingAsync(w) is var (id, hash) ? new($"/api/v1/counting/{id}/signature", new { contentHash = hash, password = PortalHost.AdminPassword }) : null!),
        new("POST /api/v1/counting/{id:guid}/refusal", Who.Team, async w => new($"/api/v1/counting/{(await CountingAsync(w)).Id}/refusal", new { reason = "Leave it as it is." })),

        new("GET /api/v1/services/{service}/failure-rules", Who.Readers, "/api/v1/services/checkout/failure-rules"),
        new("PUT /api/v1/services/{service}/failure-rules", Who.Team, async w => new($"/api/v1/services/{await w.ServiceAsync()}/failure-rules", new { draft = FailureRules, version = 0 })),
        new("POST /api/v1/failure-rules/try", Who.Readers, "/api/v1/failure-rules/try", new { draft = FailureRules }),
        new("GET /api/v1/series", Who.Readers, "/api/v1/series?reading=unread"),
        new("GET /api/v1/sources", Who.Readers, "/api/v1/sources"),
        // The portal calls the address, so only administrators give one.
        new("POST /api/v1/sources", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/sources", AccessWorld.Source(w.Slug("source"))))),
        // Nothing answers there, which only who may ask is told.
        new("POST /api/v1/sources/test", Who.Administrators, "/api/v1/sources/test", new { url = "http://127.0.0.1:9" }) { Answer = HttpStatusCode.BadRequest },
        new("GET /api/v1/sources/{id:int}", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Pulled}"))),
        new("PUT /api/v1/sources/{id:int}", Who.Administrators, async w => new($"/api/v1/sources/{await w.SourceAsync()}", AccessWorld.Source(w.Slug("renamed")))),
        new("PUT /api/v1/sources/{id:int}/budget", Who.Administrators, async w => new($"/api/v1/sources/{await w.SourceAsync()}/budget", new { maxSeries = 1000, maxSamplesPerSecond = 100, above = "thin" })),
        new("POST /api/v1/sources/{id:int}/pause", Who.Administrators, async w => new($"/api/v1/sources/{await w.SourceAsync()}/pause")),
        new("POST /api/v1/sources/{id:int}/resume", Who.Administrators, async w =>
        {
            var id = await w.SourceAsync();
            await w.DoAsync($"/sources/{id}/pause");
            return new($"/api/v1/sources/{id}/resume");
        }),
        new("GET /api/v1/sources/{source:int}/metrics", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Pushed}/metrics"))),
        new("GET /api/v1/sources/{source:int}/labels", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Pushed}/labels?metric=up"))),
        new("GET /api/v1/sources/{source:int}/label-values", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Pushed}/label-values?metric=up&label=job"))),

        new("POST /api/v1/sources/files", Who.TeamFeeders, w => Task.FromResult(new Ask("/api/v1/sources/files", AccessWorld.Feed(w.Slug("feed"), w.OrdersSli)))),
        new("GET /api/v1/sources/{id:int}/files", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Feeding}/files"))),
        new("POST /api/v1/sources/{id:int}/files", Who.TeamFeeders, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Feeding}/files", null, Rows))),
        // The portal reads its own disk.
        new("PUT /api/v1/sources/{id:int}/folder", Who.Administrators, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Feeding}/folder", new { folder = (string?)null }))),
        // Somebody who may send but not read sees only files of their own teams.
        new("GET /api/v1/files/{id:guid}", Who.SignedIn & ~Who.WriteToken, w => Task.FromResult(new Ask($"/api/v1/files/{w.SentFile}"))),
        new("GET /api/v1/files/{id:guid}/refused", Who.TeamFeeders, w => Task.FromResult(new Ask($"/api/v1/files/{w.SentFile}/refused"))),
        new("GET /api/v1/files/{id:guid}/refused.csv", Who.TeamFeeders, w => Task.FromResult(new Ask($"/api/v1/files/{w.SentFile}/refused.csv"))),

        // The portal calls the address, so only administrators give one; nothing answers there.
        new("POST /api/v1/sources/sql", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/sources/sql", AccessWorld.Query(w.Slug("query"), w.OrdersSli)))),
        new("POST /api/v1/sources/sql/test", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/sources/sql/test", AccessWorld.Query("test", w.OrdersSli)))) { Answer = HttpStatusCode.BadRequest },
        new("GET /api/v1/sources/{id:int}/sql", Who.Administrator | Who.ReadToken, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Queried}/sql"))),
        new("PUT /api/v1/sources/{id:int}/sql", Who.Administrators, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Queried}/sql", AccessWorld.Query(w.Slug("renamed"), w.OrdersSli)))),

        // The portal calls the address, so only administrators give one; what comes of it is an answer.
        new("POST /api/v1/sources/probes", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/sources/probes", AccessWorld.Probe(w.Slug("probe"), w.OrdersSli)))),
        new("POST /api/v1/sources/probes/try", Who.Administrators, "/api/v1/sources/probes/try", new { check = AccessWorld.Check, timeoutSeconds = 1 }),
        new("GET /api/v1/sources/{id:int}/probe", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Probed}/probe"))),
        new("PUT /api/v1/sources/{id:int}/probe", Who.Administrators, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Probed}/probe", AccessWorld.Probe(w.Slug("renamed"), w.OrdersSli)))),
        new("GET /api/v1/probe-addresses", Who.Readers, "/api/v1/probe-addresses"),
        new("POST /api/v1/probe-addresses", Who.Administrators, w => Task.FromResult(new Ask("/api/v1/probe-addresses", new { address = w.Slug("host") + ".internal", reason = "Ours." }))),
        new("DELETE /api/v1/probe-addresses/{id:guid}", Who.Administrators, async w => new($"/api/v1/probe-addresses/{(await w.DoAsync("/probe-addresses", new { address = w.Slug("host") + ".internal", reason = "Ours." })).GetGuid()}")),
        // An agent is given the secrets of its probes.
        new("GET /api/v1/probe-locations/{location}/probes", Who.Administrator | Who.IngestToken, "/api/v1/probe-locations/frankfurt/probes"),
        new("POST /api/v1/probe-locations/{location}/results", Who.Administrator | Who.IngestToken, "/api/v1/probe-locations/frankfurt/results", new { sentAt = DateTimeOffset.UtcNow, dropped = 0, results = Array.Empty<object>() }),

        new("POST /api/v1/sources/beacons", Who.Team, w => Task.FromResult(new Ask("/api/v1/sources/beacons", AccessWorld.Beacon(w.Slug("beacon"))))),
        new("GET /api/v1/sources/{id:int}/beacon", Who.Readers, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Reporting}/beacon"))),
        new("PUT /api/v1/sources/{id:int}/beacon", Who.Team, w => Task.FromResult(new Ask($"/api/v1/sources/{w.Reporting}/beacon", AccessWorld.Beacon(w.Slug("renamed"))))),
        // Anybody's browser, if it comes from the site.
        new("GET /beacon/{key}.js", Who.Everybody, w => Task.FromResult(new Ask($"/beacon/{w.ReportingKey}.js"))),
        new("POST /beacon/{key}", Who.Everybody, w => Task.FromResult(new Ask($"/beacon/{w.ReportingKey}", new { group = "other", view = true, errors = 0, failed = 0 }, r => r.Headers.Add("Origin", AccessWorld.Site)))),

        new("GET /api/v1/statsd-rules", Who.Readers, "/api/v1/statsd-rules"),
        new("POST /api/v1/statsd-rules", Who.TeamFeeders, w => Task.FromResult(new Ask("/api/v1/statsd-rules", new { metric = w.Slug("metric"), sliId = w.OrdersSli, role = "good" }))),
        new("DELETE /api/v1/statsd-rules/{id:guid}", Who.TeamFeeders, async w => new($"/api/v1/statsd-rules/{await w.StatsdRuleAsync()}")),

        new("POST /api/v1/write", Who.Senders, _ => Task.FromResult(new Ask("/api/v1/write", null, Samples))),
        new("POST /v1/metrics", Who.Senders, _ => Task.FromResult(new Ask("/v1/metrics", null, Metrics))),
        new("POST /api/v1/push", Who.TeamSenders, w => Task.FromResult(new Ask("/api/v1/push", AccessWorld.Push(w.Slug("push"))))),
    ];

    private static object FailureRules => new { events = "requests_total", rules = new[] { new { selector = "{code=~\"5..\"}", failure = "error", touchesUsers = true, reason = "It says so." } } };

    private static void Metrics(HttpRequestMessage request) =>
        request.Content = new StringContent("""{"resourceMetrics":[]}""", new MediaTypeHeaderValue("application/json"));

    private static async Task<(string? Id, string? Hash)> CountingAsync(AccessWorld world)
    {
        var sli = await world.SliAsync();
        var id = (await world.DoAsync($"/slis/{sli}/counting", Counting)).GetString();
        return (id, (await world.ReadAsync($"/slis/{sli}/counting")).GetProperty("decisions")[0].GetProperty("contentHash").GetString());
    }

    private static async Task<int> SeriesSliAsync(AccessWorld world) =>
        (await world.DoAsync("/slis", new { service = "checkout", slug = world.Slug("series"), name = "Series", description = "", sourceId = world.Pulled, definition = Series })).GetInt32();

    private static object Measured(AccessWorld world) => new { otherSliId = world.OrdersSli, tolerancePoints = 1, afterHours = 3, gapHours = 2, reason = "A probe of the same." };

    private static async Task<string?> CorrectedAsync(AccessWorld world) => (await world.DoAsync($"/slis/{await world.SliAsync()}/corrections", Correction)).GetString();

    private static void Rows(HttpRequestMessage request) => request.Content = new StringContent("time,good,total\n2020-01-01 00:00,1,1\n");

    private static void Samples(HttpRequestMessage request)
    {
        var body = new WriteRequestBuilder().Series([("__name__", "up")], (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1)).Body();
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf"), ContentEncoding = { "snappy" } } };
    }
}
