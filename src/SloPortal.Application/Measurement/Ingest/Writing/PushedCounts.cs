using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>
/// Good and total events that were pushed. The receipt under its key commits with them, so that the same key again changes nothing.
/// </summary>
/// <param name="sourceId">Who pushes.</param>
/// <param name="key">The sender's name for this push.</param>
/// <param name="requestHash">Hash of what was sent, to tell a repetition from another push under the same key.</param>
/// <param name="response">The answer, as JSON, to be given again.</param>
/// <param name="minutes">What is to be counted.</param>
/// <param name="remembered">False where all of it was refused, so that the sender can mend it and use the key again.</param>
public sealed class PushedCounts(int sourceId, string key, byte[] requestHash, string response, IReadOnlyList<MinuteDelta> minutes, bool remembered = true)
    : IngestRequest(sourceId)
{
    public string Key => key;

    public byte[] RequestHash => requestHash;

    public bool Remembered => remembered;

    /// <summary>The answer to give once it is stored; where the key was known, the answer of the first time.</summary>
    public string Response { get; private set; } = response;

    /// <summary>Whether the key is known with other content, so that nothing was stored.</summary>
    public bool KeyWasUsedOtherwise { get; private set; }

    /// <summary>Whether the key was new. Known once it is answered.</summary>
    internal bool IsNew { get; private set; } = true;

    private int _putOff;

    internal override int SampleCount => minutes.Count;

    internal override int Weight => minutes.Count;

    internal override void CountPutOff(int samples) => _putOff = samples;

    /// <summary>Tells that the key is known. Before it is folded.</summary>
    internal void Meet(ReadOnlySpan<byte> knownHash, string knownResponse)
    {
        IsNew = false;
        KeyWasUsedOtherwise = !knownHash.SequenceEqual(requestHash);
        Response = knownResponse;
    }

    internal override void FoldInto(SeriesTable table, in SampleRules rules, IngestGroup group)
    {
        var tally = group.TallyOf(SourceId);
        tally.Arrived += minutes.Count;
        tally.PutOff += _putOff;
        if (!IsNew)
        {
            tally.Duplicates += minutes.Count;
            return;
        }

        tally.Matched += minutes.Count;
        foreach (var (sliId, minute, good, total) in minutes)
        {
            group.Minutes.Add(sliId, minute, good, total);
        }
    }
}
