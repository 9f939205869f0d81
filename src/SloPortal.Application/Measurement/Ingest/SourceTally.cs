using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>What became of the samples of one source in a group. Every sample is in exactly one of the counts below arrived.</summary>
public sealed class SourceTally
{
    private readonly long[] _refused = new long[SampleRefusals.Count];

    /// <summary>Samples that arrived, native histograms among them.</summary>
    public long Arrived { get; set; }

    /// <summary>New samples that an SLI reads.</summary>
    public long Matched { get; set; }

    /// <summary>New samples of series that no SLI reads.</summary>
    public long Unmatched { get; set; }

    /// <summary>Samples that were known already.</summary>
    public long Duplicates { get; set; }

    /// <summary>Samples refused for the reason.</summary>
    public long Refused(SampleRefusal reason) => _refused[(int)reason];

    /// <summary>Counts refused samples.</summary>
    public void Refuse(SampleRefusal reason, long count = 1) => _refused[(int)reason] += count;

    /// <summary>The reasons that occurred, with their counts.</summary>
    public IEnumerable<(SampleRefusal Reason, long Count)> Refusals()
    {
        for (var i = 1; i < _refused.Length; i++)
        {
            if (_refused[i] > 0)
            {
                yield return ((SampleRefusal)i, _refused[i]);
            }
        }
    }
}
