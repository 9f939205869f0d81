using System.Globalization;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Measurement;

namespace SloPortal.Web.Measurement;

/// <summary>What the wizard holds while an SLI is defined: a metric with conditions, and what makes an event good or bad.</summary>
public sealed class SliInput
{
    private string name = "";
    private string? ownSlug;

    public SliKind Kind { get; set; } = SliKind.CounterRatio;

    public int? SourceId { get; set; }

    /// <summary>The counter of all events, the gauge, or the base name of the histogram.</summary>
    public string Metric { get; set; } = "";

    /// <summary>Conditions on all series.</summary>
    public List<MatcherInput> Matchers { get; private set; } = [];

    /// <summary>The further conditions name bad events; else good ones.</summary>
    public bool PartIsBad { get; set; } = true;

    /// <summary>Another metric that counts the good or bad events; the same when empty.</summary>
    public string PartMetric { get; set; } = "";

    /// <summary>Further conditions on the good or bad events.</summary>
    public List<MatcherInput> PartMatchers { get; private set; } = [new()];

    public ThresholdOperator Operator { get; set; } = ThresholdOperator.AtMost;

    public string Threshold { get; set; } = "";

    public CompositeRule Rule { get; set; } = CompositeRule.Weighted;

    /// <summary>The steps of a journey.</summary>
    public List<PartInput> Parts { get; } = [new(), new()];

    public string Name
    {
        get => name;
        set => name = value;
    }

    /// <summary>Follows the name until somebody writes their own.</summary>
    public string Slug
    {
        get => ownSlug ?? Domain.Common.Slug.From(name);
        set => ownSlug = value.Length == 0 ? null : value;
    }

    public string Description { get; set; } = "";

    /// <summary>Whether enough is there to count something.</summary>
    public bool CanPreview => Kind is not (SliKind.Pushed or SliKind.Composite) && SourceId is not null && Metric.Trim().Length > 0
        && Matchers.Concat(PartMatchers).All(m => m.Problem is null)
        && Kind switch
        {
            SliKind.CounterRatio => PartMetric.Trim().Length > 0 || PartMatchers.Exists(m => !m.IsEmpty),
            SliKind.GaugeThreshold or SliKind.HistogramThreshold => ThresholdValue is not null,
            SliKind.Pushed or SliKind.Composite => false,
            _ => throw new InvalidOperationException($"Unknown kind {Kind}."),
        };

    public double? ThresholdValue =>
        double.TryParse(Threshold, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The definition as it stands; what is missing is left out, and the operation says so.</summary>
    public SliDraft Draft()
    {
        var all = Text(Metric, Matchers);
        return Kind switch
        {
            SliKind.CounterRatio => new SliDraft { Kind = Kind, Total = all, Bad = PartIsBad ? Part() : null, Good = PartIsBad ? null : Part() },
            SliKind.GaugeThreshold => new SliDraft { Kind = Kind, Gauge = all, Operator = Operator, Threshold = ThresholdValue },
            SliKind.HistogramThreshold => new SliDraft { Kind = Kind, Histogram = all, Threshold = ThresholdValue },
            SliKind.Pushed => new SliDraft { Kind = Kind },
            SliKind.Composite => new SliDraft { Kind = Kind, Rule = Rule, Parts = [.. Parts.Where(p => p.SliId is not null).Select(p => new CompositePart(p.SliId!.Value, p.Weight))] },
            _ => throw new InvalidOperationException($"Unknown kind {Kind}."),
        };
    }

    /// <summary>Fills the fields from a definition to begin with.</summary>
    public void Begin(SliDraft draft, string suggestedName)
    {
        Kind = draft.Kind;
        var all = SeriesSelector.Parse(draft.Total ?? draft.Gauge ?? draft.Histogram ?? throw new ArgumentException("The start reads no series.", nameof(draft)));
        Metric = all.MetricName ?? "";
        Matchers = [.. all.Matchers.Select(MatcherInput.Of)];
        if ((draft.Bad ?? draft.Good) is { } text)
        {
            var part = SeriesSelector.Parse(text);
            PartIsBad = draft.Bad is not null;
            PartMetric = part.MetricName == all.MetricName ? "" : part.MetricName ?? "";
            PartMatchers = [.. part.Matchers.Where(m => !all.Matchers.Contains(m)).Select(MatcherInput.Of)];
        }
        Operator = draft.Operator ?? Operator;
        Threshold = draft.Threshold?.ToString("R", CultureInfo.InvariantCulture) ?? "";
        if (Name.Length == 0)
            Name = suggestedName;
    }

    /// <summary>Conditions on all events hold for a part of them that the same metric counts.</summary>
    private string? Part()
    {
        var other = PartMetric.Trim().Length > 0;
        return !other && PartMatchers.TrueForAll(m => m.IsEmpty) ? null : Text(other ? PartMetric : Metric, other ? PartMatchers : Matchers.Concat(PartMatchers));
    }

    private static string? Text(string metric, IEnumerable<MatcherInput> matchers) =>
        metric.Trim().Length == 0 ? null
        : SeriesSelector.TryCreate(metric.Trim(), [.. matchers.Select(m => m.Matcher).OfType<LabelMatcher>()], out var selector, out _) ? selector.ToString() : null;
}

/// <summary>One step of a journey, as it is typed.</summary>
public sealed class PartInput
{
    public int? SliId { get; set; }

    /// <summary>In percent; a decimal comma is understood.</summary>
    public string WeightText { get; set; } = "";

    /// <summary>0 to 1; what is no number weighs nothing, and the form says so.</summary>
    public decimal Weight =>
        decimal.TryParse(WeightText.Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent / 100m : 0m;
}
