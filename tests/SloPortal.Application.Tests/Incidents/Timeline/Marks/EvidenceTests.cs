using System.Text;
using SloPortal.Application.Incidents.Attachments;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Changes;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Tests.Incidents.Timeline.Marks;

public sealed class EvidenceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<TimelineMarks> MarksAsync(IncidentWorld world, int number, Actor? by = null) =>
        (await world.Get<ListMarks.Handler>().HandleAsync(new(number), by ?? world.Commander, Ct)).Require();

    private static Task<Outcome<int>> LinkAsync(IncidentWorld world, int number, Guid entry, EvidenceKind kind, string reference, string? key = null) =>
        world.Get<LinkEvidence.Handler>().HandleAsync(new(number, entry, new(kind, reference), key), world.Commander, Ct);

    [Fact]
    public async Task Link_ToWhatAPersonChooses_ResolvesToItsTitleAndLeavesTheEntryAsItIs()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var entry = (await world.TimelineAsync(number))[0];
        var (deployment, signal, page) = await StoreAsync(world);
        var file = (await world.Get<AddAttachment.Handler>().HandleAsync(new(number, "pool.log", Encoding.UTF8.GetBytes("exhausted")), world.Commander, Ct)).Require().Id;

        foreach (var (kind, reference) in ((EvidenceKind, string)[])
            [(EvidenceKind.Objective, $"{world.Service}/availability"), (EvidenceKind.Signal, signal.ToString("N")), (EvidenceKind.Page, $"{page}"), (EvidenceKind.Deployment, deployment.ToString()),
                (EvidenceKind.Attachment, file.ToString()), (EvidenceKind.Service, world.Service), (EvidenceKind.Address, "https://grafana.example.com/d/1")])
            (await LinkAsync(world, number, entry.Id, kind, reference)).Require();

        var links = (await MarksAsync(world, number)).Links;
        Assert.Equal([EvidenceKind.Objective, EvidenceKind.Signal, EvidenceKind.Page, EvidenceKind.Deployment, EvidenceKind.Attachment, EvidenceKind.Service, EvidenceKind.Address], links.Select(l => l.Evidence.Kind));
        Assert.Equal("Disk full", links[1].Title);
        Assert.Equal($"Page {page}: Burns", links[2].Title);
        Assert.Equal(($"{world.Service} 7.42 to production", world.Service), (links[3].Title, links[3].Within));
        Assert.Equal(("pool.log", $"{number}"), (links[4].Title, links[4].Within));
        Assert.Equal(entry.OccurredAt, links[0].Evidence.At);
        Assert.All(links, l => Assert.Equal((entry.Id, "Ines"), (l.Entry, l.LinkedBy)));
        var after = await world.TimelineAsync(number);
        Assert.Equal(Convert.ToHexString(entry.Hash), Convert.ToHexString(after[0].Hash));
        Assert.True(Assert.Single((await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require()).IsIntact);
    }

    [Fact]
    public async Task Unlink_WhatWasLinkedByMistake_StaysRecordedAndCanBeLinkedAgain()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var entry = (await world.TimelineAsync(number))[0];
        (await LinkAsync(world, number, entry.Id, EvidenceKind.Objective, $"{world.Service}/availability")).Require();
        (await LinkAsync(world, number, entry.Id, EvidenceKind.Service, world.Service)).Require();
        var wrong = (await MarksAsync(world, number)).Links[0].Evidence;
        var unlink = world.Get<UnlinkEvidence.Handler>();
        var linked = world.Now;

        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RefusalKind.Denied, (await unlink.HandleAsync(new(number, entry.Id, wrong), world.Auditor, Ct)).Refusal?.Kind);
        (await unlink.HandleAsync(new(number, entry.Id, wrong), world.Responder, Ct)).Require();

        Assert.Equal([EvidenceKind.Service], (await MarksAsync(world, number)).Links.Select(l => l.Evidence.Kind));
        Assert.Equal(2, (await world.Get<ListMarks.Handler>().HandleAsync(new(number, linked), world.Commander, Ct)).Require().Links.Count);
        Assert.Equal("Took back that entry 1 rests on an objective", (await world.TimelineAsync(number))[^1].Body);
        Assert.Equal(RefusalKind.Conflict, (await unlink.HandleAsync(new(number, entry.Id, wrong), world.Responder, Ct)).Refusal?.Kind);
        (await LinkAsync(world, number, entry.Id, EvidenceKind.Objective, $"{world.Service}/availability")).Require();
        Assert.Equal(2, (await MarksAsync(world, number)).Links.Count);
    }

    [Fact]
    public async Task Link_ToWhatIsNotThereOrTwice_IsRefused()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var entry = (await world.TimelineAsync(number))[0];

        Assert.Equal(RefusalKind.Invalid, (await LinkAsync(world, number, entry.Id, EvidenceKind.Page, "999")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await LinkAsync(world, number, entry.Id, EvidenceKind.Address, "http://example.com")).Refusal?.Kind);
        var first = (await LinkAsync(world, number, entry.Id, EvidenceKind.Service, world.Service, "key")).Require();
        Assert.Equal(first, (await LinkAsync(world, number, entry.Id, EvidenceKind.Service, world.Service, "key")).Require());
        Assert.Equal(RefusalKind.Conflict, (await LinkAsync(world, number, entry.Id, EvidenceKind.Service, world.Service)).Refusal?.Kind);
        Assert.Single((await MarksAsync(world, number)).Links);
    }

    [Fact]
    public async Task Link_ToAFileOfARestrictedIncident_ShowsOnlyToItsReaders()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (secret, number) = (await world.DeclareAsync(restricted: true), await world.DeclareAsync());
        var file = (await world.Get<AddAttachment.Handler>().HandleAsync(new(secret, "names-of-customers.csv", Encoding.UTF8.GetBytes("a,b")), world.Commander, Ct)).Require().Id;
        var entry = (await world.TimelineAsync(number))[0];
        (await LinkAsync(world, number, entry.Id, EvidenceKind.Attachment, file.ToString())).Require();

        Assert.Single((await MarksAsync(world, number)).Links);
        Assert.Empty((await MarksAsync(world, number, world.Administrator)).Links);
        Assert.DoesNotContain("names-of-customers", (await world.TimelineAsync(number))[^1].Body, StringComparison.Ordinal);
        // Nor does a refusal tell that it is there.
        var refusals = new List<string>();
        foreach (var id in new[] { file, Guid.NewGuid() })
            refusals.Add((await world.Get<LinkEvidence.Handler>().HandleAsync(new(number, entry.Id, new(EvidenceKind.Attachment, id.ToString())), world.Administrator, Ct)).Refusal!.Message);
        Assert.Equal(refusals[0], refusals[1]);
    }

    private static async Task<(Guid Deployment, Guid Signal, int Page)> StoreAsync(IncidentWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        var deployment = new Deployment(Guid.CreateVersion7(), world.Objective.Service.Id, "7.42", "production", world.Now.AddMinutes(-20), world.Now, "Rosa", null, null, "key");
        var team = world.Objective.Service.OwnerTeamId;
        var page = new Page(Guid.CreateVersion7(), team, null, "burns", "Burns", SignalSeverity.Critical, null, [], "A test", world.Now);
        var signal = new Signal(Guid.CreateVersion7(), null, SignalOrigin.BurnAlert, null, team,
            new SignalReading(SignalWord.Fires, "disk", "Disk full", SignalSeverity.Critical, new Dictionary<string, string>(), StartedAt: world.Now), world.Now);
        db.AddRange(deployment, page, signal);
        await db.SaveChangesAsync(Ct);
        return (deployment.Id, signal.Id, page.Number);
    }
}
