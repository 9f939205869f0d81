using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Application.Reviews.Archive.Exporting;
using SloPortal.Application.Reviews.Archive.Verifying;
using SloPortal.Application.Tests.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response;
using SloPortal.Domain.Reviews.Archive;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.TestSupport;
using Xunit;

namespace SloPortal.Application.Tests.Reviews.Archive;

public sealed class ExportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private CatalogWorld world = null!;

    public async ValueTask InitializeAsync() => world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task RunAsync_PublishedPostmortems_AreSealedAndVerify()
    {
        var word = "w" + Guid.NewGuid().ToString("N");
        var asker = await AskerAsync();
        var first = await PublishAsync($"Payments failed {word}", attachment: "C:\\logs\\..\\pay.log");
        await PublishAsync($"Search was slow {word}");
        await PublishAsync("Another matter");

        var file = await ExportAsync(asker, new ArchiveFilter(Query: word));

        using var stream = new MemoryStream(file);
        var key = (await world.Get<GetArchiveKey.Handler>().HandleAsync(new GetArchiveKey(), asker, Ct)).Require();
        var report = ArchiveVerifier.Verify(stream, key.Pem);
        Assert.True(report.IsWhole, string.Join("; ", report.Findings));
        Assert.Equal(2, report.Postmortems);
        Assert.Equal(key.Fingerprint, report.KeyFingerprint);
        using var zip = new ZipArchive(stream);
        Assert.Contains(zip.Entries, e => e.FullName == $"postmortems/{first}/{first}.pdf");
        Assert.Contains(zip.Entries, e => e.FullName.StartsWith($"postmortems/{first}/attachments/01-", StringComparison.Ordinal) && !e.FullName.Contains("..\\", StringComparison.Ordinal));
        Assert.Contains($"Payments failed {word}", Read(zip, "index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("Another matter", Read(zip, "index.html"), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Read(zip, $"postmortems/{first}/{first}.json"));
        Assert.Equal(first, json.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task RunAsync_RestrictedToOthers_IsLeftOutWithoutATrace()
    {
        var word = "w" + Guid.NewGuid().ToString("N");
        var asker = await AskerAsync();
        await PublishAsync($"Open {word}");
        await PublishAsync($"Secret {word}", restrictedTo: world.Stranger.PersonId);

        var file = await ExportAsync(asker, new ArchiveFilter(Query: word));

        using var zip = new ZipArchive(new MemoryStream(file));
        Assert.DoesNotContain("Secret", Read(zip, "index.html"), StringComparison.Ordinal);
        Assert.Contains("1 published", Read(zip, "index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_HostileTitle_StaysTextInTheIndex()
    {
        var word = "w" + Guid.NewGuid().ToString("N");
        await PublishAsync($"<script>alert(1)</script> {word}");

        var file = await ExportAsync(await AskerAsync(), new ArchiveFilter(Query: word));

        using var zip = new ZipArchive(new MemoryStream(file));
        Assert.DoesNotContain("<script>", Read(zip, "index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Finished_TellsTheAskerAndRecordsIt()
    {
        var asker = await AskerAsync();
        await ExportAsync(asker, new ArchiveFilter());

        await using var db = await world.OpenAsync(Ct);
        var notice = await db.Notices.SingleAsync(n => n.PersonId == asker.PersonId, Ct);
        Assert.StartsWith("/exports/", notice.Address, StringComparison.Ordinal);
        var id = notice.Address["/exports/".Length..];
        Assert.Equal(["archive.export-requested", "archive.exported", "archive.downloaded"],
            await db.AuditEntries.Where(e => e.SubjectId == id).OrderBy(e => e.Number).Select(e => e.Action).ToListAsync(Ct));
    }

    [Fact]
    public async Task RunAsync_AskerLostTheRight_FailsWithASentence()
    {
        var asker = await AskerAsync(Role.Viewer) with { Roles = [Role.Auditor] };
        var id = (await world.Get<RequestExport.Handler>().HandleAsync(new RequestExport(new ArchiveFilter()), asker, Ct)).Require();

        await RunAsync();

        var row = Assert.Single((await world.Get<ListExports.Handler>().HandleAsync(new ListExports(id), asker, Ct)).Require());
        Assert.Equal(ExportState.Failed, row.State);
        Assert.NotNull(row.Problem);
    }

    [Fact]
    public async Task ClaimAsync_PortalDiedInBetween_IsMadeAnewAfterTheClaim()
    {
        var asker = await AskerAsync();
        var id = (await world.Get<RequestExport.Handler>().HandleAsync(new RequestExport(new ArchiveFilter()), asker, Ct)).Require();
        await using (var db = await world.OpenAsync(Ct))
        {
            var export = await db.ArchiveExports.SingleAsync(e => e.Id == id, Ct);
            export.Claim(world.Clock.GetUtcNow().AddMinutes(1));
            db.ArchiveExportParts.Add(new ArchiveExportPart(id, 1, [1, 2, 3]));
            await db.SaveChangesAsync(Ct);
        }

        await RunAsync();
        Assert.Equal(ExportState.Running, await StateAsync(id, asker));
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();

        using var file = new MemoryStream(await FetchAsync(id, asker));
        Assert.True(ArchiveVerifier.Verify(file).IsWhole);
    }

    [Fact]
    public async Task FetchAsync_OfAnother_DoesNotExist()
    {
        var id = (await world.Get<RequestExport.Handler>().HandleAsync(new RequestExport(new ArchiveFilter()), await AskerAsync(), Ct)).Require();
        await RunAsync();

        var refusal = (await world.Get<FetchExport.Handler>().HandleAsync(new FetchExport(id), await AskerAsync(), Ct)).Refusal;

        Assert.Equal(RefusalKind.NotFound, refusal?.Kind);
    }

    [Fact]
    public async Task RunAsync_PastItsTime_RemovesTheFile()
    {
        var asker = await AskerAsync();
        var id = (await world.Get<RequestExport.Handler>().HandleAsync(new RequestExport(new ArchiveFilter()), asker, Ct)).Require();
        await RunAsync();
        world.Clock.Advance(ArchiveExport.KeptFor + TimeSpan.FromMinutes(1));
        await RunAsync();

        Assert.Equal(RefusalKind.Conflict, (await world.Get<FetchExport.Handler>().HandleAsync(new FetchExport(id), asker, Ct)).Refusal?.Kind);
        await using var db = await world.OpenAsync(Ct);
        Assert.False(await db.ArchiveExportParts.AnyAsync(p => p.ExportId == id, Ct));
    }

    private async Task<byte[]> ExportAsync(Actor asker, ArchiveFilter filter)
    {
        var id = (await world.Get<RequestExport.Handler>().HandleAsync(new RequestExport(filter), asker, Ct)).Require();
        await RunAsync();
        return await FetchAsync(id, asker);
    }

    private async Task<byte[]> FetchAsync(Guid id, Actor asker)
    {
        var download = (await world.Get<FetchExport.Handler>().HandleAsync(new FetchExport(id), asker, Ct)).Require();
        using var file = new MemoryStream();
        await download.CopyAsync(file, Ct);
        Assert.Equal(download.Size, file.Length);
        var row = Assert.Single((await world.Get<ListExports.Handler>().HandleAsync(new ListExports(id), asker, Ct)).Require());
        Assert.Equal(row.Sha256, Convert.ToHexStringLower(SHA256.HashData(file.ToArray())));
        return file.ToArray();
    }

    private async Task<ExportState> StateAsync(Guid id, Actor asker) =>
        (await world.Get<ListExports.Handler>().HandleAsync(new ListExports(id), asker, Ct)).Require().Single().State;

    private Task RunAsync() => world.Create<RunExports>().RunAsync(world.Clock.GetUtcNow(), Ct);

    private async Task<Actor> AskerAsync(Role role = Role.Auditor)
    {
        var asker = await world.AddPersonAsync(role, Ct);
        world.Get<ActorDirectory>().Forget();
        return asker;
    }

    /// <returns>Its code.</returns>
    private async Task<string> PublishAsync(string title, string? attachment = null, Guid? restrictedTo = null)
    {
        var now = world.Clock.GetUtcNow();
        await using var db = await world.OpenAsync(Ct);
        var incident = new Incident(Guid.CreateVersion7(), title, "", IncidentSeverity.Sev2, now, world.Owner.PersonId, now);
        if (restrictedTo is { } reader)
            incident.Restrict([reader]);
        db.Incidents.Add(incident);
        if (attachment is not null)
            db.Attachments.Add(new Attachment(Guid.CreateVersion7(), incident.Id, attachment, "text/plain", Encoding.UTF8.GetBytes("log"), SHA256.HashData("log"u8), world.Owner.PersonId, now));
        var postmortem = new Postmortem(Guid.CreateVersion7(), incident.Id, title, now, world.Owner.PersonId);
        db.Postmortems.Add(postmortem);
        db.PostmortemRevisions.Add(postmortem.Revise(new PostmortemText(title, "It failed.", "# It failed"), world.Owner.PersonId, world.Owner.Name, now).Require());
        postmortem.Submit(now);
        postmortem.Approve(world.Stranger.PersonId, [world.Owner.PersonId], now);
        postmortem.Publish(now);
        await db.SaveChangesAsync(Ct);
        return postmortem.Code;
    }

    private static string Read(ZipArchive zip, string path)
    {
        using var reader = new StreamReader(zip.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }
}
