using CsCheck;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Dependencies;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Domain.Tests.Objectives;

public sealed class DependencyCeilingTests
{
    private const int Minutes = 40;

    private static readonly Gen<double[]> Shares = Gen.Double[0, 1].Array[Minutes];
    private static readonly Gen<double[]> WholeMinutes = Gen.Bool.Select(good => good ? 1d : 0d).Array[Minutes];

    [Fact]
    public void Of_MinutesThatAreWhollyGoodOrBad_CountsThoseInWhichNothingNeededIsMissing() =>
        Gen.Select(WholeMinutes.Array[1, 3], WholeMinutes.Array[1, 4], Gen.Int[1, 4]).Sample((series, group, needs) =>
        {
            needs = Math.Min(needs, group.Length);
            var good = Enumerable.Range(0, Minutes).Count(m => series.All(s => s[m] == 1) && group.Count(g => g[m] == 1) >= needs);

            var ceiling = Ceiling([.. series.Select(Series), new DependencyPart("pool", needs, [.. group.Select(g => Node(g))])]);

            Assert.Equal((double)good / Minutes, ceiling.Observed, 1e-12);
        });

    [Fact]
    public void Of_AnyShares_IsNoBetterThanTheWeakestInSeriesAndNoWorseThanAllLossesTogether() =>
        Shares.Array[1, 4].Sample(series =>
        {
            var ceiling = Ceiling([.. series.Select(Series)]);

            Assert.True(ceiling.Observed <= series.Min(s => s.Average()) + 1e-12);
            Assert.True(ceiling.Observed >= 1 - series.Sum(s => 1 - s.Average()) - 1e-12);
            Assert.Equal(series.Aggregate(1d, (all, s) => all * s.Average()), ceiling.Independent, 1e-9);
        });

