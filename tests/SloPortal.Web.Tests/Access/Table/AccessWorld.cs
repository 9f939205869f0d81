using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Measurement.Beacons;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Measurement.Segments;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Access.Table;

/// <summary>A portal with one of each: a team shop with a checkout, an objective on its orders, and everybody who asks.</summary>
public sealed class AccessWorld : IAsyncLifetime
{
    private readonly Dictionary<Who, HttpClient> clients = [];
    private int made;
    private Guid owner;
    private Guid viewer;

    internal const int Segment = SliSegment.FirstId;

    internal static object Target { get; } = new { channel = "mail", address = "on-call@example.com", minimumSeverity = "page" };

    internal PortalHost Portal { get; private set; } = null!;

    internal int OrdersSli { get; private set; }

    /// <summary>One that could measure the same.</summary>
    internal int OtherSli { get; private set; }

    internal int Pulled { get; private set; }

    internal int Pushed { get; private set; }

    /// <summary>A source of files.</summary>
    internal int Feeding { get; private set; }

    internal Guid SentFile { get; private set; }

    /// <summary>A statement against a PostgreSQL.</summary>
    internal int Queried { get; private set; }

    internal int Probed { get; private set; }

    /// <summary>A beacon of the checkout.</summary>
    internal int Reporting { get; private set; }

    internal string? ReportingKey { get; private set; }

    internal Guid OpenProposal { get; private set; }

    /// <summary>A postmortem that is a draft.</summary>
    internal int Review { get; private set; }

    /// <summary>An incident without one.</summary>
    internal int Unreviewed { get; private set; }

    /// <summary>An open action of the team shop.</summary>
    internal int Action { get; private set; }

    /// <summary>A contract on the orders of the checkout.</summary>
    internal int Contract { get; private set; }

    /// <summary>What a person said is wrong with the checkout.</summary>
    internal Guid Signal { get; private set; }
    internal Guid Watched { get; private set; }

    /// <summary>A schedule of the team shop.</summary>
    internal string Schedule { get; private set; } = "";

    /// <summary>A page that calls somebody of the team shop.</summary>
    internal int Page { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal HttpClient ClientOf(Who who) => clients[who];

    /// <summary>What nothing else here is called.</summary>
    internal string Slug(string kind) => $"{kind}-{Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture)}";

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.StartAsync(("Oidc:Authority", "https://provider.example.com"), ("Oidc:ClientId", "portal"), ("Oidc:ClientSecret", "secret"), ("RateLimits:SignInPerMinute", "1000"));
        var administrator = await Portal.SignedInAsync();
        clients[Who.Administrator] = administrator;
        await DoAsync("/teams", new { slug = "shop", name = "Shop", description = "" });
        await DoAsync("/teams", new { slug = "support", name = "Support", description = "" });
        viewer = await ArriveAsync(Who.Viewer, "vera", [], Role.Viewer);
        owner = await ArriveAsync(Who.Owner, "olga", ["shop"], Role.ServiceOwner);
        await ArriveAsync(Who.OtherOwner, "otis", ["support"], Role.ServiceOwner);
        await ArriveAsync(Who.Commander, "ines", [], Role.IncidentCommander);
        await ArriveAsync(Who.Auditor, "aino", [], Role.Auditor);
        clients[Who.Nobody] = Portal.Browser();
        clients[Who.IngestToken] = Portal.WithToken(await PortalHost.TokenOfAsync(administrator, TokenScope.Ingest));
        clients[Who.ReadToken] = Portal.WithToken(await PortalHost.TokenOfAsync(administrator, TokenScope.Read));
        clients[Who.WriteToken] = Portal.WithToken(await PortalHost.TokenOfAsync(administrator, TokenScope.Write));
        foreach (var (token, person) in ((Who, Who)[])[(Who.ViewersToken, Who.Viewer), (Who.OwnersToken, Who.Owner)])
            clients[token] = Portal.WithToken(await PortalHost.TokenOfAsync(clients[person], TokenScope.Ingest, TokenScope.Read, TokenScope.Write));

        await DoAsync("/services", Service("checkout"));
        OrdersSli = (await DoAsync("/slis", Sli("orders"))).GetInt32();
        OtherSli = await SliAsync();
        await SplitAsync();
        await DoAsync("/vendors", new { slug = "acme-pay", name = "Acme Pay", description = "", ownerTeam = "shop" });
        Pulled = await SourceAsync();
        await PostAsync(Who.IngestToken, "/push", Push("first"));
        Pushed = (await ReadAsync("/sources")).EnumerateArray().Select(s => s.GetProperty("id").GetInt32()).Single(id => id != Pulled);
        Feeding = (await DoAsync("/sources/files", Feed("files", OrdersSli))).GetInt32();
        SentFile = await SendFileAsync();
        Queried = (await DoAsync("/sources/sql", Query("query", OrdersSli))).GetInt32();
        Probed = (await DoAsync("/sources/probes", Probe("probe", OrdersSli))).GetInt32();
        Reporting = (await DoAsync("/sources/beacons", Beacon("beacon"))).GetInt32();
        ReportingKey = (await ReadAsync($"/sources/{Reporting}/beacon")).GetProperty("key").GetString();
        await Portal.Services.GetRequiredService<BeaconListener>().StoreAsync();
        await AgreeAsync();
        (_, OpenProposal) = await ProposeAsync();
        Review = await ReviewRows.BegunAsync(this);
        Unreviewed = await ReviewRows.IncidentAsync(this);
        Action = await ActionRows.OpenAsync(this);
        Contract = await ContractRows.EnteredAsync(this);
        Signal = await SignalRows.ReportedAsync(this);
        Watched = await WatchRows.AddedAsync(this);
        Schedule = await OnCallRows.MadeAsync(this);
        Page = await EscalationRows.OpenAsync(this);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    internal static object Service(string slug) => new { slug, name = slug, description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() };

    internal static object Sli(string slug) => new { service = "checkout", slug, name = slug, description = "", sourceId = (int?)null, definition = new { kind = "pushed" } };

    internal static object Source(string name) => new { name, url = "http://127.0.0.1:9", everySeconds = 3600 };

    internal static object Push(string key)
    {
        var minute = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60);
        return new { key, service = "checkout", sli = "orders", intervals = new[] { new { start = minute.AddHours(-1), end = minute.AddHours(-1).AddMinutes(30), good = 99, total = 100 } } };
    }

