using CsCheck;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;

namespace SloPortal.Domain.Tests.Catalog;

public sealed class ServiceScoreTests
{
    private static readonly Gen<ScoreInputs> Inputs =
        from revenue in Gen.Decimal[0, 1_000_000].Nullable()
        from currency in Gen.Int[0, 2].Select(i => new[] { "EUR", "USD", "GBP" }[i])
        from users in Gen.Long[0, 10_000_000].Nullable()
        from frameworks in Gen.Int[0, 3].Select(i => new[] { "DORA", "NIS2", "PCI DSS", "GDPR" }[i]).Array[0, 3]
        from contracts in Gen.Int[0, 100].Nullable()
        from dependants in Gen.Int[0, 100]
        select new ScoreInputs(revenue, currency, users, [.. frameworks.Distinct()], contracts, dependants);

    [Fact]
    public void Of_AnyInputs_IsTheSumOfItsLinesBetween0And100() => Inputs.Sample(inputs =>
    {
        var score = ServiceScore.Of(Scorecard.Usual, inputs);

        Assert.InRange(score.Score, 0, 100);
        Assert.Equal(score.Lines.Sum(l => l.Points * l.Weight), score.Score);
        Assert.Equal(1m, score.Lines.Sum(l => l.Weight));
    });

    [Fact]
    public void Of_MoreOfAnything_NeverScoresLess() => Gen.Select(Inputs, Gen.Int[1, 50]).Sample((inputs, more) =>
    {
        var before = ServiceScore.Of(Scorecard.Usual, inputs).Score;
        ScoreInputs[] raised =
        [
            inputs with { RevenuePerHour = (inputs.RevenuePerHour ?? 0) * more }, inputs with { Users = (inputs.Users ?? 0) + more },
            inputs with { Contracts = (inputs.Contracts ?? 0) + more }, inputs with { Dependants = inputs.Dependants + more }, inputs with { Frameworks = ["DORA"] },
        ];

        Assert.All(raised.Take(4), i => Assert.True(ServiceScore.Of(Scorecard.Usual, i).Score >= before));
        Assert.True(ServiceScore.Of(Scorecard.Usual, raised[4]).Score >= before);
    });

    [Fact]
    public void Of_WeightsInPercent_GivesTheSameScore() => Inputs.Sample(inputs =>
    {
        var percent = Scorecard.Usual with { Criteria = [.. Scorecard.Usual.Criteria.Select(c => c with { Weight = c.Weight * 100 })] };

        Assert.Null(Scorecard.RefusalFor(percent));
        Assert.Equal(ServiceScore.Of(Scorecard.Usual, inputs).Score, ServiceScore.Of(percent, inputs).Score);
    });

    [Fact]
    public void Of_ABusyShopWithContracts_NeedsAContractualSla()
    {
        var score = ServiceScore.Of(Scorecard.Usual, new ScoreInputs(50_000, "USD", 20_000, ["PCI DSS"], 6, 4));

        // 75 × 0.3 + 75 × 0.2 + 60 × 0.15 + 75 × 0.15 + 50 × 0.2
        Assert.Equal(67.75m, score.Score);
        Assert.Equal((ServiceTier.Critical, PromiseKind.ContractualSla), (score.Tier, score.Promise));
        Assert.Equal("50,000 USD, 45,000 EUR", score.Lines[0].Given);
        Assert.Equal(PromiseKind.Slo, ServiceScore.Of(Scorecard.Usual, new ScoreInputs(500_000, "EUR", 200_000, ["DORA"], 0, 4)).Promise);
    }

    [Fact]
    public void Of_NothingGiven_SaysSoAndIsBestEffort()
    {
        var score = ServiceScore.Of(Scorecard.Usual, ScoreInputs.Nothing(0));

        Assert.Equal(PromiseKind.BestEffort, score.Promise);
        Assert.Equal(3, score.Lines.Count(l => !l.IsKnown));
    }

    [Fact]
    public void RefusalFor_WeightsThatDoNotSum_SaysByHowMuch()
    {
        var card = Scorecard.Usual with { Criteria = [.. Scorecard.Usual.Criteria.Select(c => c.Kind == ScoreCriterionKind.Users ? c with { Weight = 0.1m } : c)] };

        Assert.Equal("The weights make 0.90; they must make 1, or 100 %. Change one of them by 0.10.", Scorecard.RefusalFor(card));
        Assert.Null(Scorecard.RefusalFor(Scorecard.Usual));
    }

    [Fact]
    public void RefusalFor_WhatCannotBe_IsASentence()
    {
        var usual = Scorecard.Usual;
        Scorecard[] wrong =
        [
            usual with { Criteria = [.. usual.Criteria.Skip(1)] },
            usual with { Criteria = [.. usual.Criteria.Select(c => c with { Steps = [new(10, 50), new(5, 60)] })] },
            usual with { Criteria = [.. usual.Criteria.Select(c => c with { Steps = [new(10, 150)] })] },
            usual with { Frameworks = [new("DORA", 50, ""), new("dora", 60, "")] },
            usual with { ImportantFrom = 80 }, usual with { SlaFrom = 10 }, usual with { Currency = "euro" }, usual with { Rates = [new("EUR", 1)] }, usual with { Rates = null! },
        ];

        Assert.All(wrong, card => Assert.EndsWith(".", Scorecard.RefusalFor(card), StringComparison.Ordinal));
    }
}
