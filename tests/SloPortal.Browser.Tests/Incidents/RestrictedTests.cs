using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>
/// An incident that two people may see, in the real program: for everybody else, another incident commander and the administrator included,
/// everything is as if it had never been.
/// </summary>
[Collection(SeededPortalTests.Name)]
public sealed partial class RestrictedTests(SeededPortal portal) : BrowserTest
{
    private const string Never = "987654";

    private const string Bill = "/api/v1/objectives/checkout/orders-placed/bill";

    [Fact]
    public async Task Restricted_ToTwoPeople_IsNowhereForAnybodyElse()
    {
        var run = await portal.People.InviteAsync("Rita Runner", ["incidentCommander"], ["shop"], Ct);
        var (rita, olga) = (await ComeAsync(portal.Address, run.Session), await ComeAsync(portal.Address, portal.Data.Owner.Session));
        var others = new Dictionary<string, Visitor>
        {
            ["another commander"] = await ComeAsync(portal.Address, (await portal.People.InviteAsync("Ivan Other", ["incidentCommander"], ["shop"], Ct)).Session),
            ["the administrator"] = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct)),
            ["the auditor"] = await ComeAsync(portal.Address, portal.Data.Auditor.Session),
        };
        var ivan = others["another commander"];
        await Eventually.HoldsAsync("the first evaluation", TimeSpan.FromMinutes(2), async _ => (await ivan.GetAsync(Bill)).Text.Length > 0, Ct);
        var beside = await RestrictedWorld.DeclareBesideAsync(rita);
        var before = await CountsAsync(ivan);

        var world = await RestrictedWorld.CreateAsync(rita, olga, beside);
        // While it is open to all, each of these tells of it: what follows could fail.
        string[] everywhere = [.. world.Answers, .. world.Pages, .. world.Found];
        Assert.Equal([.. everywhere, .. RestrictedWorld.Notices], await world.ToldAsync(ivan, [.. everywhere, .. RestrictedWorld.Notices]));
        Assert.Equal(RestrictedWorld.Audit, await world.ToldAsync(others["the auditor"], RestrictedWorld.Audit));
        Assert.NotEqual(before, await CountsAsync(ivan));

        await RestrictAsync(world, rita, portal.Data.Owner);

        foreach (var (who, visitor) in others)
            Assert.Equal((who, ""), (who, string.Join(' ', await world.ToldAsync(visitor, [.. everywhere, .. RestrictedWorld.Notices, .. RestrictedWorld.Audit]))));
        Assert.Equal(before, await CountsAsync(ivan));
        Assert.Equal(everywhere, await world.ToldAsync(olga, everywhere));
        foreach (var address in world.Answers.Where(a => Numbered().IsMatch(a)))
            await AnswersAsForNothingAsync(ivan, address);
        Assert.DoesNotContain(RestrictedWorld.Secret, await ExportedAsync(ivan), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(RestrictedWorld.Secret, await ExportedAsync(olga), StringComparison.OrdinalIgnoreCase);
        foreach (var status in new[] { "acknowledged", "mitigated", "resolved" })
            await rita.SendAsync("POST", $"/incidents/{beside}/status", new { status });
    }

    [Fact]
    public async Task Restricted_WhilePagesAreOpen_TakesItFromThemAndSendsNothingMore()
    {
        var run = await portal.People.InviteAsync("Runa Restricts", ["incidentCommander"], ["shop"], Ct);
        var other = await portal.People.InviteAsync("Irma Other", ["incidentCommander"], ["shop"], Ct);
        var (runa, olga) = (await ComeAsync(portal.Address, run.Session), await ComeAsync(portal.Address, portal.Data.Owner.Session));
        var world = await RestrictedWorld.CreateAsync(runa, olga, await RestrictedWorld.DeclareBesideAsync(runa));
        var open = new List<(string Path, Visitor Visitor, List<string> Heard)>();
        foreach (var path in new[] { $"/incidents/{world.Incident}", "/incidents", $"/reviews/{world.Postmortem}", $"/actions/{world.Action}", "/actions", "/" })
            open.Add(await OpenAsync(path, other.Session));
        var reader = await OpenAsync($"/incidents/{world.Incident}", portal.Data.Owner.Session);
        Assert.All(open.Take(5), o => Assert.Contains(RestrictedWorld.Secret, o.Visitor.Page.Locator("main").InnerTextAsync().GetAwaiter().GetResult(), StringComparison.OrdinalIgnoreCase));

        await RestrictAsync(world, runa, portal.Data.Owner);

        foreach (var (_, visitor, _) in open)
            await Assertions.Expect(visitor.Page.Locator("body")).Not.ToContainTextAsync(RestrictedWorld.Secret, new() { IgnoreCase = true });
        await Assertions.Expect(open[0].Visitor.Page.Locator("main")).ToContainTextAsync("This address leads nowhere, or you may not see what is behind it.");

        open.ForEach(o => o.Heard.Clear());
        await runa.SendAsync("POST", $"/incidents/{world.Incident}/timeline", new { body = $"more of the {RestrictedWorld.Secret}" });
        await runa.SendAsync("POST", $"/postmortems/{world.Postmortem}/comments", new { body = $"a word on the {RestrictedWorld.Secret}" });
        await runa.SendAsync("POST", $"/actions/{world.Action}/begin", new { });
        await Assertions.Expect(reader.Visitor.Page.Locator(".timeline")).ToContainTextAsync($"more of the {RestrictedWorld.Secret}");
        // Something later that all may know: once it is on a page, whatever came before is too.
        await runa.SendAsync("POST", "/actions", new { title = "Feed the others", team = "shop", dueOn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) });
        foreach (var (path, visitor, heard) in open)
        {
            await Assertions.Expect(visitor.Page.Locator(".notices")).ToContainTextAsync("Feed the others");
            Assert.Equal((path, ""), (path, string.Join('\n', heard)));
        }
        Assert.NotEmpty(reader.Heard);
    }

    /// <summary>An open page, and what comes over its connection with the word in it.</summary>
    private async Task<(string Path, Visitor Visitor, List<string> Heard)> OpenAsync(string path, string session)
    {
        var visitor = await ComeAsync(portal.Address, session);
        var heard = new List<string>();
        visitor.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            var text = frame.Binary is { } bytes ? Encoding.Latin1.GetString(bytes) : frame.Text ?? "";
            if (text.Contains(RestrictedWorld.Secret, StringComparison.OrdinalIgnoreCase))
                heard.Add(text);
        };
        await visitor.GoToAsync(path);
        return (path, visitor, heard);
    }

    /// <summary>Who restricts stays a reader; with the other they are two.</summary>
    private static async Task RestrictAsync(RestrictedWorld world, Visitor by, Somebody reader) =>
        await by.SendAsync("PUT", $"/incidents/{world.Incident}/restriction", new { readers = new[] { reader.Id } });

    /// <summary>All that is counted for a person: lists, facets, badges, notices, and what explains the burned minutes.</summary>
    private static async Task<string> CountsAsync(Visitor visitor)
    {
        var counts = new List<string>();
        foreach (var path in new[] { "/api/v1/postmortems", "/api/v1/archive/search", "/api/v1/actions" })
            counts.Add((await visitor.GetAsync(path)).Text);
        using var notices = JsonDocument.Parse((await visitor.GetAsync("/api/v1/notices")).Text);
        // A page that nobody answers is told to all commanders when its time is up, which may be in between; all other notices count, read or not.
        var aboutPages = notices.RootElement.GetProperty("notices").EnumerateArray().ToLookup(n => n.GetProperty("address").GetString()!.StartsWith("/pages/", StringComparison.Ordinal));
        counts.AddRange(aboutPages[false].Select(n => n.ToString()));
        counts.Add($"{notices.RootElement.GetProperty("unread").GetInt32() - aboutPages[true].Count(n => !n.GetProperty("isRead").GetBoolean())} unread");
        using var incidents = JsonDocument.Parse((await visitor.GetAsync("/api/v1/incidents")).Text);
        counts.Add($"{incidents.RootElement.GetProperty("incidents").GetProperty("total")} incidents, {incidents.RootElement.GetProperty("open")} open");
        using var bill = JsonDocument.Parse((await visitor.GetAsync(Bill)).Text);
        counts.Add($"{bill.RootElement.GetProperty("items").GetArrayLength()} explain, {bill.RootElement.GetProperty("unexplained").GetProperty("bad")} unexplained");
        await visitor.GoToAsync("/");
        return string.Join('\n', [.. counts, .. await visitor.Page.Locator(".nav-count").AllInnerTextsAsync()]);
    }

    /// <summary>The same status and words as for a number that was never given.</summary>
    private static async Task AnswersAsForNothingAsync(Visitor visitor, string address)
    {
        var number = Numbered().Match(address).Groups[1];
        var hidden = await visitor.GetAsync(address);
        var never = await visitor.GetAsync(address[..number.Index] + Never + address[(number.Index + number.Length)..]);
        Assert.Equal((404, OfTheRequest().Replace(never.Text, "")), (hidden.Status, OfTheRequest().Replace(hidden.Text.Replace($"-{number.Value} ", $"-{Never} ", StringComparison.Ordinal), "")));
        Assert.Equal(404, never.Status);
    }

    /// <summary>The text of every file of an export of everything.</summary>
    private static async Task<string> ExportedAsync(Visitor visitor)
    {
        var id = (await visitor.SendAsync("POST", "/archive/exports", new { })).GetString();
        var bytes = await Eventually.GetAsync("the export", TimeSpan.FromSeconds(60), async _ =>
        {
            var file = await visitor.Context.APIRequest.GetAsync($"{visitor.Address}/api/v1/archive/exports/{id}/file");
            return file.Ok ? await file.BodyAsync() : null;
        }, Ct);
        var text = new StringBuilder();
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Ct));
            text.AppendLine(entry.FullName).AppendLine(await reader.ReadToEndAsync(Ct));
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\A/api/v1/\w+/(\d+)")]
    private static partial Regex Numbered();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex OfTheRequest();
}
