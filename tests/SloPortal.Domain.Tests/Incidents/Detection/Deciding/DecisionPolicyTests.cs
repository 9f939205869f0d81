using CsCheck;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Domain.Tests.Incidents.Detection.Deciding;

public sealed class DecisionPolicyTests
{
    private static readonly DecisionFacts Nothing = new(null, "30 days, rolling", 1, 60, ServiceTier.Low, TierOrigin.Declared, null, null, null, SegmentGap.NotSplit);

    private static readonly Gen<DecisionRow> Row =
        from severity in Gen.Enum<IncidentSeverity>()
        from warRoom in Gen.Bool
        from spent in Maybe(Gen.Int[1, 120].Select(i => (double)i))
        from burn in Maybe(Gen.Int[1, 20].Select(i => (double)i))
        from tier in Maybe(Gen.Enum<ServiceTier>())
        from users in Maybe(Gen.Long[1, 9])
        from share in Maybe(Gen.Int[1, 100].Select(i => (double)i))
        select new DecisionRow(severity, warRoom, "Because.", spent, burn, tier, users, share);

    private static readonly Gen<DecisionFacts> Facts =
        from spent in Maybe(Gen.Int[-5, 130].Select(i => (double)i))
        from burn in Gen.Int[0, 22]
        from tier in Gen.Enum<ServiceTier>()
        from users in Maybe(Gen.Long[0, 10])
        from share in Maybe(Gen.Int[1, 100].Select(i => (double)i))
        select new DecisionFacts(spent, "30 days, rolling", burn, 60, tier, TierOrigin.Scorecard, users, share, share is null ? null : "eu-west", share is null ? SegmentGap.NotSplit : null);

    [Fact]
    public void Decide_AnyRowsAndFacts_IsTheFirstRowOfWhichEveryConditionHolds() =>
        Gen.Select(Row.List[0, 6], Facts).Sample((rows, facts) =>
        {
            var decided = new DecisionPolicy(rows).Decide(facts);

            var first = rows.FindIndex(r => Holds(r, facts));
            var expected = first < 0 ? Recommendation.NoIncident : new Recommendation(first + 1, rows[first].Severity, rows[first].WarRoom, "Because.");
            Assert.Equal(expected, decided.Recommendation);
            // What was looked at: all up to the row that holds, and no more.
            Assert.Equal(Enumerable.Range(1, first < 0 ? rows.Count : first + 1), decided.Rows.Select(r => r.Number));
            Assert.All(decided.Rows, r => Assert.Equal(Holds(rows[r.Number - 1], facts), r.Holds));
        }, iter: 2000);

    [Fact]
    public void Decide_LessIsKnown_NeverMakesARowHold() =>
        Gen.Select(Row, Facts).Sample((row, facts) =>
        {
            var known = Holds(row, facts);
            foreach (var less in (DecisionFacts[])[facts with { BudgetSpentPercent = null }, facts with { Users = null }, facts with { SegmentPercent = null }])
                Assert.True(known || !new DecisionPolicy([row]).Decide(less).Rows[0].Holds);
        }, iter: 1000);

    [Fact]
    public void Decide_UnknownFacts_AreSaidAndHoldNothing()
    {
        var row = new DecisionRow(IncidentSeverity.Sev1, true, "All.", 25, null, null, 100, 80);

        var decided = new DecisionPolicy([row]).Decide(Nothing);

        Assert.Equal(Recommendation.NoIncident, decided.Recommendation);
        Assert.Equal(
        [
            (null, "How much of the budget is spent is not known: there is no data."), (null, "How many people notice is not known: nobody has said it of the service."),
            ((bool?)null, "The share of one segment is not known: the SLI is not split."),
        ], decided.Rows[0].Conditions.Select(c => (c.Holds, c.Words)));
    }

    [Fact]
    public void Decide_KnownFacts_SaysValueAgainstThreshold()
    {
        var facts = Nothing with { BudgetSpentPercent = 34, BurnTimes = 14.39, Tier = ServiceTier.Important, Users = 120_000, SegmentPercent = 81.5, Segment = "eu-west", SegmentGap = null };
        var row = new DecisionRow(IncidentSeverity.Sev1, true, "All.", 25, 14.4, ServiceTier.Critical, 10_000, 80);

        var words = new DecisionPolicy([row]).Decide(facts).Rows[0].Conditions.Select(c => c.Words);

        Assert.Equal(
        [
            "Budget spent 34 % of 30 days, rolling ≥ 25 %", "Burn 14.39 times even over 1 h < 14.4 times", "Tier important, as declared, is below critical",
            "People who notice 120,000 ≥ 10,000", "Segment eu-west has 81.5 % of the failures ≥ 80 %",
        ], words);
    }

