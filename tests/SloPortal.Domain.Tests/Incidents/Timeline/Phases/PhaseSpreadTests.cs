using CsCheck;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Domain.Tests.Incidents.Timeline.Phases;

public sealed class PhaseSpreadTests
{
    [Fact]
    public void Of_FourLengths_AreNearestRanks() => Assert.Equal(new PhaseSpread(4, 20, 30, 40, 40), PhaseSpread.Of([30, 10, 40, 20]));

    [Fact]
    public void Of_None_KnowsNothing() => Assert.Equal(new PhaseSpread(0, null, null, null, null), PhaseSpread.Of([]));

    [Fact]
    public void Of_AnyLengths_IsTheLeastThatSoManyDoNotExceed() =>
        Gen.Int[0, 100].Array[1, 60].Sample(lengths =>
        {
            var spread = PhaseSpread.Of(lengths.Select(l => (double)l));

            foreach (var (percent, found) in new[] { (50, spread.MedianSeconds), (75, spread.P75Seconds), (90, spread.P90Seconds), (100, spread.MaxSeconds) })
                Assert.Equal(lengths.Where(at => 100 * lengths.Count(l => l <= at) >= percent * lengths.Length).Min(), found);
            Assert.Equal(lengths.Length < PhaseSpread.Few, spread.IsFew);
        });
}
