using CsCheck;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public sealed class SliSetTests
{
    private static readonly Gen<string> Value = OneOf("", "a", "b", "c");

    private static readonly Gen<string> Matcher = Gen.Select(
        OneOf("code", "job", "pod"), OneOf("=", "=", "=", "!=", "=~", "!~"), Value, (label, op, value) => $"{label}{op}\"{(op.Contains('~') ? $"{value}|c" : value)}\"");

    // With a metric or without, and then with the one condition that a missing label does not fulfil.
    private static readonly Gen<SeriesSelector> Selector = Gen.Select(OneOf("x", "y", ""), Matcher.Array[0, 3], (metric, matchers) =>
        SeriesSelector.Parse($"{metric}{{{string.Join(",", metric.Length > 0 ? matchers : [.. matchers, "job!=\"\""])}}}"));

    private static readonly Gen<SliDefinition> Definition = Gen.OneOf(
        Gen.Select(Selector, Selector, (good, total) => (SliDefinition)new CounterRatio(good, null, total)),
        Gen.Select(Selector, Selector, (bad, total) => (SliDefinition)new CounterRatio(null, bad, total)),
        Selector.Select(gauge => (SliDefinition)new GaugeThreshold(gauge, ThresholdOperator.Below, 1)),
        Matcher.Array[0, 2].Select(matchers => (SliDefinition)new HistogramThreshold(SeriesSelector.Parse($"h{{{string.Join(",", matchers)}}}"), 0.5)));

    private static readonly Gen<LabelSet> Series = Gen.Select(
        OneOf("x", "y", "z", "h_bucket", "h_count"), Value, Value, Value, OneOf("", "0.5", "0.50", "1"), (metric, code, job, pod, le) =>
            LabelSet.Of(metric, ("code", code), ("job", job), ("pod", pod), ("le", le)));

    [Fact]
    public void LinksOf_AnySlisAndSeries_EqualsAskingEachSli() => Gen.Select(
        Gen.Select(Gen.OneOf(Gen.Const((int?)null), Gen.Int[1, 2].Select(id => (int?)id)), Definition).Array[0, 12], Series.Array[1, 12]).Sample((slis, series) =>
    {
        // Given out of order, since the list of a series must not depend on it.
        var read = slis.Select((s, i) => new ReadSli(100 - i, s.Item1, s.Item2)).ToArray();
        var set = new SliSet(read);
        var links = new List<SliLink>();
        foreach (var labels in series)
        {
            set.LinksOf(1, labels, links);
            Assert.Equal(
                read.Where(s => s.SourceId is null or 1).OrderBy(s => s.SliId).Select(s => SliLink.Of(s.SliId, s.Definition, s.Definition.RolesOf(labels))).OfType<SliLink>(),
                links);
        }
    });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
