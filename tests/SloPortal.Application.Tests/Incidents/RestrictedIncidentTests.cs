using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents;
using SloPortal.Application.Remediation;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents;

public sealed class RestrictedIncidentTests
{
    [Fact]
    public async Task EveryOperation_ByWhoIsNoReader_AnswersAsIfItDidNotExist()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true);
        var open = await world.DeclareAsync(world.Administrator);
        var by = world.Administrator;

        Refusal?[] refusals =
        [
            (await world.Get<GetIncident.Handler>().HandleAsync(new(number), by, Ct)).Refusal,
            (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Acknowledged), by, Ct)).Refusal,
            (await world.Get<ChangeSeverity.Handler>().HandleAsync(new(number, IncidentSeverity.Sev1, "Worse"), by, Ct)).Refusal,
            (await world.Get<AssignRole.Handler>().HandleAsync(new(number, IncidentRole.Scribe, by.PersonId), by, Ct)).Refusal,
            (await world.Get<ChangeImpact.Handler>().HandleAsync(new(number, Noon, null, null), by, Ct)).Refusal,
            (await world.Get<DescribeIncident.Handler>().HandleAsync(new(number, "Mine", ""), by, Ct)).Refusal,
            (await world.Get<ChangeAffected.Handler>().HandleAsync(new(number, [], []), by, Ct)).Refusal,
            (await world.Get<MergeIncidents.Handler>().HandleAsync(new(number, open), by, Ct)).Refusal,
            (await world.Get<MergeIncidents.Handler>().HandleAsync(new(open, number), by, Ct)).Refusal,
            (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, [by.PersonId]), by, Ct)).Refusal,
            (await world.Get<LiftRestriction.Handler>().HandleAsync(new(number, "Over"), by, Ct)).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(Refusal.NotFound($"The incident INC-{number}"), refusal));
        Assert.Equal(Refusal.NotFound("The incident INC-9999"), (await world.Get<GetIncident.Handler>().HandleAsync(new(9999), by, Ct)).Refusal);
        var list = (await world.Get<ListIncidents.Handler>().HandleAsync(new(), by, Ct)).Require();
        Assert.Equal((open, 1, 1), (Assert.Single(list.Incidents.Items).Number, list.Incidents.Total, list.Open));
        Assert.Equal(1, (await world.Get<CountNeeds.Handler>().HandleAsync(new(), by, Ct)).OpenIncidents);
        Assert.Equal(2, (await world.Get<CountNeeds.Handler>().HandleAsync(new(), world.Commander, Ct)).OpenIncidents);
    }

    [Fact]
    public async Task Audit_ByWhoIsNoReader_LeavesOutTheIncidentItsFilesAndItsProposal()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddAlertAsync(Noon);
        await world.FollowAsync();
        var proposal = Assert.Single((await world.Get<ListIncidentProposals.Handler>().HandleAsync(new(), world.Commander, Ct)).Require().Proposals).Id;
        var number = (await world.Get<ConfirmProposal.Handler>().HandleAsync(new(proposal, IncidentSeverity.Sev2), world.Commander, Ct)).Require();
        await world.FollowAsync();
        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, [world.Auditor.PersonId]), world.Commander, Ct)).Require();
        var id = (await world.ReadAsync(number)).Id;
        await using (var db = await world.Portal.ContextAsync())
        {
            db.Attachments.Add(new Attachment(Guid.NewGuid(), id, "log.txt", "text/plain", [1], [2], world.Commander.PersonId, Noon));
            await db.SaveChangesAsync(Ct);
        }

        async Task<IReadOnlyList<AuditRow>> ReadAsync(Actor by) => (await world.Get<ReadAudit.Handler>().HandleAsync(new(new()), by, Ct)).Require().Entries;
        async Task<IReadOnlyList<AuditRow>> ExportAsync(Actor by)
        {
            var rows = new List<AuditRow>();
            await foreach (var row in (await world.Get<ExportAudit.Handler>().HandleAsync(new(new(), "csv"), by, Ct)).Require().Rows)
                rows.Add(row);
            return rows;
        }

        var subjects = new[] { id.ToString(), proposal.ToString() };
        foreach (var entries in new[] { await ReadAsync(world.Administrator), await ExportAsync(world.Administrator) })
            Assert.DoesNotContain(entries, e => subjects.Contains(e.SubjectId) || e.SubjectName.Contains($"INC-{number}", StringComparison.Ordinal) || e.Details.Contains($"INC-{number}", StringComparison.Ordinal));
        foreach (var entries in new[] { await ReadAsync(world.Auditor), await ExportAsync(world.Auditor) })
            Assert.All(subjects, subject => Assert.Contains(entries, e => e.SubjectId == subject));
        Assert.True((await world.Get<VerifyAudit.Handler>().ComputeAsync(Ct)).IsIntact);
        Assert.Empty((await world.Get<ListIncidentProposals.Handler>().HandleAsync(new(Waiting: false), world.Administrator, Ct)).Require().Proposals);
        Assert.Equal(RefusalKind.NotFound, (await world.Get<DeclineProposal.Handler>().HandleAsync(new(proposal, "No"), world.Administrator, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Get_Restricted_IsRecordedOnceAVisit()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true, readers: [world.Auditor.PersonId]);

        await world.ReadAsync(number, world.Auditor);
        await world.ReadAsync(number, world.Auditor);
        Assert.Equal(["Aino"], await world.AuditOfAsync("incident.read"));

        world.Portal.Clock.Advance(TimeSpan.FromMinutes(16));
        await world.ReadAsync(number, world.Auditor);
        Assert.Equal(["Aino", "Aino"], await world.AuditOfAsync("incident.read"));
    }

    [Fact]
    public async Task Restrict_LaterThanItsNotices_TakesThemFromOthersAndKeepsTheActor()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var second = await world.AddPersonAsync("Iris", Role.IncidentCommander);
        var number = await world.DeclareAsync();
        Assert.Single((await world.Get<ListNotices.Handler>().HandleAsync(new(), second, Ct)).Require().Notices);

        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, [world.Responder.PersonId]), world.Commander, Ct)).Require();

        Assert.Empty((await world.Get<ListNotices.Handler>().HandleAsync(new(), second, Ct)).Require().Notices);
        Assert.Single((await world.Get<ListNotices.Handler>().HandleAsync(new(), world.Responder, Ct)).Require().Notices);
        Assert.Equal(["Ines", "Rosa"], (await world.ReadAsync(number)).Readers.Select(r => r.Name));
    }

    [Fact]
    public async Task Restrict_WithoutWhoHoldsARole_IsRefused_AndSoIsARoleForNoReader()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var (assign, restrict) = (world.Get<AssignRole.Handler>(), world.Get<RestrictIncident.Handler>());
        (await assign.HandleAsync(new(number, IncidentRole.Scribe, world.Responder.PersonId), world.Commander, Ct)).Require();

        Assert.Equal($"The scribe of INC-{number} would no longer see it. Name them too, or hand the role over first.", (await restrict.HandleAsync(new(number, []), world.Commander, Ct)).Refusal?.Message);
        (await restrict.HandleAsync(new(number, [world.Responder.PersonId]), world.Commander, Ct)).Require();
        Assert.Contains("Person", (await assign.HandleAsync(new(number, IncidentRole.Commander, world.Administrator.PersonId), world.Commander, Ct)).Refusal!.Fields!.Keys);
    }

    [Fact]
    public async Task Merge_RestrictedWithOpen_AsksFirstAndThenIsSeenByTheReadersOfBoth()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var open = await world.DeclareAsync();
        var hidden = await world.DeclareAsync(restricted: true, readers: [world.Auditor.PersonId]);
        var merge = world.Get<MergeIncidents.Handler>();

        Assert.Contains("ConfirmRestriction", (await merge.HandleAsync(new(hidden, open), world.Commander, Ct)).Refusal!.Fields!.Keys);
        (await merge.HandleAsync(new(hidden, open, ConfirmRestriction: true), world.Commander, Ct)).Require();

        var get = world.Get<GetIncident.Handler>();
        foreach (var number in new[] { open, hidden })
        {
            Assert.Equal(RefusalKind.NotFound, (await get.HandleAsync(new(number), world.Administrator, Ct)).Refusal?.Kind);
            Assert.Equal(["Aino", "Ines"], (await world.ReadAsync(number, world.Auditor)).Readers.Select(r => r.Name));
        }

        (await world.Get<LiftRestriction.Handler>().HandleAsync(new(open, "It is public"), world.Commander, Ct)).Require();
        Assert.All(new[] { open, hidden }, number => Assert.True(get.HandleAsync(new(number), world.Administrator, Ct).GetAwaiter().GetResult().Succeeded));
    }

    [Fact]
    public async Task Merge_TwoWithDifferentReaders_IsSeenByNobodyWhoSawOnlyOne()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var first = await world.DeclareAsync(restricted: true, readers: [world.Auditor.PersonId, world.Responder.PersonId]);
        var second = await world.DeclareAsync(restricted: true, readers: [world.Administrator.PersonId, world.Responder.PersonId]);

        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(first, second, ConfirmRestriction: true), world.Commander, Ct)).Require();

        Assert.Equal(["Ines", "Rosa"], (await world.ReadAsync(second)).Readers.Select(r => r.Name));
        Assert.Equal(["Ines", "Rosa"], (await world.ReadAsync(first)).Readers.Select(r => r.Name));
    }
}
