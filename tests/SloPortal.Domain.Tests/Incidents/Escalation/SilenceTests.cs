using CsCheck;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Domain.Tests.Incidents.Escalation;

public sealed class SilenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Team = Guid.NewGuid();
    private static readonly Guid Checkout = Guid.NewGuid();

    [Theory]
    [InlineData("instance=db-1", true)]
    [InlineData("instance=\"db-1\"", true)]
    [InlineData(" instance = db-1 ", true)]
    [InlineData("instance=db", false)]
    [InlineData("instance!=db-2", true)]
    [InlineData("instance!=db-1", false)]
    [InlineData("instance=~db-.*", true)]
    [InlineData("instance=~db", false)]
    [InlineData("instance!~db-.*", false)]
    [InlineData("instance!~web.*", true)]
    // What is absent is empty, as in Prometheus.
    [InlineData("zone=", true)]
    [InlineData("zone=~", true)]
    [InlineData("zone!=eu", true)]
    [InlineData("zone=~.+", false)]
    // Either of two is still the whole value.
    [InlineData("instance=~db|db-1", true)]
    [InlineData("instance=~1|db", false)]
    public void Holds_Condition_AsPrometheusReadsIt(string text, bool holds) =>
        Assert.Equal(holds, LabelCondition.Read(text)!.Holds(new Dictionary<string, string> { ["instance"] = "db-1" }));

    [Theory]
    [InlineData("")]
    [InlineData("instance")]
    [InlineData("=db-1")]
    [InlineData("instance!db-1")]
    [InlineData("  =x")]
    public void Read_NoCondition_IsNull(string text) => Assert.Null(LabelCondition.Read(text));

    [Theory]
    [InlineData("a(")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)b")]
    public void IsReadable_ExpressionThatNeedsBacktracking_IsFalseAndKeepsNothingQuiet(string expression)
    {
        var labels = new Dictionary<string, string> { ["a"] = "b" };
        Assert.False(new LabelCondition("a", LabelComparison.Matches, expression).IsReadable());
        Assert.False(new LabelCondition("a", LabelComparison.Matches, expression).Holds(labels));
        Assert.False(new LabelCondition("a", LabelComparison.DoesNotMatch, expression).Holds(labels));
    }

    [Fact]
    public void Read_WhatIsWritten_IsTheSame() =>
        Gen.Select(Gen.String[Gen.Char["abc_:1"], 1, 10], Gen.Enum<LabelComparison>(), Gen.String[Gen.Char["ab\"=!~ .*\\"], 0, 20])
            .Sample((label, comparison, value) =>
            {
                var condition = new LabelCondition(label, comparison, value);
                return LabelCondition.Read(condition.ToString()) == condition;
            });

    [Fact]
    public void Covers_AnyInstant_HoldsFromItsStartUntilBeforeItsEnd() =>
        Gen.Select(Gen.Int[-200, 200], Gen.Int[1, 200], Gen.Int[-400, 400]).Sample((start, length, at) =>
        {
            var silence = Silence(Noon.AddMinutes(start), Noon.AddMinutes(start + length));
            Assert.Equal(at >= start && at < start + length, silence.Covers(Signal(Checkout), Noon.AddMinutes(at)));
        });

    [Fact]
    public void Covers_AnotherServiceOrTeam_DoesNot()
    {
        var silence = new Silence(Guid.NewGuid(), Team, Checkout, [], Noon, Noon.AddHours(1), "deploy", null, "Olga", Noon);
        Assert.True(silence.Covers(Signal(Checkout), Noon));
        Assert.False(silence.Covers(Signal(Guid.NewGuid()), Noon));
        Assert.False(silence.Covers(Signal(null), Noon));
        Assert.False(Silence(Noon, Noon.AddHours(1)).Covers(Signal(Checkout, Guid.NewGuid()), Noon));
    }

    [Theory]
    [InlineData(240, 15)]
    [InlineData(60, 15)]
    [InlineData(20, 5)]
    public void TellAt_AnyLength_IsAQuarterOfAnHourOrOfTheSilenceBeforeItsEnd(int minutes, int before) =>
        Assert.Equal(Noon.AddMinutes(minutes - before), Silence(Noon, Noon.AddMinutes(minutes)).TellAt);

    [Fact]
    public void End_OneThatIsOnlyPlanned_NeverCovers()
    {
        var silence = Silence(Noon.AddHours(1), Noon.AddHours(2));
        silence.End("Olga", Noon);
        Assert.All(Enumerable.Range(0, 180), minute => Assert.False(silence.Covers(Signal(Checkout), Noon.AddMinutes(minute))));
        Assert.Null(silence.TellAt);
    }

    private static Silence Silence(DateTimeOffset from, DateTimeOffset until) => new(Guid.NewGuid(), Team, null, [], from, until, "deploy", null, "Olga", from);

    private static Signal Signal(Guid? service, Guid? team = null) =>
        new(Guid.NewGuid(), null, SignalOrigin.Alertmanager, service, team ?? Team, new SignalReading(SignalWord.Fires, "disk", "disk is full", SignalSeverity.Error, new Dictionary<string, string>()), Noon);
}
