using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.History;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Objectives;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

public sealed class GetAgreementsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Life_RejectedThenTwoVersionsThenEnded_TellsItAll()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var begun = agreement.Now;
        var refused = await agreement.ProposeAsync(Ct);
        (await agreement.Get<RejectProposal.Handler>().HandleAsync(new(refused, "Too strict for us."), agreement.Stakeholder, Ct)).Require();
        agreement.Clock.Advance(TimeSpan.FromHours(1));
        await agreement.SignByBothAsync(await agreement.ProposeVersionAsync(agreement.Terms(99m), Ct), Ct);
        agreement.Clock.Advance(TimeSpan.FromHours(2));
        await agreement.SignByBothAsync(await agreement.ProposeVersionAsync(agreement.Terms(99.5m), Ct), Ct);
        agreement.Clock.Advance(TimeSpan.FromHours(4));
        (await agreement.Get<ArchiveObjective.Handler>().HandleAsync(new(agreement.Service, "orders-placed", "Replaced by another."), agreement.Owner, Ct)).Require();

        var life = await ReadAsync(agreement);

        Assert.Equal([(ProposalState.Accepted, 2), (ProposalState.Accepted, 1), (ProposalState.Rejected, (int?)null)], life.Agreements.Select(a => (a.State, a.Version)));
        Assert.Equal(new DecisionDetail("Stan Stakeholder", "Too strict for us."), life.Agreements[2].Decision);
        Assert.Equal([("Olga Owner", "We can hold it."), ("Stan Stakeholder", "It is what we need.")], life.Agreements[0].Signatures.Select(s => (s.Name, s.Reason)));
        Assert.Null(life.InForceAt(begun));
        Assert.Equal(1, life.InForceAt(begun.AddHours(2))!.Version);
        Assert.Equal(1, life.InForceAt(begun.AddHours(3).AddTicks(-10))!.Version);
        Assert.Equal(2, life.InForceAt(begun.AddHours(3))!.Version);
        Assert.Null(life.InForceAt(begun.AddHours(7)));
        Assert.Equal(["objective.archived", "objective.created"], life.Changes.Select(c => c.Action));
        Assert.Equal(["Target", "Budget of one window"], AgreementDiff.Of(life.Agreements[1], life.Agreements[0]).Where(l => l.Differs).Take(2).Select(l => l.What));
        Assert.DoesNotContain(AgreementDiff.Of(life.Agreements[0], life.Agreements[0]), l => l.Differs);
    }

    [Fact]
    public async Task Life_WhatWasSignedIsChangedUnderneath_NamesWhoseSignatureIsForAnotherContent()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var proposal = await agreement.ProposeAsync(Ct);
        await agreement.SignByBothAsync(proposal, Ct);
        Assert.Empty((await ReadAsync(agreement)).Agreements[0].Altered);

        await using (var db = await agreement.OpenAsync(Ct))
            await db.Database.ExecuteSqlAsync($"UPDATE proposals SET rationale = 'Something else.' WHERE id = {proposal}", Ct);

        Assert.Equal(["Olga Owner", "Stan Stakeholder"], (await ReadAsync(agreement)).Agreements[0].Altered);
    }

    [Fact]
    public async Task Methods_EachOverTwoWindows_AgreeWithTheEvidence()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var evidence = (await agreement.Get<PreviewProposal.Handler>().HandleAsync(new(agreement.Service, "orders", 99.9m, "rolling 7d"), agreement.Owner, Ct)).Require();

        var compared = (await agreement.Get<CompareMethods.Handler>().HandleAsync(new(agreement.Service, "orders", 99.9m, "rolling 7d"), agreement.Owner, Ct)).Require();

        Assert.Equal(["occurrences", "timeslices 5m 99.9", "ratio timeslices 5m"], compared.Verdicts.Take(3).Select(v => v.Method));
        Assert.Equal((evidence.Windows, evidence.MetShare), (compared.Verdicts[0].Windows, compared.Verdicts[0].MetShare));
        // One interval of 96 a day lost 1 %: as a slice it is lost whole.
        Assert.Equal(1 - (1 / 96d), compared.Verdicts[1].Attained!.Value, 1e-9);
        Assert.Equal(1 - (0.01 / 96), compared.Verdicts[2].Attained!.Value, 1e-9);
        Assert.NotNull((await agreement.Get<CompareMethods.Handler>().HandleAsync(new(agreement.Service, "orders", 99.9m, "rolling 7d", 7), agreement.Owner, Ct)).Refusal);
    }

    private static async Task<ObjectiveAgreements> ReadAsync(Agreement agreement) =>
        (await agreement.Get<GetAgreements.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Stakeholder, Ct)).Require();
}
