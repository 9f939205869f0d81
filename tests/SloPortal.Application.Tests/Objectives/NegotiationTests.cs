using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Changes;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class NegotiationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StatePosition_Twice_SupersedesAndKeepsTheEarlier()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var outsider = await agreement.AddPersonAsync("Wanda Wants", Ct, member: false, Role.Viewer);

        (await StateAsync(agreement, id, agreement.Owner, 99.5m)).Require();
        (await StateAsync(agreement, id, agreement.Stakeholder, 99.99m)).Require();
        (await StateAsync(agreement, id, outsider, 99.9m)).Require();
        (await StateAsync(agreement, id, agreement.Stakeholder, 99.95m)).Require();

        var negotiation = (await ReadAsync(agreement, id)).Negotiation;
        Assert.Equal(4, negotiation.Positions.Count);
        Assert.Equal([(Side.Stakeholders, 99.95m), (Side.Stakeholders, 99.9m), (Side.Engineering, 99.5m)], negotiation.Current.Select(p => (p.Side, p.TargetPercent)));
        Assert.Equal(new Spread(99.5m, 99.95m), negotiation.Spread);
        Assert.Equal(0.45m, negotiation.Spread.Gap);
    }

    [Fact]
    public async Task StatePosition_ByTokenByAuditorOrWithoutPassword_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var auditor = await agreement.AddPersonAsync("Aude Auditor", Ct, member: false, Role.Auditor);

        Assert.Equal(RefusalKind.Denied, (await StateAsync(agreement, id, agreement.Owner with { Kind = ActorKind.Token }, 99m)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await StateAsync(agreement, id, auditor, 99m)).Refusal?.Kind);
        Assert.Contains("Password", (await StateAsync(agreement, id, agreement.Owner, 99m, password: "guess")).Refusal!.Fields!.Keys);
        Assert.Contains("TargetPercent", (await StateAsync(agreement, id, agreement.Owner, 100m)).Refusal!.Fields!.Keys);
        Assert.Empty((await ReadAsync(agreement, id)).Negotiation.Positions);
    }

    [Fact]
    public async Task CounterOffer_AfterASignature_BeginsARoundInWhichItDoesNotCount()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var first = await agreement.HashOfAsync(id, Ct);
        (await agreement.SignAsync(id, agreement.Owner, Ct)).Require();

        Assert.Equal(2, (await OfferAsync(agreement, id, agreement.Stakeholder, 99.5m)).Require());

        var room = await ReadAsync(agreement, id);
        Assert.Null(room.Owner.SignedAt);
        var past = Assert.Single(room.Negotiation.EarlierRounds);
        Assert.Equal((1, 99.9m, first), (past.Number, past.TargetPercent, past.ContentHash));
        Assert.Equal("Olga Owner", Assert.Single(past.Signatures).Name);
        Assert.NotEqual(first, room.ContentHash);
        Assert.Equal(1, (await agreement.SignByBothAsync(id, Ct)).Version);
        Assert.Equal(99.5m, (await ObjectiveAsync(agreement)).Current!.TargetPercent);
        Assert.Equal(2, (await ObjectiveAsync(agreement)).Current!.Signatures.Count);
    }

    [Fact]
    public async Task CounterOffer_OfTermsNotReadOrByAStranger_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var read = await agreement.HashOfAsync(id, Ct);
        var stranger = await agreement.AddPersonAsync("Sara Stranger", Ct, member: true, Role.ServiceOwner);
        var offer = agreement.Get<CounterOffer.Handler>();

        Assert.Equal(RefusalKind.Denied, (await OfferAsync(agreement, id, stranger, 99m)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await OfferAsync(agreement, id, agreement.Owner, 99.9m)).Refusal?.Kind);
        (await OfferAsync(agreement, id, agreement.Stakeholder, 99.5m)).Require();
        Assert.Equal(RefusalKind.Conflict, (await offer.HandleAsync(new(id, new(99m, "rolling 7d"), "Lower.", read), agreement.Owner, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task WhatNeedsMe_OfAnArbiter_WaitsUntilTheSidesAreApartOrTheDeadlineHasPassed()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var arbiter = await agreement.AddPersonAsync("Arne Arbiter", Ct, member: false, Role.IncidentCommander);
        (await agreement.Get<CallArbiter.Handler>().HandleAsync(new(id, arbiter.PersonId, "We go in circles."), agreement.Stakeholder, Ct)).Require();
        (await agreement.Get<SetDeadline.Handler>().HandleAsync(new(id, agreement.Now.AddDays(2)), agreement.Owner, Ct)).Require();
        Assert.Empty(await DecisionsAsync());

        (await agreement.Get<StatePosition.Handler>().HandleAsync(new(id, 99.95m, "All.", Agreement.Password), agreement.Stakeholder, Ct)).Require();
        Assert.Empty(await DecisionsAsync());
        (await agreement.Get<StatePosition.Handler>().HandleAsync(new(id, 99.5m, "Some.", Agreement.Password), agreement.Owner, Ct)).Require();
        Assert.Equal((id, (decimal?)99.5m, (decimal?)99.95m), Assert.Single((await DecisionsAsync()).Select(d => (d.Proposal, d.Supported, d.Wanted))));

        agreement.Clock.Advance(TimeSpan.FromMinutes(1));
        (await agreement.Get<StatePosition.Handler>().HandleAsync(new(id, 99.95m, "It can be done.", Agreement.Password), agreement.Owner, Ct)).Require();
        Assert.Empty(await DecisionsAsync());
        agreement.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Single(await DecisionsAsync());

        async Task<IReadOnlyList<WaitingDecision>> DecisionsAsync() => (await agreement.Get<WhatNeedsMe.Handler>().HandleAsync(new WhatNeedsMe(), arbiter, Ct)).Require().Decisions;
    }

    [Fact]
    public async Task Arbitrate_WithOtherTerms_MakesTheVersionAndDissentStays()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var arbiter = await agreement.AddPersonAsync("Arne Arbiter", Ct, member: false, Role.IncidentCommander);
        (await agreement.SignAsync(id, agreement.Owner, Ct)).Require();
        var decide = agreement.Get<ArbitrateProposal.Handler>();
        Assert.Equal(RefusalKind.Denied, (await decide.HandleAsync(new(id, new(99.7m, "rolling 7d"), "Between.", await agreement.HashOfAsync(id, Ct), Agreement.Password), arbiter, Ct)).Refusal?.Kind);
        (await agreement.Get<CallArbiter.Handler>().HandleAsync(new(id, arbiter.PersonId, "We go in circles."), agreement.Stakeholder, Ct)).Require();
        (await agreement.Get<RecordDissent.Handler>().HandleAsync(new(id, "Less than we were promised."), agreement.Stakeholder, Ct)).Require();

        var decided = (await decide.HandleAsync(
            new(id, new(99.7m, "rolling 7d", agreement.Now.AddDays(1), new DateOnly(2027, 2, 1)), "Between what each can bear.", await agreement.HashOfAsync(id, Ct), Agreement.Password), arbiter, Ct)).Require();

        Assert.Equal((1, agreement.Now.AddDays(1)), (decided.Version, decided.EffectiveFrom!.Value));
        var room = await ReadAsync(agreement, id);
        Assert.Equal(ProposalState.Accepted, room.State);
        Assert.Equal(("Arne Arbiter", "Between what each can bear.", Confirmation.Password), (room.Negotiation.Arbiter!.Name, room.Negotiation.Arbiter.Reason, room.Negotiation.Arbiter.ConfirmedBy));
        Assert.Equal((null, null), (room.Owner.SignedAt, room.Stakeholder.SignedAt));
        Assert.Equal("Less than we were promised.", Assert.Single(room.Negotiation.Dissents).Text);
        Assert.Equal(new DateOnly(2027, 2, 1), (await ObjectiveAsync(agreement)).Versions[0].ReviewOn);
        (await agreement.Get<RecordDissent.Handler>().HandleAsync(new(id, "More than we can hold."), agreement.Owner, Ct)).Require();
        Assert.Equal(2, (await ReadAsync(agreement, id)).Negotiation.Dissents.Count());
    }

    [Fact]
    public async Task CallArbiter_AParty_AnAuditorOrASecond_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        var (arbiter, other) = (await agreement.AddPersonAsync("Arne Arbiter", Ct, false, Role.Viewer), await agreement.AddPersonAsync("Otto Other", Ct, false, Role.Viewer));
        var auditor = await agreement.AddPersonAsync("Aude Auditor", Ct, false, Role.Auditor);
        var call = agreement.Get<CallArbiter.Handler>();
        await GiveAsync(agreement, arbiter, other, auditor);

        Assert.Equal(RefusalKind.Invalid, (await call.HandleAsync(new(id, agreement.Owner.PersonId, "Me."), agreement.Stakeholder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await call.HandleAsync(new(id, auditor.PersonId, "Neutral."), agreement.Stakeholder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await call.HandleAsync(new(id, arbiter.PersonId, "Hello."), other, Ct)).Refusal?.Kind);
        (await call.HandleAsync(new(id, arbiter.PersonId, "We go in circles."), agreement.Stakeholder, Ct)).Require();
        Assert.Equal(RefusalKind.Conflict, (await call.HandleAsync(new(id, other.PersonId, "Mine."), agreement.Owner, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Sign_TargetThatTheHistoryDoesNotHold_NeedsARiskThatAnAdministratorTakes()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms(target: 99.9999m));
        var before = await ReadAsync(agreement, id);
        Assert.True(before.Negotiation.NeedsAnswer);
        var administrator = await agreement.AddPersonAsync("Ada Administrator", Ct, false, Role.Administrator);
        var take = agreement.Get<TakeRisk.Handler>();

        var refused = await agreement.SignAsync(id, agreement.Owner, Ct);
        Assert.Equal(RefusalKind.Conflict, refused.Refusal?.Kind);
        Assert.Contains("lower target", refused.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Denied, (await take.HandleAsync(new(id, "Ours.", before.ContentHash, Agreement.Password), agreement.Owner, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await take.HandleAsync(new(id, "Ours.", before.ContentHash, Agreement.Password), agreement.Owner with { Roles = [Role.Administrator] }, Ct)).Refusal?.Kind);
        (await take.HandleAsync(new(id, "The launch is worth it.", before.ContentHash, Agreement.Password), administrator, Ct)).Require();

        Assert.NotEqual(before.ContentHash, await agreement.HashOfAsync(id, Ct));
        Assert.Equal(1, (await agreement.SignByBothAsync(id, Ct)).Version);
        Assert.Equal("The launch is worth it.", (await ReadAsync(agreement, id)).Negotiation.Risk!.Words);
    }

    [Fact]
    public async Task CounterOffer_AfterARiskWasTaken_TakesTheAnswerBack()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms(target: 99.9999m));
        var administrator = await agreement.AddPersonAsync("Ada Administrator", Ct, false, Role.Administrator);
        (await agreement.Get<TakeRisk.Handler>().HandleAsync(new(id, "Worth it.", await agreement.HashOfAsync(id, Ct), Agreement.Password), administrator, Ct)).Require();

        (await OfferAsync(agreement, id, agreement.Owner, 99.9998m)).Require();

        Assert.True((await ReadAsync(agreement, id)).Negotiation.NeedsAnswer);
    }

    [Fact]
    public async Task Notices_OfOffersAndSignatures_ReachThoseForWhomItWaitsOnce()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        (await OfferAsync(agreement, id, agreement.Stakeholder, 99.5m)).Require();
        agreement.Clock.Advance(TimeSpan.FromSeconds(1));
        (await agreement.SignAsync(id, agreement.Stakeholder, Ct)).Require();

        await using var db = await agreement.OpenAsync(Ct);
        var told = await db.Notices.Where(n => n.Address == $"/proposals/{id}").OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).ToListAsync(Ct);
        Assert.Equal(["Stan Stakeholder offers 99.5 % for Orders placed (round 2).", "Stan Stakeholder signed 99.5 % for Orders placed. It waits for your signature."],
            told.Where(n => n.PersonId == agreement.Owner.PersonId).Select(n => n.Text));
        Assert.Equal(["Olga Owner proposes 99.9 % for Orders placed. It waits for your signature."], told.Where(n => n.PersonId == agreement.Stakeholder.PersonId).Select(n => n.Text));
        Assert.All(told, n => Assert.NotNull(n.MailDueAt));
    }

    [Theory]
    [InlineData("UPDATE positions SET why = 'other'")]
    [InlineData("DELETE FROM proposal_remarks")]
    [InlineData("UPDATE proposal_rounds SET rationale = 'other'")]
    [InlineData("TRUNCATE proposal_rounds")]
    public async Task WhatWasSaid_ChangedInTheDatabase_IsRefusedByIt(string statement)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct);
        (await StateAsync(agreement, id, agreement.Owner, 99.5m)).Require();
        (await agreement.Get<CommentOnProposal.Handler>().HandleAsync(new(id, "Hm."), agreement.Owner, Ct)).Require();
        (await OfferAsync(agreement, id, agreement.Owner, 99.5m)).Require();
        await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand(statement);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static async Task GiveAsync(Agreement agreement, params Actor[] people)
    {
        await using var db = await agreement.OpenAsync(Ct);
        foreach (var person in people)
        {
            await PersonRoles.WriteAsync(db, person.PersonId, [.. person.Roles], Ct);
        }
        await db.SaveChangesAsync(Ct);
    }

    private static Task<Outcome<Guid>> StateAsync(Agreement agreement, Guid id, Actor actor, decimal target, string password = Agreement.Password)
    {
        agreement.Clock.Advance(TimeSpan.FromSeconds(1));
        return agreement.Get<StatePosition.Handler>().HandleAsync(new(id, target, "Because.", password), actor, Ct);
    }

    private static async Task<Outcome<int>> OfferAsync(Agreement agreement, Guid id, Actor actor, decimal target) =>
        await agreement.Get<CounterOffer.Handler>().HandleAsync(new(id, new(target, "rolling 7d"), "Rather so.", await agreement.HashOfAsync(id, Ct)), actor, Ct);

    private static async Task<ProposalDetail> ReadAsync(Agreement agreement, Guid id) =>
        (await agreement.Get<GetProposal.Handler>().HandleAsync(new(id), agreement.Owner, Ct)).Require();

    private static async Task<ObjectiveDetail> ObjectiveAsync(Agreement agreement) =>
        (await agreement.Get<GetObjective.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Stakeholder, Ct)).Require();
}
