using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Classifying;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Domain.Tests.Measurement.Classifying;

public class ClassificationTests
{
    private static readonly SeriesSelector Events = SeriesSelector.Parse("requests_total{job=\"shop\"}");

    [Fact]
    public void RuleOf_TwoRulesSelectIt_TheFirstDecides()
    {
        var rules = Of(("{code=\"503\"}", false), ("{code=~\"5..\"}", true));
        Assert.Equal(0, rules.RuleOf(Series("503")));
        Assert.Equal(1, rules.RuleOf(Series("500")));
        Assert.Null(rules.RuleOf(Series("200")));
    }

    [Theory]
    [InlineData("requests_total{job=\"shop\",code=~\"5..\"}", "5..", true)]
    [InlineData("requests_total{job=\"shop\",code=~\"(5..)|(429)\"}", "5..", true, "429", true)]
    [InlineData("requests_total{job=\"shop\",code=~\"5..\",code!~\"503\"}", "503", false, "5..", true)]
    public void TryPropose_RulesOnOneLabel_ReadsWhatTheRulesDecide(string expected, string first, bool firstTouches, string? second = null, bool secondTouches = false)
    {
        var rules = second is null ? Of(($"{{code=~\"{first}\"}}", firstTouches)) : Of(($"{{code=~\"{first}\"}}", firstTouches), ($"{{code=~\"{second}\"}}", secondTouches));
        Assert.True(rules.TryPropose(out var sli, out var problem), problem);
        Assert.Equal(SeriesSelector.Parse(expected), sli!.Bad);
        foreach (var code in new[] { "200", "404", "429", "500", "503" })
        {
            var touching = rules.RuleOf(Series(code)) is { } rule && rules.Rules[rule].TouchesUsers;
            Assert.Equal(touching, sli.Bad!.Selects(Series(code)));
        }
    }

    [Fact]
    public void TryPropose_WhatOneSelectorCannotSay_SaysSo()
    {
        Assert.False(Of(("{code=~\"5..\"}", false)).TryPropose(out _, out _));
        Assert.False(Of(("{code=~\"5..\"}", true), ("{path=\"/health\"}", false), ("{code=\"429\"}", true)).TryPropose(out _, out _));
        Assert.False(Of(("{code=~\"5..\"}", true), ("{path=\"/pay\"}", true)).TryPropose(out _, out var problem));
        Assert.Contains("One selector cannot say", problem, StringComparison.Ordinal);
    }

    private static Classification Of(params (string Selector, bool Touches)[] rules) =>
        new(Events, [.. rules.Select(r => new ClassificationRule(SeriesSelector.Parse(r.Selector), FailureClass.Error, r.Touches, "Because."))]);

    private static LabelSet Series(string code) => LabelSet.Of("requests_total", ("job", "shop"), ("code", code), ("path", "/pay"));
}
