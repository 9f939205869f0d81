using System.Globalization;
using System.Text.RegularExpressions;

namespace SloPortal.Domain.Measurement;

/// <summary>
/// A threshold on a classic histogram: an observation up to a bucket's bound is good. Good is <c>&lt;name&gt;_bucket{le=bound}</c>,
/// total is <c>&lt;name&gt;_count</c>.
/// </summary>
/// <param name="Histogram">The base name of the histogram and conditions on its labels.</param>
/// <param name="UpperBound">The bound of the bucket, in the unit of the histogram; compared with <c>le</c> as a number.</param>
public sealed record HistogramThreshold(SeriesSelector Histogram, double UpperBound) : SliDefinition
{
    /// <summary>The label that holds the bound of a bucket.</summary>
    public const string BoundLabel = "le";

    private static readonly string[] Suffixes = ["_bucket", "_count", "_sum"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Histogram?.MetricName is not { } name)
        {
            problems.Add("Name the histogram, such as http_request_duration_seconds.");
        }
        else if (Suffixes.FirstOrDefault(s => name.EndsWith(s, StringComparison.Ordinal)) is { } suffix)
        {
            problems.Add($"Give the base name of the histogram, {name[..^suffix.Length]}, without {suffix}.");
        }

        if (Histogram?.Matchers.Any(m => m.Label == BoundLabel) == true)
        {
            problems.Add("Leave out the label le; the threshold chooses the bucket.");
        }

        if (!double.IsFinite(UpperBound))
        {
            problems.Add("The threshold must be the finite bound of a bucket; in the last bucket every event is good.");
        }

        return problems;
    }

    /// <inheritdoc />
    public override SeriesRole RolesOf(LabelSet labels)
    {
        var name = Histogram.MetricName!;
        var metric = labels.MetricName;
        if (!metric.StartsWith(name, StringComparison.Ordinal))
        {
            return SeriesRole.None;
        }

        var role = metric.AsSpan(name.Length) switch
        {
            "_bucket" when IsBound(labels[BoundLabel]) => SeriesRole.Good,
            "_count" => SeriesRole.Total,
            _ => SeriesRole.None,
        };
        return role != SeriesRole.None && Histogram.For(metric).Selects(labels) ? role : SeriesRole.None;
    }

    /// <inheritdoc />
    public override IReadOnlyList<SeriesSelector> Selectors()
    {
        var name = Histogram.MetricName!;
        var spellings = string.Join('|', Spellings().Distinct().Select(Regex.Escape));
        return LabelMatcher.TryCreate(BoundLabel, MatchOperator.Matches, spellings, out var bound, out var problem)
            ? [Histogram.For(name + "_bucket", bound), Histogram.For(name + "_count")]
            : throw new InvalidOperationException(problem);
    }

    private bool IsBound(string le) =>
        double.TryParse(le, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) && bound == UpperBound;

    /// <summary>How clients write the same bound: 1, 1.0, 1e+06, 1000000.0, 1.0E6.</summary>
    private IEnumerable<string> Spellings()
    {
        var plain = UpperBound.ToString("0.#################", CultureInfo.InvariantCulture);
        yield return plain;
        yield return UpperBound.ToString("R", CultureInfo.InvariantCulture);
        yield return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        yield return UpperBound.ToString("0.################e+00", CultureInfo.InvariantCulture);
        yield return UpperBound.ToString("0.################e-00", CultureInfo.InvariantCulture);
        yield return UpperBound.ToString("0.0###############E0", CultureInfo.InvariantCulture);
    }
}
