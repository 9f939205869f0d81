using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.Domain.Objectives.Negotiation;
using SloPortal.Web.Objectives;

namespace SloPortal.Web.Tests.Objectives;

public sealed class EvidenceGeometryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<EvidencePoint> Line = [.. Enumerable.Range(0, 50).Select(i => new EvidencePoint(Start.AddHours(i), 0.9990 + i * 0.00001))];

    [Fact]
    public void Of_PositionsFarBelowTheHistory_StretchesTheScaleToThem()
    {
        var geometry = EvidenceGeometry.Of(Line, 99.9, TimeZoneInfo.Utc, [new(95m, Side.Engineering, "Olga"), new(99.95m, Side.Stakeholders, "Sami")]);

        Assert.True(geometry.Low < 95m);
        Assert.All(geometry.Marks, m => Assert.InRange(m.Y, EvidenceGeometry.Top, EvidenceGeometry.Bottom));
        Assert.True(geometry.Marks.Single(m => m.Mark.Side == Side.Stakeholders).Y < geometry.TargetY);
        Assert.True(geometry.Marks.Single(m => m.Mark.Side == Side.Engineering).Y > geometry.TargetY);
    }

    [Fact]
    public void Of_PositionsThatAreClose_StandSideBySideAndInTheBox()
    {
        var geometry = EvidenceGeometry.Of(Line, 99.9, TimeZoneInfo.Utc, [new(99.9m, Side.Engineering, "Olga"), new(99.9m, Side.Stakeholders, "Sami"), new(99.901m, Side.Stakeholders, "Wanda")]);

        Assert.Equal(3, geometry.Marks.Select(m => m.X).Distinct().Count());
        Assert.All(geometry.Marks, m => Assert.InRange(m.X, EvidenceGeometry.Right + 10, 634));
    }

    [Fact]
    public void Of_HeldEstimates_DrawsTheirIntervalsWithinThePlot()
    {
        var geometry = EvidenceGeometry.Of(Line, 99.9, TimeZoneInfo.Utc, [], [new(90, new Estimate(0.9995, 0.9, 1)), new(99, new Estimate(0.9991, 0.9990, 0.9996))]);

        Assert.All(geometry.Held, h => Assert.True(h.High <= h.Y && h.Y <= h.Low));
        Assert.All(geometry.Held, h => Assert.InRange(h.Low, EvidenceGeometry.Top, EvidenceGeometry.Bottom));
        Assert.True(geometry.Held[0].X > geometry.Held[1].X);
    }
}
