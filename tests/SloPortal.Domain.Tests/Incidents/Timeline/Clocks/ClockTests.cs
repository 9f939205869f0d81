using CsCheck;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Clocks;

namespace SloPortal.Domain.Tests.Incidents.Timeline.Clocks;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<decimal> AnyOffset = Gen.Long[-86_400_000_000, 86_400_000_000].Select(micros => micros / 1_000_000m);

    private static readonly Gen<PlacedEntry> AnyEntry = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3], Gen.Int[0, 3],
        (at, uncertainty, clock) => new PlacedEntry(Guid.NewGuid(), Noon.AddSeconds(at), TimeSpan.FromSeconds(uncertainty == 3 ? 10 : uncertainty), $"clock {clock}"));

    [Fact]
    public void Correct_AnyOffset_IsTakenOffToTheMicrosecond() => Gen.Select(AnyOffset, Gen.Long[0, 86_400_000_000]).Sample((offset, said) =>
    {
        var at = Noon.AddTicks(said * 10);
        Assert.Equal(at.UtcTicks - (long)(offset * 10_000_000m), new ClockOffset(offset, 0).Correct(at).UtcTicks);
        Assert.Equal(at, new ClockOffset(-offset, 0).Correct(new ClockOffset(offset, 0).Correct(at)));
    });

    [Fact]
    public void Correct_ByOneOffset_KeepsTheOrderOfItsClock() => Gen.Select(AnyOffset, Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000]).Sample((offset, one, other) =>
    {
        var clock = new ClockOffset(offset, 0);
        Assert.Equal(one.CompareTo(other), clock.Correct(Noon.AddTicks(one)).CompareTo(clock.Correct(Noon.AddTicks(other))));
    });

    [Fact]
    public void Correct_AtTheEndsOfTime_StaysWithinThem()
    {
        Assert.Equal(DateTimeOffset.MinValue, new ClockOffset(10, 0).Correct(DateTimeOffset.MinValue));
        Assert.Equal(DateTimeOffset.MaxValue, new ClockOffset(-10, 0).Correct(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Open_AnyEntries_AreThoseWhosePossibleTimesMeetOneOfAnotherClock() => AnyEntry.List[0, 25].Sample(entries =>
    {
        bool Meet(PlacedEntry a, PlacedEntry b) => a.Clock != b.Clock && a.Uncertainty + b.Uncertainty > TimeSpan.Zero && (a.At - b.At).Duration() <= a.Uncertainty + b.Uncertainty;
        Assert.Equal(entries.Where(a => entries.Any(b => Meet(a, b))).Select(e => e.Id).Order(), EntryOrder.Open(entries).Order());
    });

    [Fact]
    public void Open_WhenAllAreCertain_IsNone() => AnyEntry.Select(e => e with { Uncertainty = TimeSpan.Zero }).List[0, 25].Sample(entries => Assert.Empty(EntryOrder.Open(entries)));

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(86_400, 86_400, true)]
    [InlineData(-86_400, 0, true)]
    [InlineData(86_401, 0, false)]
    [InlineData(0.000001, 0.5, true)]
    [InlineData(0.0000001, 0, false)]
    [InlineData(0, -1, false)]
    [InlineData(0, 86_401, false)]
    public void WhyNot_Offset_IsWithinADayInMicroseconds(double offset, double uncertainty, bool taken) => Assert.Equal(taken, new ClockOffset((decimal)offset, (decimal)uncertainty).WhyNot() is null);

    [Theory]
    [InlineData(12.5, 2, "12.5 s ahead, ± 2 s")]
    [InlineData(-3600, 0, "3,600 s behind")]
    [InlineData(0, 0.25, "as it says, ± 0.25 s")]
    public void ToString_Offset_SaysWhichWay(double offset, double uncertainty, string text) => Assert.Equal(text, new ClockOffset((decimal)offset, (decimal)uncertainty).ToString());

    [Theory]
    [InlineData("portal", true, Provenance.Asserted, null, "portal")]
    [InlineData("portal", true, Provenance.EnteredLater, null, "Ruth's watch")]
    [InlineData("chat", false, Provenance.EnteredLater, null, "chat")]
    [InlineData("portal", true, Provenance.EnteredLater, "chat", "chat")]
    public void Of_AnEntry_IsItsSourceOrAWatch(string source, bool isSaid, Provenance provenance, string? kept, string clock) => Assert.Equal(clock, EntryClock.Of(source, isSaid, provenance, "Ruth", kept));
}
