using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>Puts the answers to the questions about one window together: each series once, its samples in order, each instant once.</summary>
internal static class PullMerge
{
    public static List<SeriesSamples> Of(PullPlan plan, IEnumerable<(PullQuestion Question, List<SeriesSamples> Answer)> answers)
    {
        var merged = new Dictionary<LabelSet, SortedDictionary<long, double>>();
        foreach (var (question, answer) in answers)
        {
            foreach (var series in answer)
            {
                var known = plan.KnownBefore(question, series.Labels);
                foreach (var sample in series.Samples)
                {
                    if (sample.Time <= known)
                        continue;
                    if (!merged.TryGetValue(series.Labels, out var samples))
                        merged.Add(series.Labels, samples = []);
                    samples[sample.Time] = sample.Value;
                }
            }
        }
        return [.. merged.Select(m => new SeriesSamples(m.Key, [.. m.Value.Select(s => new RawSample(s.Key, s.Value))]))];
    }
}
