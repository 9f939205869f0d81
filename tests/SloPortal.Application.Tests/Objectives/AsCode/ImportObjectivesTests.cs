using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.AsCode.Exporting;
using SloPortal.Application.Objectives.AsCode.Importing;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives.AsCode;

public sealed class ImportObjectivesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_NewObjective_WaitsForTwoSignaturesAndSaysSoFirst()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var trial = await ImportAsync(world, Slo(world), dryRun: true);
        Assert.False(trial.Applied);
        Assert.Equal(CodeFate.Created, trial.Lines.Single(l => l.Kind == "SLO").Fate);
        Assert.Equal(RefusalKind.NotFound, (await GetAsync(world)).Refusal!.Kind);

        var report = await ImportAsync(world, Slo(world));
        Assert.Empty(report.Findings);
        Assert.True(report.Applied);
        Assert.Equal(trial.Lines.Select(l => (l.Name, l.Fate)), report.Lines.Select(l => (l.Name, l.Fate)));
        var objective = (await GetAsync(world)).Require();
        Assert.Empty(objective.Versions);
        Assert.Equal(2, objective.Waiting!.WaitsFor.Count);

        var again = await ImportAsync(world, Slo(world));
        Assert.False(again.Applied);
        Assert.All(again.Lines, l => Assert.Equal(CodeFate.Unchanged, l.Fate));
    }

    [Fact]
    public async Task Import_OneWrongFile_LeavesEverythingAsItWas()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var refused = Slo(world).Replace("name: orders-placed", "name: orders-quick", StringComparison.Ordinal).Replace("isRolling: true", "isRolling: false", StringComparison.Ordinal);

        var report = await ImportAsync(world, Slo(world), refused);

        Assert.False(report.Applied);
        Assert.Contains(report.Findings, f => f is { IsRefusal: true, File: "1.yaml" });
        Assert.False((await GetAsync(world)).Succeeded);
    }

    [Fact]
    public async Task Import_ServiceOfAnotherTeam_IsRefused()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var stranger = world.Owner with { TeamIds = [] };

        var report = (await world.Get<ImportObjectives.Handler>().HandleAsync(new ImportObjectives([new("0.yaml", Slo(world))]), stranger, Ct)).Require();

        Assert.True(report.IsRefused);
        Assert.Contains(report.Findings, f => f.Says.Contains("Payments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_WhatWasExported_ChangesNothing()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await world.SignByBothAsync(await world.ProposeAsync(Ct, terms: world.Terms(99.95m, "calendar month Europe/Berlin")), Ct);
        await world.ProposeAsync(Ct, "second", world.Terms(99.5m, "rolling 90d") with { Method = "timeslices 5m 99.25", Externals = ExternalFailures.LeftOut });

        var file = (await world.Get<ExportObjectives.Handler>().HandleAsync(new ExportObjectives(Service: world.Service), world.Owner, Ct)).Require();
        var report = await ImportAsync(world, file.Text);

        Assert.Empty(report.Findings);
        Assert.False(report.Applied);
        Assert.Equal(4, report.Lines.Count);
        Assert.All(report.Lines, l => Assert.Equal(CodeFate.Unchanged, l.Fate));
    }

    [Fact]
    public async Task Import_VendorsLeftOut_ProposesIt()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await world.SignByBothAsync(await world.ProposeAsync(Ct), Ct);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var file = (await world.Get<ExportObjectives.Handler>().HandleAsync(new ExportObjectives(Service: world.Service), world.Owner, Ct)).Require().Text;

        var wrong = await ImportAsync(world, file.Replace("sloportal.dev/owner", "sloportal.dev/externals: never\n    sloportal.dev/owner", StringComparison.Ordinal));
        var report = await ImportAsync(world, file.Replace("sloportal.dev/owner", "sloportal.dev/externals: left-out\n    sloportal.dev/owner", StringComparison.Ordinal));

        Assert.Contains("counted or left-out", Assert.Single(wrong.Findings).Says, StringComparison.Ordinal);
        Assert.Equal(("counted", "left out"), report.Lines.Single(l => l.Kind == "SLO").Changes.Where(c => c.Field == "failures of vendors").Select(c => (c.Before, c.After)).Single());
        await using var db = await world.OpenAsync(Ct);
        Assert.Equal(ExternalFailures.LeftOut, (await db.Proposals.SingleAsync(p => p.State == ProposalState.Open && db.Objectives.Any(o => o.Id == p.ObjectiveId && o.ServiceId == world.ServiceId), Ct)).Externals);
    }

    [Fact]
    public async Task Import_OtherTarget_ProposesANewVersionAndShowsTheField()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await world.SignByBothAsync(await world.ProposeAsync(Ct), Ct);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        var report = await ImportAsync(world, Slo(world).Replace("99.9", "99.5", StringComparison.Ordinal));

        var line = report.Lines.Single(l => l.Kind == "SLO");
        Assert.Equal(CodeFate.Changed, line.Fate);
        Assert.Equal(("99.9 %", "99.5 %"), line.Changes.Where(c => c.Field == "target").Select(c => (c.Before, c.After)).Single());
        var objective = (await GetAsync(world)).Require();
        Assert.Equal(99.9m, objective.Current!.TargetPercent);
        Assert.Equal(99.5m, objective.Waiting!.TargetPercent);
    }

    [Fact]
    public async Task Import_Managed_KeepsTheFormFromEditing()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await ImportAsync(world, Slo(world), managed: true);

        var refusal = (await world.Get<RenameObjective.Handler>().HandleAsync(new RenameObjective(world.Service, "orders-placed", "Other", ""), world.Owner, Ct)).Refusal!;

        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        Assert.Contains("0.yaml", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("0.yaml", (await GetAsync(world)).Require().ManagedBy);
        Assert.Contains("0.yaml", (await world.Get<ProposeVersion.Handler>().HandleAsync(new ProposeVersion(world.Service, "orders-placed", world.Terms()), world.Owner, Ct)).Refusal!.Message, StringComparison.Ordinal);
        Assert.True((await ImportAsync(world, Slo(world).Replace("Orders placed", "Orders", StringComparison.Ordinal))).Applied);

        (await world.Get<ReleaseObjective.Handler>().HandleAsync(new ReleaseObjective(world.Service, "orders-placed"), world.Owner, Ct)).Require();
        Assert.True((await world.Get<RenameObjective.Handler>().HandleAsync(new RenameObjective(world.Service, "orders-placed", "Other", ""), world.Owner, Ct)).Succeeded);
    }

    [Fact]
    public async Task Import_NewServiceAndSli_AreCreatedAndTheObjectiveWaitsForSamples()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var service = "shop-" + Guid.NewGuid().ToString("N")[..8];
        var text = $"""
            apiVersion: openslo/v1
            kind: Service
            metadata:
              name: {service}
              annotations: {"{"}sloportal.dev/team: team-{world.Service}{"}"}
            spec: {"{"}description: Sells things.{"}"}
            ---

            """ + Slo(world).Replace($"service: {world.Service}", $"service: {service}", StringComparison.Ordinal);

        var report = await ImportAsync(world, text);

        Assert.Empty(report.Findings);
        Assert.Equal([CodeFate.Created, CodeFate.Created, CodeFate.Later], report.Lines.Select(l => l.Fate));
        await using var db = await world.OpenAsync(Ct);
        Assert.True(await db.Slis.AnyAsync(s => db.Services.Any(v => v.Id == s.ServiceId && v.Slug == service), Ct));
    }

    [Fact]
    public async Task Export_ByAViewer_IsDenied()
    {
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        Assert.Equal(RefusalKind.Denied, (await world.Get<ExportObjectives.Handler>().HandleAsync(new ExportObjectives(), world.Stakeholder, Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task Import_PublicExamples_AreTakenOrRefusedWithLineAndReason()
    {
        var folder = SharedData.Folder("openslo");
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        var table = new List<string>();
        var whole = 0;
        foreach (var file in files)
        {
            var report = (await world.Get<ImportObjectives.Handler>().HandleAsync(
                new ImportObjectives([new(Path.GetRelativePath(folder, file), await File.ReadAllTextAsync(file, Ct))], DryRun: true, Team: "team-" + world.Service), world.Owner, Ct)).Require();
            Assert.True(report.IsRefused || report.Lines.Count > 0, file);
            whole += report.IsRefused ? 0 : 1;
            foreach (var finding in report.Findings)
            {
                Assert.InRange(finding.Line, 1, int.MaxValue);
                table.Add(string.Create(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Line}: {(finding.IsRefusal ? "refused" : "warning")}: {finding.Says}"));
            }
            table.AddRange(report.Lines.Where(l => l.Fate != CodeFate.Refused).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.File}:{l.Line}: {l.Kind} {l.Name}: {l.Fate}")));
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files, {whole} taken whole") + "\n" + string.Join('\n', table));
        Assert.InRange(whole, 10, files.Count);
    }

    [Theory]
    [InlineData("getting-started.yml", 0)]
    [InlineData("kubernetes-apiserver.yml", 0)]
    [InlineData("no-alerts.yml", 0)]
    [InlineData("home-wifi.yml", 34)]
    [InlineData("raw-home-wifi.yml", 28)]
    [InlineData("openslo-getting-started.yml", 6)]
    public async Task Import_SpecOfSloth_IsTakenOrRefusedInItsLine(string name, int refusedLine)
    {
        var folder = SharedData.Folder("sloth");
        await using var world = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var source = "prometheus-" + Guid.NewGuid().ToString("N")[..8];
        await using (var db = await world.OpenAsync(Ct))
        {
            db.Sources.Add(Source.Pulling(source, "http://127.0.0.1:9", TimeSpan.FromMinutes(1), world.Now));
            await db.SaveChangesAsync(Ct);
        }

        var report = (await world.Get<ImportObjectives.Handler>().HandleAsync(
            new ImportObjectives([new(name, await File.ReadAllTextAsync(Path.Combine(folder, "specs", name), Ct))], DryRun: true, Team: "team-" + world.Service, Source: source,
                Owner: $"{world.Owner.PersonId:N}@example.org", Stakeholder: $"{world.Stakeholder.PersonId:N}@example.org"), world.Owner, Ct)).Require();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', report.Findings) + "\n" + string.Join('\n', report.Lines.Select(l => $"{l.Kind} {l.Name} {l.Fate} {string.Join("; ", l.Changes.Select(c => c.After))}")));
        Assert.Equal(refusedLine > 0, report.IsRefused);
        if (refusedLine > 0)
            Assert.Contains(report.Findings, f => f.IsRefusal && f.Line == refusedLine);
        else
            Assert.All(report.Lines, l => Assert.Contains(l.Fate, new[] { CodeFate.Created, CodeFate.Later }));
    }

    private static string Slo(Agreement world) => $"""
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: orders-placed
          displayName: Orders placed
          annotations:
            sloportal.dev/owner: {world.Owner.PersonId:N}@example.org
            sloportal.dev/stakeholder: {world.Stakeholder.PersonId:N}@example.org
        spec:
          service: {world.Service}
          indicator:
            metadata: {"{"}name: orders, displayName: Orders placed{"}"}
            spec:
              ratioMetric:
                counter: true
                good: {"{"}metricSource: {"{"}type: SloPortal, spec: {"{"}query: good{"}"}{"}"}{"}"}
                total: {"{"}metricSource: {"{"}type: SloPortal, spec: {"{"}query: total{"}"}{"}"}{"}"}
          timeWindow: [{"{"}duration: 7d, isRolling: true{"}"}]
          budgetingMethod: Occurrences
          objectives: [{"{"}targetPercent: 99.9{"}"}]
        """;

    private static async Task<CodeReport> ImportAsync(Agreement world, string text, string? second = null, bool dryRun = false, bool managed = false) =>
        (await world.Get<ImportObjectives.Handler>().HandleAsync(
            new ImportObjectives([new CodeSource("0.yaml", text), .. second is null ? Array.Empty<CodeSource>() : [new CodeSource("1.yaml", second)]], dryRun, managed), world.Owner, Ct)).Require();

    private static Task<Outcome<ObjectiveDetail>> GetAsync(Agreement world) =>
        world.Get<GetObjective.Handler>().HandleAsync(new GetObjective(world.Service, "orders-placed"), world.Owner, Ct);
}
