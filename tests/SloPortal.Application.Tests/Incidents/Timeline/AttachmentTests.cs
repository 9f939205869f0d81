using SloPortal.Application.Incidents.Attachments;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Incidents.Timeline;

public sealed class AttachmentTests
{
    private static readonly byte[] Text = "pool exhausted"u8.ToArray();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_ThenRead_GivesTheSameBytesUnderACleanName()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        var row = (await world.Get<AddAttachment.Handler>().HandleAsync(new(number, "../../etc/po\u0007ol\u202E.log", Text, "key"), world.Responder, Ct)).Require();
        var again = (await world.Get<AddAttachment.Handler>().HandleAsync(new(number, "pool.log", Text, "key"), world.Responder, Ct)).Require();

        Assert.Equal((row.Id, "pool.log"), (again.Id, row.FileName));
        Assert.Equal(Text, (await world.Get<ReadAttachment.Handler>().HandleAsync(new(number, row.Id), world.Auditor, Ct)).Require().Content);
        Assert.Single((await world.Get<ListAttachments.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require());
        Assert.Contains((await world.TimelineAsync(number)), e => e.Body == "pool.log");
    }

    [Fact]
    public async Task Read_OfAnotherOrARestrictedIncident_IsNotFound()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (hidden, other) = (await world.DeclareAsync(restricted: true), await world.DeclareAsync());
        var row = (await world.Get<AddAttachment.Handler>().HandleAsync(new(hidden, "pool.log", Text), world.Commander, Ct)).Require();
        var read = world.Get<ReadAttachment.Handler>();

        Assert.Equal(RefusalKind.NotFound, (await read.HandleAsync(new(hidden, row.Id), world.Administrator, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await read.HandleAsync(new(other, row.Id), world.Commander, Ct)).Refusal?.Kind);
        (await read.HandleAsync(new(hidden, row.Id), world.Commander, Ct)).Require();
        Assert.Contains(world.Commander.Name, await world.AuditOfAsync("attachment.read"));
    }

    [Fact]
    public async Task Read_AfterAMerge_IsFoundInTheSurvivor()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (from, into) = (await world.DeclareAsync(title: "A"), await world.DeclareAsync(title: "B"));
        var row = (await world.Get<AddAttachment.Handler>().HandleAsync(new(from, "pool.log", Text), world.Commander, Ct)).Require();
        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(from, into), world.Commander, Ct)).Require();

        Assert.True((await world.Get<ReadAttachment.Handler>().HandleAsync(new(into, row.Id), world.Commander, Ct)).Succeeded);
    }
}
