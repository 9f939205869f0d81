using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>What became of a request.</summary>
public enum IngestAnswer
{
    /// <summary>It is committed: what it holds is counted, and the same again changes nothing.</summary>
    Stored,

    /// <summary>Too much waits already. Nothing of it is kept; it must be sent again.</summary>
    Busy,

    /// <summary>Above the rate of its source's budget. Nothing of it is kept; it must be sent again after <see cref="IngestRequest.Wait"/>.</summary>
    OverRate,

    /// <summary>The database is away, or whether it committed is unknown. It must be sent again, and then counts once.</summary>
    Unavailable,
}

/// <summary>
/// Something to be stored by <see cref="IngestWriter"/>, which owns it from <see cref="IngestWriter.WriteAsync"/> on, whatever comes of it.
/// </summary>
public abstract class IngestRequest(int sourceId)
{
    private readonly TaskCompletionSource<IngestAnswer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who sent it.</summary>
    public int SourceId => sourceId;

    /// <summary>How long to wait before it is sent again, where it was answered <see cref="IngestAnswer.OverRate"/>.</summary>
    public TimeSpan Wait { get; internal set; }

    /// <summary>How many samples wait with it.</summary>
    internal abstract int SampleCount { get; }

    internal Task<IngestAnswer> Answered => _answered.Task;

    /// <summary>What the rate of its source's budget weighs; 0 where it knows no rate.</summary>
    internal virtual int Weight => 0;

    /// <summary>Has one sample of each series and minute kept of it. False where none can be left out.</summary>
    internal virtual bool TryThin() => false;

    /// <summary>Counts samples that were put off before it with its own.</summary>
    internal virtual void CountPutOff(int samples)
    {
    }

    internal abstract void FoldInto(SeriesTable table, in SampleRules rules, IngestGroup group);

    internal void Answer(IngestAnswer answer)
    {
        if (_answered.TrySetResult(answer))
        {
            Release();
        }
    }

    /// <summary>Gives back what it borrowed.</summary>
    private protected virtual void Release()
    {
    }
}

/// <summary>The samples of one request.</summary>
public sealed class WrittenSamples(DecodedWrite write) : IngestRequest(write.SourceId)
{
    internal override int SampleCount => write.SampleCount;

    internal override int Weight => write.SampleCount;

    /// <summary>Each delta is a count of its own, so none can be left out.</summary>
    internal override bool TryThin()
    {
        foreach (ref readonly var slot in write.Slots)
        {
            if (write.LabelsOf(slot).IndexOf("__temporality__"u8) >= 0)
            {
                return false;
            }
        }

        return write.IsThinned = true;
    }

    internal override void CountPutOff(int samples) => write.Tally.PutOff += samples;

    internal override void FoldInto(SeriesTable table, in SampleRules rules, IngestGroup group) => table.Fold(write, rules, group);

    private protected override void Release() => write.Dispose();
}

/// <summary>The samples of one series, oldest first.</summary>
public sealed record SeriesSamples(LabelSet Labels, IReadOnlyList<RawSample> Samples);

/// <summary>Samples that a pull brought.</summary>
public sealed class PulledSamples(int sourceId, IReadOnlyList<SeriesSamples> series) : IngestRequest(sourceId)
{
    private bool _thinned;

    internal override int SampleCount { get; } = series.Sum(s => s.Samples.Count);

    internal override int Weight => SampleCount;

    internal override bool TryThin() => _thinned = true;

    internal override void FoldInto(SeriesTable table, in SampleRules rules, IngestGroup group)
    {
        foreach (var (labels, samples) in series)
        {
            table.Fold(SourceId, labels, samples as RawSample[] ?? [.. samples], rules, group, _thinned);
        }
    }
}
