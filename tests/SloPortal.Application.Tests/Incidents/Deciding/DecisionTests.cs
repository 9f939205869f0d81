using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Deciding;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Deciding;

public sealed class DecisionTests
{
    private static readonly DecisionRow Everything = new(IncidentSeverity.Sev4, false, "All that pages.");

    [Fact]
    public async Task Run_PageFires_KeepsTheRecommendationItsFactsAndItsPolicy()
    {
        await using var world = await IncidentWorld.CreateAsync();

        var proposal = await ProposeAsync(world);

        var said = proposal.Recommendation!;
        Assert.Equal((1, new Recommendation(5, IncidentSeverity.Sev2, false, "An important service burns as fast as one pages for.")), (said.Policy, said.Said));
        Assert.Equal(new DecisionFacts(null, "30 days, rolling", 30, 60, ServiceTier.Critical, TierOrigin.Declared, null, null, null, SegmentGap.NotSplit), said.Facts);
        Assert.Equal((true, "Burn 30 times even over 1 h ≥ 6 times"), (said.Rows[^1].Conditions[0].Holds, said.Rows[^1].Conditions[0].Words));
        Assert.Contains("The share of one segment is not known: the SLI is not split.", said.Rows.SelectMany(r => r.Conditions).Where(c => c.Holds is null).Select(c => c.Words));
    }