    [Theory]
    [InlineData(100, null, ServiceTier.Critical, null, IncidentSeverity.Sev1, true)]
    [InlineData(14.4, null, ServiceTier.Low, 10_000L, IncidentSeverity.Sev1, true)]
    [InlineData(14.4, 50d, ServiceTier.Critical, null, IncidentSeverity.Sev2, true)]
    [InlineData(14.4, 49.99, ServiceTier.Critical, null, IncidentSeverity.Sev2, false)]
    [InlineData(6, null, ServiceTier.Standard, null, IncidentSeverity.Sev3, false)]
    [InlineData(5.99, null, ServiceTier.Critical, null, null, false)]
    public void Usual_Breach_IsRecommended(double burn, double? spent, ServiceTier tier, long? users, IncidentSeverity? severity, bool warRoom)
    {
        var said = DecisionPolicy.Usual.Decide(Nothing with { BurnTimes = burn, BudgetSpentPercent = spent, Tier = tier, Users = users }).Recommendation;

        Assert.Equal((severity, warRoom), (said.Severity, said.WarRoom));
        Assert.Null(DecisionPolicy.RefusalFor(DecisionPolicy.Usual.Rows));
    }

    [Fact]
    public void RefusalFor_RowThatHidesOthers_NamesItAndSaysWhatToDo()
    {
        var (always, other) = (new DecisionRow(IncidentSeverity.Sev4, false, "Else."), new DecisionRow(IncidentSeverity.Sev1, true, "Bad.", BurnTimes: 10));

        Assert.Null(DecisionPolicy.RefusalFor([other, always]));
        Assert.Equal("Row 1 has no condition, so it always holds and the rows after it are never reached. Give it one, or move it to the end.", DecisionPolicy.RefusalFor([always, other]));
        Assert.Equal("Row 2: the budget spent is more than 0 and at most 10,000 %.", DecisionPolicy.RefusalFor([other, other with { BudgetSpentPercent = 0 }]));
        Assert.Equal("Row 1 says no reason. Say in a few words why it recommends that.", DecisionPolicy.RefusalFor([other with { Reason = " " }]));
        Assert.Equal("A policy has at most 30 rows.", DecisionPolicy.RefusalFor([.. Enumerable.Repeat(other, 31)]));
    }

    [Theory]
    [InlineData(IncidentSeverity.Sev2, IncidentProposalState.Waiting, null, null, DecisionOutcome.Waiting)]
    [InlineData(IncidentSeverity.Sev2, IncidentProposalState.Confirmed, IncidentSeverity.Sev2, false, DecisionOutcome.AsRecommended)]
    [InlineData(IncidentSeverity.Sev2, IncidentProposalState.Confirmed, IncidentSeverity.Sev2, true, DecisionOutcome.OtherWarRoom)]
    [InlineData(IncidentSeverity.Sev2, IncidentProposalState.Confirmed, IncidentSeverity.Sev1, false, DecisionOutcome.Up)]
    [InlineData(IncidentSeverity.Sev2, IncidentProposalState.Confirmed, IncidentSeverity.Sev3, false, DecisionOutcome.Down)]
    [InlineData(IncidentSeverity.Sev2, IncidentProposalState.Declined, null, null, DecisionOutcome.Declined)]
    [InlineData(null, IncidentProposalState.Declined, null, null, DecisionOutcome.AsRecommended)]
    [InlineData(null, IncidentProposalState.Confirmed, IncidentSeverity.Sev4, false, DecisionOutcome.Up)]
    public void Of_DecisionBesideRecommendation_IsNamed(IncidentSeverity? recommended, IncidentProposalState state, IncidentSeverity? decided, bool? warRoom, DecisionOutcome expected) =>
        Assert.Equal(expected, DecisionOutcomes.Of(new Recommendation(recommended is null ? null : 1, recommended, false, null), state, decided, warRoom));

    [Fact]
    public void Confirm_OtherwiseThanRecommended_NeedsAReasonAndKeepsIt()
    {
        var now = new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);
        var proposal = new IncidentProposal(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), now);
        var recommended = new Recommendation(1, IncidentSeverity.Sev2, false, "Because.");

        var refusal = proposal.Confirm(Guid.NewGuid(), IncidentSeverity.Sev2, true, recommended, " ", Guid.NewGuid(), "Ines", now);

        Assert.Equal("The policy recommends SEV-2 without a war room, and this is SEV-2 with a war room. Say why; it is recorded.", refusal?.Message);
        Assert.Equal(IncidentProposalState.Waiting, proposal.State);
        Assert.Null(proposal.Confirm(Guid.NewGuid(), IncidentSeverity.Sev2, true, recommended, " Many teams. ", Guid.NewGuid(), "Ines", now));
        Assert.Equal((IncidentSeverity.Sev2, true, "Many teams."), (proposal.DecidedSeverity, proposal.DecidedWarRoom, proposal.Reason));
    }

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : struct => Gen.Select(Gen.Bool, gen, (known, value) => known ? value : (T?)null);

    // The rule in other words than the policy's own.
    private static bool Holds(DecisionRow row, DecisionFacts facts) =>
        !(row.BudgetSpentPercent > (facts.BudgetSpentPercent ?? double.MinValue)) && !(row.BurnTimes > facts.BurnTimes) && !((int?)row.Tier < (int)facts.Tier)
        && !(row.Users > (facts.Users ?? long.MinValue)) && !(row.SegmentPercent > (facts.SegmentPercent ?? double.MinValue));
}
