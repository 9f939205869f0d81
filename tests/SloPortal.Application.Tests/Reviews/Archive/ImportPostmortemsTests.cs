using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Reviews.Archive.Import;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Reviews.Archive;

public sealed class ImportPostmortemsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_File_IsPublishedWithItsFieldsAndAnAuditEntry()
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);
        var file = new ImportedFile("power.md", """
            ---
            uuid: 4d5b
            url: https://example.com/power
            title: "Power: lost"
            start_time: 2021-03-04T05:06:07Z
            end_time: 2021-03-04T06:00:00Z
            categories:
            - hardware
            - cloud
            - hardware
            company: Example
            summary: |
              Two lines
              of summary.
            ---

            The *generator* did not start.
            """);

        var line = Assert.Single((await world.ImportAsync(Ct, files: file)).Files);

        Assert.Equal((ImportFate.Imported, "Power: lost", null), (line.Fate, line.Title, line.Says));
        await using var db = await world.OpenAsync(Ct);
        var stored = await db.Postmortems.Include(p => p.Factors).SingleAsync(p => p.Title == "Power: lost", Ct);
        Assert.Equal(line.Code, stored.Code);
        Assert.Equal((PostmortemState.Published, ArchiveWorld.Now, "Example"), (stored.State, stored.PublishedAt, stored.Origin));
        Assert.Equal(("Two lines\nof summary.", "The *generator* did not start."), (stored.Summary, stored.Body));
        Assert.Equal(new DateTimeOffset(2021, 3, 4, 5, 6, 7, TimeSpan.Zero), stored.StartedAt);
        Assert.Equal(["cloud", "hardware"], stored.Factors.Select(f => f.Factor).Order());
        Assert.Equal(1, await db.PostmortemRevisions.CountAsync(r => r.PostmortemId == stored.Id, Ct));
        var entry = await db.AuditEntries.SingleAsync(e => e.SubjectId == stored.Id.ToString(), Ct);
        Assert.Equal("postmortem.imported", entry.Action);
        Assert.Contains("https://example.com/power", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Again_ChangesNothing()
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);
        var file = new ImportedFile("again.md", "---\ntitle: Again\n---\nText.");
        var first = await world.ImportAsync(Ct, files: file);
        await using var db = await world.OpenAsync(Ct);
        var before = (await db.Postmortems.CountAsync(Ct), await db.AuditEntries.CountAsync(Ct));

        var second = await world.ImportAsync(Ct, files: [file, file with { Name = "renamed.md" }]);

        Assert.All(second.Files, f => Assert.Equal((ImportFate.Known, first.Files[0].Code), (f.Fate, f.Code)));
        Assert.Equal(before, (await db.Postmortems.CountAsync(Ct), await db.AuditEntries.CountAsync(Ct)));
    }

    [Fact]
    public async Task Import_TwiceAtOnce_IsOne()
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);
        var file = new ImportedFile("race.md", "---\ntitle: Race\n---\nText.");

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.ImportAsync(Ct, files: file), Ct)));

        Assert.Equal(1, reports.Sum(r => r.Count(ImportFate.Imported)));
        Assert.Equal(3, reports.Sum(r => r.Count(ImportFate.Known)));
    }

    [Fact]
    public async Task Import_DryRun_TellsAndChangesNothing()
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);
        await using var db = await world.OpenAsync(Ct);
        var before = (await db.Postmortems.CountAsync(Ct), await db.AuditEntries.CountAsync(Ct));

        var report = await world.ImportAsync(Ct, dryRun: true, new ImportedFile("dry.md", "---\ntitle: Dry\n---\nText."), new ImportedFile("bad.md", "No header"));

        Assert.Equal([ImportFate.WouldBeImported, ImportFate.Refused], report.Files.Select(f => f.Fate));
        Assert.Equal(before, (await db.Postmortems.CountAsync(Ct), await db.AuditEntries.CountAsync(Ct)));
    }

    [Theory]
    [InlineData("No header at all", 1, "does not begin with a YAML header")]
    [InlineData("", 1, "does not begin with a YAML header")]
    [InlineData("---\ntitle: A\nno end", 1, "has no end")]
    [InlineData("---\ntitle: A\ntitle: B\n---\nText.", 3, "stands twice")]
    [InlineData("---\nsummary: A\n---\nText.", 1, "neither \"title\" nor \"company\"")]
    [InlineData("---\ntitle: A\n---\n", 1, "no text after the header")]
    [InlineData("---\n- a\n- b\n---\nText.", 2, "not a list of names and values")]
    [InlineData("---\ntitle: [a, b]\n---\nText.", 2, "takes one value")]
    [InlineData("---\ntitle: \"open\ncompany: B\n---\nText.", 2, "not YAML")]
    [InlineData("---\ntitle: A\na: &a [x, x]\nb: [*a, *a]\n---\nText.", 3, "anchor or alias")]
    [InlineData("---\ntitle: *a\n---\nText.", 2, "anchor or alias")]
    [InlineData("---\ntitle: !!System.Uri http://x\n---\nText.", 2, "tag (!)")]
    [InlineData("---\ntitle: A\nstart_time: last summer\n---\nText.", 3, "not a time")]
    [InlineData("---\ntitle: A\nstart_time: 2024-02-02\nend_time: 2024-02-01\n---\nText.", 4, "before \"start_time\"")]
    public async Task Import_BadFile_IsRefusedWithItsLineAndTheOthersAreKept(string text, int line, string reason)
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);
        var good = new ImportedFile("good.md", $"---\ntitle: {Guid.NewGuid()}\n---\nText.");

        var report = await world.ImportAsync(Ct, files: [new ImportedFile("bad.md", text), good]);

        Assert.Equal([ImportFate.Refused, ImportFate.Imported], report.Files.Select(f => f.Fate));
        Assert.Equal(line, report.Files[0].Line);
        Assert.Contains(reason, report.Files[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_HugeOrDeepHeader_IsRefused()
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);

        var report = await world.ImportAsync(Ct, files: [
            new("deep.md", $"---\ntitle: A\nx: {new string('[', 5000)}{new string(']', 5000)}\n---\nText."),
            new("long.md", $"---\ntitle: A\nx: {new string('y', 100_000)}\n---\nText."),
            new("many.md", $"---\ntitle: A\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"k{i}: v\n"))}---\nText."),
            new("title.md", $"---\ntitle: {new string('y', 201)}\n---\nText."),
            new("big.md", $"---\ntitle: A\n---\n{new string('y', PostmortemFile.MostBytes)}")]);

        Assert.All(report.Files, f => Assert.Equal(ImportFate.Refused, f.Fate));
    }

    [Fact]
    public async Task Import_WithoutTitle_IsNamedAndSaysSo()
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);

        var report = await world.ImportAsync(Ct, files: [
            new("heading.md", "---\ncompany: Example\n---\n# The day of the leap second\n\nText."),
            new("company.md", "---\ncompany: Example\nproduct: Mail\nstart_time: 2021-03-04T05:06:07Z\n---\nText.")]);

        Assert.Equal(["The day of the leap second", "Example: Mail, 4 March 2021"], report.Files.Select(f => f.Title));
        Assert.All(report.Files, f => Assert.Contains("no title", f.Says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_ByAnybodyButAnAdministrator_IsDenied()
    {
        await using var world = await ArchiveWorld.CreateAsync(postgres.ConnectionString, Ct);

        var outcome = await world.Get<ImportPostmortems.Handler>().HandleAsync(new([new("a.md", "---\ntitle: A\n---\nText.")]), world.Viewer, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }
}