    [Fact]
    public async Task Set_WhileAProposalWaits_DecidesAboutTheNextOnlyAndTheOldStaysUnderItsOwn()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var before = await ProposeAsync(world);
        await SetAsync(world, [Everything], 1);
        await DeclineAsync(world, before.Id);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));

        var after = await ProposeAsync(world);

        Assert.Equal((2, 1, IncidentSeverity.Sev4), (after.Recommendation!.Policy, after.Recommendation.Said.Row, after.Recommendation.Said.Severity));
        var record = await RecordAsync(world, world.Responder);
        Assert.Equal([(2, 1, DecisionOutcome.Waiting), (1, 5, DecisionOutcome.Declined)], record.Decisions.Items.Select(d => (d.Policy, d.Recommended.Row!.Value, d.Outcome)));
        Assert.Equal([(2, 1, 1, 0), (1, 5, 0, 1)], record.Rows.Select(r => (r.Policy, r.Row, r.Waiting, r.Declined)));
        Assert.Equal(["Adam"], await world.AuditOfAsync("decision_policy.changed"));
    }

    [Fact]
    public async Task Stored_RecommendationOrPolicy_CannotBeChanged()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await ProposeAsync(world);
        await using var db = await world.Portal.ContextAsync();

        foreach (var statement in (string[])["UPDATE proposal_recommendations SET war_room = true", "DELETE FROM proposal_recommendations", "UPDATE decision_policies SET note = 'x'", "TRUNCATE decision_policies CASCADE"])
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(statement, Ct))).SqlState);
    }

    [Fact]
    public async Task Confirm_OtherwiseThanRecommended_NeedsAReasonAndStandsBesideIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var proposal = await ProposeAsync(world);
        var confirm = world.Get<ConfirmProposal.Handler>();

        var refused = await confirm.HandleAsync(new(proposal.Id, IncidentSeverity.Sev1), world.Commander, Ct);
        Assert.Equal("The policy recommends SEV-2 without a war room, and this is SEV-1 without a war room. Say why; it is recorded.", refused.Refusal?.Message);
        Assert.Contains("Reason", refused.Refusal!.Fields!.Keys);
        var number = (await confirm.HandleAsync(new(proposal.Id, IncidentSeverity.Sev1, WarRoom: true, Reason: "Three teams must act."), world.Commander, Ct)).Require();

        Assert.Equal(Noon, (await world.ReadAsync(number)).WarRoomOpenedAt);
        Assert.Equal([EntryKind.Declared, EntryKind.WarRoom, EntryKind.Role], (await world.TimelineAsync(number)).Take(3).Select(e => e.Kind));
        var decided = Assert.Single((await RecordAsync(world, world.Responder)).Decisions.Items);
        Assert.Equal((DecisionOutcome.Up, IncidentSeverity.Sev1, true, "Three teams must act.", "Ines", number), (decided.Outcome, decided.DecidedSeverity, decided.DecidedWarRoom, decided.Reason, decided.DecidedBy, decided.Incident));
        Assert.Equal(Refusal.Conflict($"INC-{number} has a war room already."), (await world.Get<OpenWarRoom.Handler>().HandleAsync(new(number), world.Commander, Ct)).Refusal);
    }

    [Fact]
    public async Task Confirm_AsRecommended_NeedsNoReasonAndOpensTheWarRoomThatIsRecommended()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await SetAsync(world, [new(IncidentSeverity.Sev1, true, "It burns.", BurnTimes: 14.4)], 1);
        var proposal = await ProposeAsync(world);

        var number = (await world.Get<ConfirmProposal.Handler>().HandleAsync(new(proposal.Id, IncidentSeverity.Sev1), world.Commander, Ct)).Require();

        Assert.NotNull((await world.ReadAsync(number)).WarRoomOpenedAt);
        var row = Assert.Single((await RecordAsync(world, world.Commander)).Rows);
        Assert.Equal((2, 1, 1), (row.Policy, row.Row, row.AsRecommended));
    }

    [Fact]
    public async Task OpenWarRoom_LaterByWhoRunsIt_IsKeptOnceAndByNobodyElse()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var open = world.Get<OpenWarRoom.Handler>();

        Assert.Equal(RefusalKind.Denied, (await open.HandleAsync(new(number), world.Responder, Ct)).Refusal?.Kind);
        var entry = (await open.HandleAsync(new(number, "k"), world.Commander, Ct)).Require();
        Assert.Equal(entry, (await open.HandleAsync(new(number, "k"), world.Commander, Ct)).Require());

        Assert.Equal(Noon, (await world.ReadAsync(number)).WarRoomOpenedAt);
        Assert.Single(await world.TimelineAsync(number), e => e.Kind == EntryKind.WarRoom);
    }

    [Fact]
    public async Task Record_ProposalOfARestrictedIncident_IsInNoListCountOrTrialOfOthers()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var proposal = await ProposeAsync(world);
        var number = (await world.Get<ConfirmProposal.Handler>().HandleAsync(new(proposal.Id, IncidentSeverity.Sev2), world.Commander, Ct)).Require();
        Assert.Single((await RecordAsync(world, world.Administrator)).Rows);
        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, []), world.Commander, Ct)).Require();

        var others = await RecordAsync(world, world.Administrator);

        Assert.Empty(others.Decisions.Items);
        Assert.Equal((0, 0), (others.Decisions.Total, others.Rows.Count));
        Assert.Equal(0, (await TryAsync(world, [Everything])).Proposals);
        Assert.Single((await RecordAsync(world, world.Commander)).Rows);
    }

    [Fact]
    public async Task Set_TwoAtOnce_TheSecondIsToldAndOnlyOneVersionIsMade()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var set = world.Get<SetDecisionPolicy.Handler>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => set.HandleAsync(new([Everything], $"Change {i}", 1), world.Administrator, Ct)));

        Assert.Single(outcomes, o => o.Succeeded);
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.Equal(RefusalKind.Conflict, o.Refusal!.Kind));
        Assert.Equal((2, false), ((await GetAsync(world)).Version, (await GetAsync(world)).IsBuiltIn));
    }

    [Fact]
    public async Task Set_ByWhoMayNotOrWithoutReason_IsRefused()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var set = world.Get<SetDecisionPolicy.Handler>();

        Assert.Equal(RefusalKind.Denied, (await set.HandleAsync(new([], "No", 1), world.Commander, Ct)).Refusal?.Kind);
        Assert.Contains("Note", (await set.HandleAsync(new([], " ", 1), world.Administrator, Ct)).Refusal!.Fields!.Keys);
        Assert.Contains("Rows", (await set.HandleAsync(new([Everything, Everything], "x", 1), world.Administrator, Ct)).Refusal!.Fields!.Keys);
        Assert.Equal((1, true), ((await GetAsync(world)).Version, (await GetAsync(world)).IsBuiltIn));
    }

    [Fact]
    public async Task Try_OtherRows_CountsAndListsWhatWouldChangeByTheFactsStored()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var declined = await ProposeAsync(world);
        await DeclineAsync(world, declined.Id);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        var waiting = await ProposeAsync(world);

        var stricter = await TryAsync(world, [new(IncidentSeverity.Sev2, false, "It burns.", BurnTimes: 31)]);

        Assert.Equal((2, 2, 1, 0, 1), (stricter.Proposals, stricter.Changed, stricter.Decided, stricter.AgreedThen, stricter.WouldAgree));
        Assert.Equal([(waiting.Id, Recommendation.NoIncident), (declined.Id, Recommendation.NoIncident)], stricter.Changes.Select(c => (c.Proposal.Id, c.Instead)));
        Assert.Equal(0, (await TryAsync(world, DecisionPolicy.Usual.Rows)).Changed);
        Assert.Equal(RefusalKind.Denied, (await world.Get<TryDecisionPolicy.Handler>().HandleAsync(new([]), world.Commander, Ct)).Refusal?.Kind);
    }

    private static async Task<ProposalRow> ProposeAsync(IncidentWorld world)
    {
        await world.AddAlertAsync(world.Now);
        await world.FollowAsync();
        return Assert.Single((await world.Get<ListIncidentProposals.Handler>().HandleAsync(new(), world.Commander, Ct)).Require().Proposals);
    }

    private static async Task DeclineAsync(IncidentWorld world, Guid proposal) =>
        (await world.Get<DeclineProposal.Handler>().HandleAsync(new(proposal, "A load test"), world.Commander, Ct)).Require();

    private static async Task SetAsync(IncidentWorld world, IReadOnlyList<DecisionRow> rows, int version) =>
        (await world.Get<SetDecisionPolicy.Handler>().HandleAsync(new(rows, "We learnt.", version), world.Administrator, Ct)).Require();

    private static async Task<DecisionPolicyShown> GetAsync(IncidentWorld world) => (await world.Get<GetDecisionPolicy.Handler>().HandleAsync(new(), world.Responder, Ct)).Require();

    private static async Task<DecisionRecord> RecordAsync(IncidentWorld world, Actor by) => (await world.Get<ListDecisions.Handler>().HandleAsync(new(), by, Ct)).Require();

    private static async Task<PolicyTrial> TryAsync(IncidentWorld world, IReadOnlyList<DecisionRow> rows) =>
        (await world.Get<TryDecisionPolicy.Handler>().HandleAsync(new(rows), world.Administrator, Ct)).Require();
}
