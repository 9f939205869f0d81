using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Domain.Tests.Measurement.Comparing;

public sealed class DisagreementTests
{
    private static readonly Tolerance Tolerance = new(1, AfterHours: 3, GapHours: 2);

    // A letter for each hour: agree, differ, first silent, second silent, nobody there.
    [Theory]
    [InlineData("aaddd", FindingKind.Difference, 3)]
    [InlineData("adadd", FindingKind.Difference, 0)]
    [InlineData("addfnd", FindingKind.Difference, 3)]
    [InlineData("addda", FindingKind.Difference, 0)]
    [InlineData("aff", FindingKind.SliSilent, 2)]
    [InlineData("afnnf", FindingKind.SliSilent, 2)]
    [InlineData("ffa", FindingKind.SliSilent, 0)]
    [InlineData("ass", FindingKind.OtherSilent, 2)]
    [InlineData("sff", FindingKind.OtherSilent, 0)]
    [InlineData("nnnn", FindingKind.SliSilent, 0)]
    public void RunOf_HoursInARow_AreAFindingWhenTheyAreEnough(string hours, FindingKind kind, int expected) =>
        Assert.Equal(expected, Disagreement.RunOf(kind, Of(hours), Tolerance)?.Hours.Count ?? 0);

    [Theory]
    [InlineData("dddaa", FindingKind.Difference, false)]
    [InlineData("dddaaa", FindingKind.Difference, true)]
    [InlineData("dddaada", FindingKind.Difference, false)]
    [InlineData("dddaafa", FindingKind.Difference, true)]
    [InlineData("ffa", FindingKind.SliSilent, true)]
    [InlineData("ffn", FindingKind.SliSilent, false)]
    public void IsOver_AsManyHoursOfAgreementAsMadeIt_EndsIt(string hours, FindingKind kind, bool expected) =>
        Assert.Equal(expected, Disagreement.IsOver(kind, Of(hours), Tolerance));

    [Fact]
    public void IsExceededBy_TheToleranceItself_IsNotBeyondIt()
    {
        var half = new Tolerance(25, 1, 1);

        Assert.False(half.IsExceededBy(new(default, new(75, 100), new(100, 100))));
        Assert.True(half.IsExceededBy(new(default, new(74, 100), new(100, 100))));
    }

    private static List<ComparedHour> Of(string hours) => [.. hours.Select((letter, i) => letter switch
    {
        'a' => new ComparedHour(At(i), new(100, 100), new(100, 100)),
        'd' => new ComparedHour(At(i), new(100, 100), new(90, 100)),
        'f' => new ComparedHour(At(i), EventCounts.None, new(100, 100)),
        's' => new ComparedHour(At(i), new(100, 100), EventCounts.None),
        _ => new ComparedHour(At(i), EventCounts.None, EventCounts.None),
    })];

    private static DateTimeOffset At(int hour) => new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
}
