using System.Diagnostics.CodeAnalysis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>The forms of a definition.</summary>
public enum SliKind
{
    CounterRatio,
    GaugeThreshold,
    HistogramThreshold,
    Pushed,

    /// <summary>A journey over several services.</summary>
    Composite,
}

/// <summary>
/// A definition as a person or a program writes it: selectors as PromQL text, fields of other kinds left out. It becomes a
/// <see cref="SliDefinition"/>, or sentences beside the fields that say what is wrong.
/// </summary>
public sealed record SliDraft
{
    public SliKind Kind { get; init; }

    /// <summary>The good events, for a ratio of counters; or else <see cref="Bad"/>.</summary>
    public string? Good { get; init; }

    /// <summary>The bad events, for a ratio of counters; or else <see cref="Good"/>.</summary>
    public string? Bad { get; init; }

    /// <summary>All events, for a ratio of counters.</summary>
    public string? Total { get; init; }

    /// <summary>The gauge, for a threshold on one.</summary>
    public string? Gauge { get; init; }

    /// <summary>How a sample of the gauge is compared for it to be good.</summary>
    public ThresholdOperator? Operator { get; init; }

    /// <summary>The base name of the histogram, with conditions: <c>http_request_duration_seconds{job="api"}</c>.</summary>
    public string? Histogram { get; init; }

    /// <summary>In the unit of the gauge or the histogram.</summary>
    public double? Threshold { get; init; }

    /// <summary>How the parts of a composite make one figure.</summary>
    public CompositeRule? Rule { get; init; }

    /// <summary>Of a composite: the SLIs with their weights, which make 1.</summary>
    public IReadOnlyList<CompositePart>? Parts { get; init; }

    /// <summary>The draft that makes this definition.</summary>
    public static SliDraft Of(SliDefinition definition) => definition switch
    {
        CounterRatio ratio => new SliDraft { Kind = SliKind.CounterRatio, Good = ratio.Good?.ToString(), Bad = ratio.Bad?.ToString(), Total = ratio.Total.ToString() },
        GaugeThreshold gauge => new SliDraft { Kind = SliKind.GaugeThreshold, Gauge = gauge.Gauge.ToString(), Operator = gauge.Operator, Threshold = gauge.Threshold },
        HistogramThreshold histogram => new SliDraft { Kind = SliKind.HistogramThreshold, Histogram = histogram.Histogram.ToString(), Threshold = histogram.UpperBound },
        PushedRatio => new SliDraft { Kind = SliKind.Pushed },
        Composite composite => new SliDraft { Kind = SliKind.Composite, Rule = composite.Rule, Parts = composite.Parts },
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, null),
    };

    /// <summary>The definition, or a refusal whose fields are named <c>Definition.Good</c> and so on.</summary>
    public bool TryBuild([NotNullWhen(true)] out SliDefinition? definition, [NotNullWhen(false)] out Refusal? refusal)
    {
        var problems = new Dictionary<string, string[]>();
        definition = Kind switch
        {
            SliKind.CounterRatio => Ratio(problems),
            SliKind.GaugeThreshold => OfGauge(problems),
            SliKind.HistogramThreshold => OfHistogram(problems),
            SliKind.Pushed => new PushedRatio(),
            SliKind.Composite => new Composite(Rule ?? CompositeRule.Weighted, Parts ?? []),
            _ => null,
        };
        if (definition is null && problems.Count == 0)
            Add(problems, nameof(Kind), "Choose what the SLI counts: a ratio of counters, a threshold on a gauge or a histogram, pushed counts, or a journey over other SLIs.");
        if (definition?.Problems() is { Count: > 0 } sentences)
        {
            problems["Definition"] = [.. sentences];
            definition = null;
        }
        refusal = problems.Count == 0 ? null : new Refusal(RefusalKind.Invalid, string.Join(" ", problems.Values.SelectMany(p => p).Distinct()), problems);
        return refusal is null;
    }

    private CounterRatio? Ratio(Dictionary<string, string[]> problems)
    {
        var good = Selector(nameof(Good), Good, problems, required: null);
        var bad = Selector(nameof(Bad), Bad, problems, required: null);
        var total = Selector(nameof(Total), Total, problems, "Give the selector of all events, such as http_requests_total{job=\"api\"}.");
        return problems.Count == 0 ? new CounterRatio(good, bad, total!) : null;
    }

    private GaugeThreshold? OfGauge(Dictionary<string, string[]> problems)
    {
        var gauge = Selector(nameof(Gauge), Gauge, problems, "Give the selector of the gauge, such as queue_age_seconds{queue=\"mail\"}.");
        if (Operator is null)
            Add(problems, nameof(Operator), "Choose how a sample is compared with the threshold.");
        return NeedsThreshold(problems) && problems.Count == 0 ? new GaugeThreshold(gauge!, Operator!.Value, Threshold!.Value) : null;
    }

    private HistogramThreshold? OfHistogram(Dictionary<string, string[]> problems)
    {
        var histogram = Selector(nameof(Histogram), Histogram, problems, "Name the histogram, such as http_request_duration_seconds.");
        return NeedsThreshold(problems) && problems.Count == 0 ? new HistogramThreshold(histogram!, Threshold!.Value) : null;
    }

    private bool NeedsThreshold(Dictionary<string, string[]> problems)
    {
        if (Threshold is null)
            Add(problems, nameof(Threshold), "Give the threshold as a number.");
        return Threshold is not null;
    }

    private static SeriesSelector? Selector(string field, string? text, Dictionary<string, string[]> problems, string? required)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required is not null)
                Add(problems, field, required);
            return null;
        }
        if (!SeriesSelector.TryParse(text, out var selector, out var problem))
            Add(problems, field, problem);
        return selector;
    }

    private static void Add(Dictionary<string, string[]> problems, string field, string sentence) => problems["Definition." + field] = [sentence];
}
