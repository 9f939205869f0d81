using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>Folds what a server holds of the series that a definition reads, window by window, oldest first.</summary>
internal static class PulledHistory
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>Null when all was folded, or why not.</summary>
    public static async Task<Refusal?> FoldAsync(
        PrometheusClient client, PrometheusServer server, HistoryFold fold, SliDefinition definition, Interval interval, CancellationToken ct)
    {
        var places = new Dictionary<LabelSet, int>();
        for (var start = interval.Start; start < interval.End; start += Window)
        {
            var end = start + Window < interval.End ? start + Window : interval.End;
            // The next window is not asked for before this one is folded, so that memory holds one at most.
            var answers = await Task.WhenAll(definition.Selectors().Select(s => client.SamplesAsync(server, s, end, end - start, ct)));
            foreach (var answer in answers)
            {
                if (!answer.Succeeded)
                    return answer.Refusal;
                foreach (var series in answer.Value)
                    Take(fold, places, series);
            }
        }
        return null;
    }

    private static void Take(HistoryFold fold, Dictionary<LabelSet, int> places, SeriesSamples series)
    {
        if (!places.TryGetValue(series.Labels, out var place))
            places.Add(series.Labels, place = fold.Read(series.Labels) ?? -1);
        if (place < 0)
            return;
        foreach (var sample in series.Samples.Where(s => double.IsFinite(s.Value)))
            fold.TakeAt(place, sample.Time, sample.Value);
    }
}
