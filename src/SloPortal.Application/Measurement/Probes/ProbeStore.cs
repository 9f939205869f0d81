using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes;

/// <summary>Runs of one probe on their way into the counts: each that measured is one event of its minute, good or failed.</summary>
public sealed class ProbeStore(IngestWriter writer, IngestSettings settings)
{
    /// <summary>Stores runs with what they count; those that are known change nothing.</summary>
    /// <returns>What became of them, and how many were new events.</returns>
    public async Task<(IngestAnswer Answer, int Counted)> WriteAsync(int sourceId, int sliId, IReadOnlyList<ProbeResult> runs, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var rules = PushRules.At(now, settings.OldestSample);
        var (counted, kept) = (new List<CountedRow>(), new List<ProbeResult>());
        foreach (var run in runs)
        {
            var minute = MinuteClock.Floor(run.At);
            var counts = new PushedInterval(minute, minute.AddMinutes(1), run.Outcome == ProbeOutcome.Good ? 1 : 0, 1);
            // A clock that is wrong by years would move the history.
            if (rules.Problem(counts) is not null)
                continue;
            kept.Add(run);
            if (run.Outcome != ProbeOutcome.NotMeasured)
                counted.Add(new CountedRow(run.Key, counts));
        }
        var request = new CountedRows(sourceId, sliId, counted, [], null, results: kept);
        return kept.Count == 0 ? (IngestAnswer.Stored, 0) : (await writer.WriteAsync(request), request.Kept);
    }
}
