using System.Diagnostics.Metrics;
using SloPortal.Application.Common;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>What the writer does, for the portal's own metrics.</summary>
internal static class IngestMetrics
{
    private static readonly Counter<long> Samples =
        PassMetrics.Meter.CreateCounter<long>("sloportal.ingest.samples", description: "Samples that were answered, by what became of them");

    private static readonly Histogram<double> CommitDuration =
        PassMetrics.Meter.CreateHistogram<double>("sloportal.ingest.commit.duration", "s", "Time from taking the writers' lock to the end of the commit");

    private static readonly Counter<long> Failures =
        PassMetrics.Meter.CreateCounter<long>("sloportal.ingest.failures", description: "Groups whose commit failed or whose outcome is unknown");

    private static readonly UpDownCounter<long> Queued =
        PassMetrics.Meter.CreateUpDownCounter<long>("sloportal.ingest.queue.length", description: "Requests that wait for the writer");

    public static void Committed(TimeSpan took, IngestGroup group)
    {
        CommitDuration.Record(took.TotalSeconds);
        foreach (var tally in group.Tallies.Values)
        {
            foreach (var (outcome, count, _) in tally.Outcomes())
            {
                Samples.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
            }
        }
    }

    public static void Failed() => Failures.Add(1);

    public static void Queue(int change) => Queued.Add(change);
}
