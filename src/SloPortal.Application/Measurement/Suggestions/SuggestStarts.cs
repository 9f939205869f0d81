using System.Globalization;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Suggestions;

/// <summary>A definition to begin with, made from what a source really has.</summary>
/// <param name="Name">A name for the SLI.</param>
/// <param name="Sentence">What it counts, in words.</param>
/// <param name="Draft">The definition.</param>
public sealed record SliStart(string Name, string Sentence, SliDraft Draft);

/// <summary>
/// Recognises common shapes among the metrics of a source: a counter of requests by status, and a histogram of durations.
/// </summary>
public sealed record SuggestStarts(int SourceId)
{
    public sealed class Handler(SuggestMetrics.Handler metrics, SuggestLabels.Handler labels, SuggestLabelValues.Handler values)
    {
        private const int MaxOfAKind = 4;

        private static readonly string[] StatusLabels = ["code", "status", "status_code", "http_status", "http_response_status_code", "http_status_code", "grpc_code", "grpc_status"];

        public async Task<Outcome<IReadOnlyList<SliStart>>> HandleAsync(SuggestStarts request, Actor actor, CancellationToken ct)
        {
            var totals = await metrics.HandleAsync(new SuggestMetrics(request.SourceId, "_total", 300), actor, ct);
            if (!totals.Succeeded)
                return totals.Refusal;
            var buckets = await metrics.HandleAsync(new SuggestMetrics(request.SourceId, "_bucket", 300), actor, ct);
            if (!buckets.Succeeded)
                return buckets.Refusal;
            var starts = new List<SliStart>();
            foreach (var metric in totals.Value.Where(m => m.EndsWith("_total", StringComparison.Ordinal)).OrderByDescending(LooksLikeRequests).Take(20))
            {
                if (starts.Count < MaxOfAKind && await OfCounterAsync(request.SourceId, metric, actor, ct) is { } start)
                    starts.Add(start);
            }
            foreach (var metric in buckets.Value.Where(m => m.EndsWith("_bucket", StringComparison.Ordinal)).OrderByDescending(LooksLikeRequests).Take(MaxOfAKind))
            {
                if (await OfHistogramAsync(request.SourceId, metric, actor, ct) is { } start)
                    starts.Add(start);
            }
            return starts;
        }

        private static bool LooksLikeRequests(string metric) =>
            metric.Contains("request", StringComparison.Ordinal) || metric.Contains("handled", StringComparison.Ordinal);

        private async Task<SliStart?> OfCounterAsync(int source, string metric, Actor actor, CancellationToken ct)
        {
            var names = (await labels.HandleAsync(new SuggestLabels(source, metric), actor, ct)).Value ?? [];
            if (StatusLabels.FirstOrDefault(names.Contains) is not { } label)
                return null;
            var found = (await values.HandleAsync(new SuggestLabelValues(source, metric, label), actor, ct)).Value ?? [];
            var isHttp = found.Any(v => v.Length == 3 && v.All(char.IsAsciiDigit));
            if (!isHttp && !label.StartsWith("grpc", StringComparison.Ordinal))
                return null;
            var bad = isHttp ? "5.." : "Unknown|DeadlineExceeded|Internal|Unavailable|DataLoss";
            return new SliStart(
                "Requests that succeed",
                $"{metric} counts requests by {label}; those with {(isHttp ? "a 5xx status" : "a server error")} are bad.",
                new SliDraft { Kind = SliKind.CounterRatio, Bad = $"{metric}{{{label}=~\"{bad}\"}}", Total = metric });
        }

        private async Task<SliStart?> OfHistogramAsync(int source, string metric, Actor actor, CancellationToken ct)
        {
            var bounds = Bounds((await values.HandleAsync(new SuggestLabelValues(source, metric, "le", Limit: 200), actor, ct)).Value ?? []);
            if (bounds.Count == 0)
                return null;
            var name = metric[..^"_bucket".Length];
            // A third of a second is where people begin to wait; a unit that is not seconds has no such point.
            var bound = name.EndsWith("_seconds", StringComparison.Ordinal) ? bounds.MinBy(b => Math.Abs(b - 0.3)) : bounds[bounds.Count / 2];
            return new SliStart(
                "Requests that are fast",
                $"{name} is a histogram; what stays within {bound.ToString(CultureInfo.InvariantCulture)}{(name.EndsWith("_seconds", StringComparison.Ordinal) ? " s" : "")} is good.",
                new SliDraft { Kind = SliKind.HistogramThreshold, Histogram = name, Threshold = bound });
        }

        /// <summary>The finite bounds, in order.</summary>
        public static IReadOnlyList<double> Bounds(IEnumerable<string> values) =>
            [.. values.Select(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var b) && double.IsFinite(b) ? (double?)b : null)
                .OfType<double>().Distinct().Order()];
    }
}
