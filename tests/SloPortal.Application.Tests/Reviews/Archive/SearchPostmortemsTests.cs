using SloPortal.Application.Reviews.Archive;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Reviews.Archive;

/// <summary>Each test has an archive of its own, since a search is over all of it.</summary>
public sealed class SearchPostmortemsTests : IAsyncLifetime
{
    private readonly PostgresFixture postgres = new();
    private ArchiveWorld world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await postgres.InitializeAsync();
        world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Theory]
    [InlineData("replica", "A B")]
    [InlineData("replicas failing", "A")]
    [InlineData("\"disk was full\"", "A")]
    [InlineData("\"full disk\"", "C")]
    [InlineData("certificate OR queue", "C D")]
    [InlineData("replica -disk", "B")]
    [InlineData("replica -\"disk was full\"", "B")]
    [InlineData("replica - disk", "A")]
    [InlineData("the", "")]
    [InlineData("nothing-like-it", "")]
    [InlineData("'; DROP TABLE postmortems; --", "")]
    [InlineData("\"", "")]
    public async Task Search_WebSyntax_FindsWhatItMeans(string query, string titles)
    {
        await world.AddAsync("A", "The replica failed over since its disk was full.", ct: Ct);
        await world.AddAsync("B", "A replica lagged.", ct: Ct);
        await world.AddAsync("C", "The certificate ran out beside a full disk.", ct: Ct);
        await world.AddAsync("D", "A queue grew.", ct: Ct);

        var found = await world.SearchAsync(query, Ct);

        Assert.Equal(titles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), found.Nearest ? [] : Titles(found).Order());
        Assert.Equal(found.Hits.Count, found.Total);
    }

    [Fact]
    public async Task Search_WordInTheTitle_RanksAboveSummaryAboveText()
    {
        await world.AddAsync("Other", "A certificate expired.", ct: Ct);
        await world.AddAsync("Another", summary: "A certificate expired.", ct: Ct);
        await world.AddAsync("Certificate expired", ct: Ct);

        Assert.Equal(["Certificate expired", "Another", "Other"], Titles(await world.SearchAsync("certificate", Ct)));
    }

    [Fact]
    public async Task Search_SentenceThatNoneHasWhole_FindsTheNearestByItsRareWords()
    {
        for (var i = 0; i < 5; i++)
            await world.AddAsync($"Filler {i}", "The service was slow and users saw errors while the service restarted.", ct: Ct);
        await world.AddAsync("Lock", "A lock service lost its quorum.", ct: Ct);

        var found = await world.SearchAsync("Users saw that the service was slow or restarted, since the quorum was lost - with errors", Ct);

        Assert.True(found.Nearest);
        Assert.Equal("Lock", Titles(found)[0]);
    }

    [Fact]
    public async Task Search_SentenceThatAnotherHasWhole_FindsBoth()
    {
        await world.AddAsync("Whole", "The primary was locked up and then restarted by mistake, and much else happened that day.", ct: Ct);
        await world.AddAsync("Meant", "The primary locked up twice. It was restarted.", ct: Ct);

        Assert.Equal(["Meant", "Whole"], Titles(await world.SearchAsync("The primary locked up and restarted by mistake", Ct)).Order());
        Assert.Equal(["Whole"], Titles(await world.SearchAsync("primary locked restarted mistake", Ct)));
    }

    [Fact]
    public async Task Search_NearestWithAnExclusion_LeavesOutWhatIsExcluded()
    {
        await world.AddAsync("Redis", "The quorum of redis was lost.", ct: Ct);
        await world.AddAsync("Etcd", "The quorum of etcd was lost.", ct: Ct);

        Assert.Equal(["Etcd"], Titles(await world.SearchAsync("quorum lost elsewhere -redis", Ct)));
    }

    [Fact]
    public async Task Search_HostileText_IsGivenAsPlainStretches()
    {
        await world.AddAsync("<b onclick='x'>quorum</b><script>alert(1)</script>", "<img src=x onerror=alert(1)> & the quorum <b>was</b> lost. \uE000fake\uE001", ct: Ct);

        var hit = Assert.Single((await world.SearchAsync("quorum", Ct)).Hits);

        Assert.Equal("<b onclick='x'>quorum</b><script>alert(1)</script>", string.Concat(hit.Title.Select(s => s.Text)));
        Assert.Equal(["quorum"], hit.Title.Where(s => s.Found).Select(s => s.Text));
        Assert.Equal(["quorum"], hit.Passages.Where(s => s.Found).Select(s => s.Text));
    }

    [Theory]
    [InlineData("quorum", "A lock service lost its quorum.", "quorum")]
    [InlineData("quorum", "{far} Somebody restarted a member, and the quorum returned. {far}", "quorum")]
    [InlineData("\"quorum returned\"", "The quorum was lost. {far} At noon the quorum returned.", "quorum returned")]
    [InlineData("quorum clock", "The quorum was lost. {far} A clock was wrong.", "quorum clock")]
    [InlineData("test", "The latest member is fast. {far} Nobody had tested that.", "tested")]
    [InlineData("happy", "The latest member is fast. {far} Nobody was happy. {far}", "happy")]
    [InlineData("sky", "{far} The skies were grey. {far}", "skies")]
    public async Task Search_WordFarIntoTheText_IsShownAmongItsNeighbours(string query, string body, string found)
    {
        var far = string.Join(' ', Enumerable.Range(0, 400).Select(i => $"word{i}"));
        await world.AddAsync("Title", body.Replace("{far}", far, StringComparison.Ordinal), ct: Ct);

        var passages = Assert.Single((await world.SearchAsync(query, Ct)).Hits).Passages;

        Assert.Equal(found, string.Join(' ', passages.Where(s => s.Found).Select(s => s.Text).Distinct()));
        Assert.InRange(string.Concat(passages.Select(s => s.Text)).Length, found.Length + 1, 500);
    }

    [Fact]
    public async Task Search_OnlyPublished_IsFound()
    {
        foreach (var state in Enum.GetValues<PostmortemState>())
            await world.AddAsync(state.ToString(), "quorum", state: state, ct: Ct);

        Assert.Equal(["Published"], Titles(await world.SearchAsync("quorum", Ct)));
        Assert.Equal(["Published"], Titles(await world.SearchAsync((string?)null, Ct)));
    }

    [Theory]
    [InlineData("quorum")]
    [InlineData(null)]
    [InlineData("quorum of something that is nowhere")]
    public async Task Search_Restricted_IsInNoHitFacetOrCount(string? query)
    {
        await world.AddAsync("Open", "quorum", service: "payments", factor: "process", severity: IncidentSeverity.Sev3, startedAt: ArchiveWorld.Now.AddYears(-1), ct: Ct);
        await world.AddAsync("Secret", "quorum", service: "hidden", factor: "fraud", severity: IncidentSeverity.Sev1, startedAt: ArchiveWorld.Now.AddYears(-2), restrictedTo: true, reader: world.Viewer, ct: Ct);

        foreach (var (actor, expected) in new[] { (world.Viewer, 2), (world.Administrator, 1) })
        {
            var found = await world.SearchAsync(query, Ct, actor);

            Assert.Equal(expected, found.Total);
            Assert.Equal(expected, found.Hits.Count);
            Assert.Equal(expected, found.Facets.Services.Count);
            Assert.Equal(expected, found.Facets.Factors.Count);
            Assert.Equal(expected, found.Facets.Severities.Count);
            Assert.Equal(expected, found.Facets.Years.Count);
            Assert.Equal(expected, found.Facets.Quarters.Count);
        }
        Assert.Equal(0, (await world.SearchAsync(new ArchiveFilter(query, Services: ["hidden"]), Ct, world.Administrator)).Total);
    }

    [Fact]
    public async Task Search_Filtered_CountsEachFacetWithTheRestOfTheFilter()
    {
        await world.AddAsync("A", service: "payments", factor: "process", severity: IncidentSeverity.Sev1, startedAt: ArchiveWorld.Now.AddYears(-1), ct: Ct);
        await world.AddAsync("B", service: "payments", factor: "tooling", severity: IncidentSeverity.Sev2, startedAt: ArchiveWorld.Now.AddYears(-1), ct: Ct);
        await world.AddAsync("C", service: "search", factor: "process", severity: IncidentSeverity.Sev2, startedAt: ArchiveWorld.Now.AddYears(-2), ct: Ct);

        var found = await world.SearchAsync(new ArchiveFilter(Services: ["payments"], Severities: [IncidentSeverity.Sev2]), Ct);

        Assert.Equal(["B"], Titles(found));
        Assert.Equal(["payments 1", "search 1"], Counts(found.Facets.Services));
        Assert.Equal(["Sev1 1", "Sev2 1"], Counts(found.Facets.Severities));
        Assert.Equal(["tooling 1"], Counts(found.Facets.Factors));
        Assert.Equal(["2025-Q4 1"], Counts(found.Facets.Quarters));
    }

    [Fact]
    public async Task Search_Range_IncludesItsStartAndNotItsEnd()
    {
        var start = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        await world.AddAsync("First", startedAt: start, ct: Ct);
        await world.AddAsync("Next", startedAt: start.AddMonths(3), ct: Ct);

        Assert.Equal(["First"], Titles(await world.SearchAsync(new ArchiveFilter(From: start, To: start.AddMonths(3)), Ct)));
    }

    [Fact]
    public async Task Search_Pages_HoldEveryHitOnce()
    {
        for (var i = 0; i < 7; i++)
            await world.AddAsync($"Quorum {i}", ct: Ct);

        var pages = new List<string>();
        for (var page = 1; page <= 4; page++)
            pages.AddRange(Titles(await world.SearchAsync(new ArchiveFilter("quorum"), Ct, page: page, size: 3)));

        Assert.Equal(7, pages.Count);
        Assert.Equal(7, pages.Distinct().Count());
    }

    [Fact]
    public async Task Search_LongText_IsFoundByItsBeginning()
    {
        await world.AddAsync("Long", "quorum " + string.Join(' ', Enumerable.Range(0, 90_000).Select(i => $"w{i}x")), ct: Ct);

        Assert.Equal(["Long"], Titles(await world.SearchAsync("quorum w100x", Ct)));
    }

    private static List<string> Titles(ArchivePage page) => [.. page.Hits.Select(h => string.Concat(h.Title.Select(s => s.Text)))];

    private static IEnumerable<string> Counts(IReadOnlyList<FacetValue> values) => values.Select(v => $"{v.Value} {v.Count}").Order(StringComparer.Ordinal);
}