    internal static object Feed(string name, int sli) =>
        new { name, sliId = sli, mapping = new { format = "csv", time = new { column = "time", form = "iso", zone = "UTC" }, counts = new { meaning = "counts", good = "good", total = "total" } } };

    internal static object Query(string name, int sli) => new
    {
        name, sliId = sli, connection = "Host=127.0.0.1;Port=9;Database=shop;Username=reader;Password=secret", statement = "SELECT now() AS time, 1 AS good, 1 AS total WHERE now() >= @since", minutes = 1, everySeconds = 3600,
    };

    /// <summary>What no guard lets through, so that nothing is called.</summary>
    internal static object Check { get; } = new { kind = "tcp", host = "127.0.0.1", port = 9 };

    internal static object Probe(string name, int sli) => new { name, sliId = sli, check = Check, everySeconds = 3600, timeoutSeconds = 1, locations = new[] { "frankfurt" } };

    internal const string Site = "https://shop.example.com";

    internal static object Beacon(string name) => new { name, service = "checkout", origins = new[] { Site }, sampleRate = 1 };

    internal async Task<Guid> StatsdRuleAsync()
    {
        using var answer = await clients[Who.Owner].PostAsJsonAsync("/api/v1/statsd-rules", new { metric = Slug("metric"), sliId = OrdersSli, role = "bad" }, Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetGuid();
    }

    internal object Objective(string slug) => new { service = "checkout", slug, name = slug, description = "", terms = Terms() };

    internal object Terms() => new { sli = "orders", targetPercent = 99, window = "rolling 7d", ownerId = owner, stakeholderId = viewer, rationale = "Promised." };

    internal async Task<(string Objective, Guid Proposal)> ProposeAsync()
    {
        var slug = Slug("objective");
        return (slug, (await PostAsync(Who.Owner, "/objectives", Objective(slug))).GetGuid());
    }

    /// <summary>An objective about which nothing waits.</summary>
    internal async Task<string> WithdrawnAsync()
    {
        var (objective, proposal) = await ProposeAsync();
        await DoAsync($"/proposals/{proposal}/withdraw", new { reason = "Not yet." });
        return objective;
    }

    /// <summary>What signs the proposal as it stands, for whoever has the password of the tests.</summary>
    internal async Task<object> SignatureAsync(Guid proposal) => new
    {
        reason = "Agreed.",
        contentHash = await ContentHashAsync(proposal),
        password = PortalHost.AdminPassword,
    };

    internal async Task<string?> ContentHashAsync(Guid proposal) => (await ReadAsync($"/proposals/{proposal}")).GetProperty("contentHash").GetString();

    internal async Task<Guid> IdOfAsync(Who who) => (await clients[who].GetFromJsonAsync<JsonElement>("/api/v1/me", Ct)).GetProperty("id").GetGuid();

    internal async Task<string> ServiceAsync()
    {
        var slug = Slug("service");
        await DoAsync("/services", Service(slug));
        return slug;
    }

    internal async Task<string> JourneyAsync()
    {
        var slug = Slug("journey");
        await DoAsync("/journeys", Journey(slug));
        return slug;
    }

    internal static object Journey(string slug) => new { slug, name = slug, steps = "", ownerTeam = "shop", services = new[] { "checkout" }, position = 0 };

    internal async Task<string> TeamAsync()
    {
        var slug = Slug("team");
        await DoAsync("/teams", new { slug, name = slug, description = "" });
        return slug;
    }

    internal async Task<int> SliAsync() => (await DoAsync("/slis", Sli(Slug("sli")))).GetInt32();

    internal async Task<int> SourceAsync() => (await DoAsync("/sources", Source(Slug("source")))).GetInt32();

    /// <summary>A page of the objective on orders, and its proposal, as the pass makes it.</summary>
    internal async Task<Guid> ProposedIncidentAsync()
    {
        await using var db = await Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        var version = await db.ObjectiveVersions.FirstAsync(Ct);
        await db.IncidentProposals.Where(p => p.State == IncidentProposalState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(p => p.State, IncidentProposalState.Declined), Ct);
        var at = DateTimeOffset.UtcNow.AddHours(-3);
        var alert = new Alert
        {
            Id = Guid.NewGuid(), ObjectiveId = version.ObjectiveId, VersionId = version.Id, RuleIndex = Interlocked.Increment(ref made), Severity = AlertSeverity.Page,
            LongWindow = TimeSpan.FromHours(1), ShortWindow = TimeSpan.FromMinutes(5), Factor = 14.4, FiredAt = at, ResolvedAt = at,
        };
        var proposal = new IncidentProposal(Guid.NewGuid(), version.ObjectiveId, alert.Id, at);
        db.AddRange(alert, proposal);
        await db.SaveChangesAsync(Ct);
        return proposal.Id;
    }

    /// <summary>A segment of <see cref="OrdersSli"/>, as the writer makes them.</summary>
    private async Task SplitAsync()
    {
        await using var db = await Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        var at = DateTimeOffset.UtcNow.AddHours(-2);
        var split = new SliSplit(OrdersSli, ["region"], SliSplit.UsualCap, at, "Ada", at);
        db.Add(split);
        await db.SaveChangesAsync(Ct);
        db.Add(new SliSegment(Segment, split.Id, OrdersSli, ["eu"], isOther: false, at, seq: 0));
        await db.SaveChangesAsync(Ct);
    }

    internal async Task<Guid> TargetAsync() => (await DoAsync("/teams/shop/notification-targets", Target)).GetGuid();

    internal async Task<Guid> TokenAsync() => (await DoAsync("/tokens", new { name = Slug("token"), scopes = new[] { "read" }, days = 1 })).GetProperty("id").GetGuid();

    internal async Task<Guid> InvitationAsync() =>
        (await DoAsync("/invitations", new { email = Slug("guest") + "@example.com", roles = new[] { "viewer" }, teams = Array.Empty<string>() })).GetProperty("id").GetGuid();

    /// <summary>An account that nobody signs in to, so without the cost of a password.</summary>
    internal async Task<Guid> PersonAsync(bool member = false, bool closed = false)
    {
        await using var db = await Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        var name = Slug("person");
        var person = Person.Create(Guid.NewGuid(), name + "@example.com", name, true, DateTimeOffset.UtcNow);
        db.Add(person);
        if (closed)
            person.Disable(DateTimeOffset.UtcNow);
        if (member)
            db.Add(new TeamMember(await db.Teams.Where(t => t.Slug == "shop").Select(t => t.Id).SingleAsync(Ct), person.Id));
        await db.SaveChangesAsync(Ct);
        return person.Id;
    }

    internal async Task<JsonElement> ReadAsync(string path) => await clients[Who.Administrator].GetFromJsonAsync<JsonElement>("/api/v1" + path, Ct);

    internal Task<JsonElement> DoAsync(string path, object? body = null) => PostAsync(Who.Administrator, path, body);

    internal async Task PutAsync(string path, object body)
    {
        using var answer = await clients[Who.Administrator].PutAsJsonAsync("/api/v1" + path, body, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path} gave {(int)answer.StatusCode}");
    }

    private async Task<Guid> SendFileAsync()
    {
        using var rows = new StringContent("time,good,total\n2020-01-01 00:00,1,1\n");
        using var answer = await clients[Who.Administrator].PostAsync($"/api/v1/sources/{Feeding}/files?name=rows.csv", rows, Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();
    }

    private async Task<JsonElement> PostAsync(Who who, string path, object? body)
    {
        using var answer = await clients[who].PostAsJsonAsync("/api/v1" + path, body ?? new { }, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path} gave {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<Guid> ArriveAsync(Who who, string name, string[] teams, Role role)
    {
        var (browser, id) = await Portal.PersonAsync(name, role);
        if (teams.Length > 0)
            Assert.Equal(HttpStatusCode.NoContent, (await clients[Who.Administrator].PutAsJsonAsync($"/api/v1/people/{id}/teams", new { teams }, Ct)).StatusCode);
        clients[who] = browser;
        return id;
    }

    private async Task AgreeAsync()
    {
        var proposal = (await PostAsync(Who.Owner, "/objectives", Objective("orders"))).GetGuid();
        foreach (var party in (Who[])[Who.Owner, Who.Viewer])
            await PostAsync(party, $"/proposals/{proposal}/sign", await SignatureAsync(proposal));
    }
}
