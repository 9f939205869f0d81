using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Forms;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Reviews.Archive;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Reviews;

public sealed class ArchiveTests
{
    private const string Header = "---\ntitle: \"<img src=x onerror=alert(1)> & the quorum\"\nstart_time: 2024-05-06T07:08:09Z\ncategories: [process]\ncompany: Example\n---\n";
    private static readonly object Files = new { files = new[] { new { name = "a.md", text = Header + "The quorum was lost.\n\n<script>alert(2)</script>" }, new { name = "b.md", text = "No header" } } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_OverHttp_IsFoundWithHighlightsAndFacets()
    {
        await using var portal = await PortalHost.StartAsync();
        var client = portal.WithToken();

        var report = await (await client.PostAsJsonAsync("/api/v1/archive/import", Files, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(["imported", "refused"], report.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("fate").GetString()!.ToLowerInvariant()));

        var found = await client.GetFromJsonAsync<JsonElement>("/api/v1/archive/search?q=quorum&factor=process&from=2024-01-01T00:00:00Z&to=2025-01-01T00:00:00Z", Ct);
        Assert.Equal(1, found.GetProperty("total").GetInt32());
        Assert.Contains(found.GetProperty("hits")[0].GetProperty("passages").EnumerateArray(), s => s.GetProperty("found").GetBoolean() && s.GetProperty("text").GetString() == "quorum");
        Assert.Equal("2024", found.GetProperty("facets").GetProperty("years")[0].GetProperty("value").GetString());
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/v1/archive/search?q=quorum&factor=tooling&severity=sev1&severity=sev2", Ct)).GetProperty("total").GetInt32());
        Assert.Equal(1, (await client.GetFromJsonAsync<JsonElement>("/api/v1/postmortems?state=published&mine=true", Ct)).GetProperty("total").GetInt32());
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/v1/postmortems?state=draft&state=inReview", Ct)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Page_HostileDocument_IsEncodedAndMarked()
    {
        await using var portal = await PortalHost.StartAsync();
        (await portal.WithToken().PostAsJsonAsync("/api/v1/archive/import", Files, Ct)).EnsureSuccessStatusCode();
        var (browser, _) = await portal.PersonAsync("vera", Role.Viewer);

        var page = await browser.GetStringAsync("/reviews?q=quorum", Ct);

        Assert.Contains("<mark>quorum</mark>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/reviews?q=quorum&amp;factor=process\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/reviews/import", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/reviews", "Nothing is published yet")]
    [InlineData("/reviews?q=quorum", "Nothing matches")]
    [InlineData("/reviews?severity=no-such&from=yesterday&page=-3", "Nothing is published yet")]
    [InlineData("/reviews?view=drafts", "No drafts")]
    [InlineData("/reviews?view=in-review", "Nothing is in review")]
    [InlineData("/reviews?view=mine", "You have written nothing yet")]
    public async Task Page_Empty_SaysWhatBelongsThere(string address, string says)
    {
        await using var portal = await PortalHost.StartAsync();

        Assert.Contains(says, await (await portal.SignedInAsync()).GetStringAsync(address, Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.IncidentCommander)]
    public async Task Import_NoAdministrator_IsDeniedOnPageAndOverHttp(Role role)
    {
        await using var portal = await PortalHost.StartAsync();
        var (browser, _) = await portal.PersonAsync("otto", role);

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsJsonAsync("/api/v1/archive/import", Files, Ct)).StatusCode);
        Assert.Contains("You may not see this", await browser.GetStringAsync("/reviews/import", Ct), StringComparison.Ordinal);
        Assert.Equal(role == Role.Auditor, !(await browser.GetStringAsync("/reviews", Ct)).Contains("view=drafts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_TooLong_Is400()
    {
        await using var portal = await PortalHost.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await portal.WithToken().GetAsync($"/api/v1/archive/search?q={new string('x', 4001)}", Ct)).StatusCode);
    }

    [Fact]
    public async Task Verb_Folder_TellsOfEveryFileAndOfARepetition()
    {
        await using var portal = await PortalHost.StartAsync();
        var folder = Directory.CreateTempSubdirectory("sloportal-import-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "a.md"), Header + "Text.", Ct);
            await File.WriteAllTextAsync(Path.Combine(folder, "b.md"), "---\ntitle: A\ntitle: B\n---\nText.", Ct);
            await File.WriteAllTextAsync(Path.Combine(folder, "LICENSE"), "Not ours.", Ct);

            var (dry, dryCode) = await RunAsync(portal, "import", "postmortems", folder, "--dry-run");
            var (first, firstCode) = await RunAsync(portal, "import", "postmortems", folder);
            var (second, _) = await RunAsync(portal, "import", "postmortems", folder);

            Assert.Equal((1, 1), (dryCode, firstCode));
            Assert.Contains("a.md: would be imported", dry, StringComparison.Ordinal);
            Assert.Contains("a.md: imported as PM-1", first, StringComparison.Ordinal);
            Assert.Contains("b.md:3: refused. \"title\" stands twice", first, StringComparison.Ordinal);
            Assert.Contains("2 files: 1 imported, 1 refused.", first, StringComparison.Ordinal);
            Assert.Contains("2 files: 1 in the archive already, 1 refused.", second, StringComparison.Ordinal);
            Assert.Equal(2, (await RunAsync(portal, "import", "postmortems", folder + "/nowhere")).Code);
            Assert.Equal(2, (await RunAsync(portal, "import")).Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Upload_ZipWithFolders_GivesItsMarkdown()
    {
        var read = (await PostmortemUpload.ReadAsync([new Chosen("all.zip", Zip(("../../etc/a.md", "A"), ("b.txt", "B"), ("deep/c.MD", "C")))], Ct)).Require();

        Assert.Equal([("a.md", "A"), ("c.MD", "C")], read.Select(f => (f.Name, f.Text)));
    }

    [Fact]
    public async Task Upload_ZipThatUnpacksToMuch_IsRefused()
    {
        var bomb = Zip([.. Enumerable.Range(0, 64).Select(i => ($"{i}.md", new string('x', 1 << 20)))]);
        Assert.True(bomb.Length < 1 << 20);

        var refusal = (await PostmortemUpload.ReadAsync([new Chosen("bomb.zip", bomb)], Ct)).Refusal;

        Assert.Contains("32 MiB", refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken.zip", "not a zip")]
    [InlineData("picture.png", "neither a Markdown file")]
    public async Task Upload_WrongFile_IsRefusedByName(string name, string says)
    {
        var refusal = (await PostmortemUpload.ReadAsync([new Chosen(name, [1, 2, 3])], Ct)).Refusal;

        Assert.Equal(RefusalKind.Invalid, refusal?.Kind);
        Assert.Contains(says, refusal!.Message, StringComparison.Ordinal);
    }

    private static async Task<(string Output, int Code)> RunAsync(PortalHost portal, params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await new ImportVerb().RunAsync(arguments, portal.Services, output, Ct);
        return (output.ToString(), code);
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return content.ToArray();
    }

    private sealed class Chosen(string name, byte[] content) : IBrowserFile
    {
        public string Name => name;
        public DateTimeOffset LastModified => default;
        public long Size => content.Length;
        public string ContentType => "";
        public Stream OpenReadStream(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => new MemoryStream(content);
    }
}