    [Fact]
    public void Of_SharesThatNeverMove_AgreesWithIndependence() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 3], Gen.Double[0, 1].Array[1, 5], Gen.Int[1, 5]).Sample((series, group, needs) =>
        {
            var ceiling = Ceiling([.. series.Select(s => Series(Still(s))), new DependencyPart("pool", Math.Min(needs, group.Length), [.. group.Select(g => Node(Still(g)))])]);

            Assert.Equal(ceiling.Independent, ceiling.Observed, 1e-9);
        });

    [Fact]
    public void AtLeast_AnyShares_EqualsTheSumOverAllOutcomes() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 6], Gen.Int[1, 6]).Sample((good, required) =>
        {
            double expected = 0;
            for (var outcome = 0; outcome < 1 << good.Length; outcome++)
            {
                var working = Enumerable.Range(0, good.Length).Where(i => (outcome >> i & 1) == 1).ToHashSet();
                if (working.Count >= required)
                    expected += Enumerable.Range(0, good.Length).Aggregate(1d, (p, i) => p * (working.Contains(i) ? good[i] : 1 - good[i]));
            }

            Assert.Equal(expected, DependencyPart.AtLeast(required, good), 1e-12);
        });

    [Fact]
    public void Of_OutagesInTheSameMinutes_IsHigherThanIndependenceAndSaysSo()
    {
        var out4 = Out(0, 4);

        var ceiling = Ceiling([Series(out4), Series(out4)]);

        Assert.Equal(0.9, ceiling.Observed, 1e-12);
        Assert.Equal(0.81, ceiling.Independent, 1e-12);
        Assert.StartsWith("Outages coincide", ceiling.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OutagesOneAfterAnother_IsLowerThanIndependenceAndSaysSo()
    {
        var ceiling = Ceiling([Series(Out(0, 4)), Series(Out(20, 4))]);

        Assert.Equal(0.8, ceiling.Observed, 1e-12);
        Assert.Contains("one after another", ceiling.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GroupWhoseMembersFailTogether_SaysThatRedundancyHelpsLess()
    {
        var ceiling = Ceiling([new DependencyPart("regions", 1, [Node(Out(0, 4)), Node(Out(0, 4))])]);

        Assert.Equal(0.9, ceiling.Observed, 1e-12);
        Assert.Equal(0.99, ceiling.Independent, 1e-12);
        Assert.Contains("redundancy helps less", ceiling.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_UnmeasuredDependency_IsLeftOutAndNamed()
    {
        var (ceiling, leftOut) = DependencyCeiling.Of([Series(Out(0, 4)), DependencyPart.Series(new DependencyNode("Ledger", false, null, []))], Minutes);

        Assert.Equal(0.9, ceiling!.Observed, 1e-12);
        Assert.Equal("Ledger", Assert.Single(leftOut).Name);
    }

    [Fact]
    public void Of_GroupWithTooFewMeasured_IsLeftOutWhole()
    {
        var (ceiling, leftOut) = DependencyCeiling.Of([new DependencyPart("regions", 2, [Node(Still(1)), new DependencyNode("West", false, null, [])])], Minutes);

        Assert.Null(ceiling);
        Assert.Equal(["West", "The group regions"], leftOut.Select(l => l.Name));
    }

    [Fact]
    public void Of_ServiceWithoutMeasure_IsAsGoodAsWhatItNeeds()
    {
        var unmeasured = new DependencyNode("Payments", false, null, [Series(Out(0, 4)), Series(Out(4, 4))]);

        var ceiling = Ceiling([DependencyPart.Series(unmeasured)]);

        Assert.Equal(0.8, ceiling.Observed, 1e-12);
        Assert.True(Assert.Single(ceiling.Counted).Derived);
    }

    [Fact]
    public void Of_MinutesWithoutData_CountsOnlyThoseInWhichAllIsKnown()
    {
        var quiet = Out(0, 4);
        for (var minute = 30; minute < Minutes; minute++)
            quiet[minute] = double.NaN;

        var ceiling = Ceiling([Series(quiet), Series(Out(32, 8))]);

        Assert.Equal(30, ceiling.Minutes);
        Assert.Equal(26d / 30, ceiling.Observed, 1e-12);
    }

    [Fact]
    public void ExternalOutages_VendorInSeriesAndInAGroup_LeavesOutOnlyWhatTheVendorsTookAway()
    {
        DependencyNode[] carriers = [Vendor(Out(0, 4)), Vendor(Out(2, 4))];
        var payments = new DependencyNode("Payments", false, Still(0), [DependencyPart.Series(Vendor(Out(10, 2)))]);

        var lost = ExternalOutages.Of([new DependencyPart("carriers", 1, carriers), DependencyPart.Series(payments)], Minutes);

        Assert.Equal([2, 3, 10, 11], Enumerable.Range(0, Minutes).Where(m => lost[m]));
    }

    [Fact]
    public void TargetMustNotExceedDependencyCeiling_AboveIt_NamesFiguresWeakestAndWhatIsUnknown()
    {
        var (ceiling, leftOut) = DependencyCeiling.Of([Series(Out(0, 4)), DependencyPart.Series(new DependencyNode("Ledger", false, null, []))], Minutes);

        var finding = TargetFeasibility.TargetMustNotExceedDependencyCeiling(new ObjectiveTarget(99m), ceiling!, leftOut);

        Assert.Equal(FeasibilityRule.TargetIsAboveTheDependencies, finding!.Rule);
        Assert.Contains("90.00 %", finding.Sentence, StringComparison.Ordinal);
        Assert.Contains("Not counted: Ledger.", finding.Sentence, StringComparison.Ordinal);
        Assert.Null(TargetFeasibility.TargetMustNotExceedDependencyCeiling(new ObjectiveTarget(90m), ceiling!, leftOut));
    }

    private static DependencyCeiling Ceiling(IReadOnlyList<DependencyPart> parts) => DependencyCeiling.Of(parts, Minutes).Ceiling!;

    private static DependencyPart Series(double[] good) => DependencyPart.Series(Node(good));

    private static DependencyNode Node(double[] good) => new("Node", false, good, []);

    private static DependencyNode Vendor(double[] good) => new("Vendor", true, good, []);

    private static double[] Still(double share) => [.. Enumerable.Repeat(share, Minutes)];

    private static double[] Out(int first, int length) => [.. Enumerable.Range(0, Minutes).Select(m => m >= first && m < first + length ? 0d : 1d)];
}
