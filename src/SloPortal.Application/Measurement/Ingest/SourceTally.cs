using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>What became of the samples of one source in a group. Every sample is in exactly one of the counts below arrived, one that is held
/// to be thinned once that is decided.</summary>
public sealed class SourceTally
{
    /// <summary>Examples are cut to so many characters.</summary>
    public const int ExampleLength = 300;

    private readonly long[] _refused = new long[SampleRefusals.Count];
    private readonly string?[] _examples = new string?[SampleRefusals.Count];

    /// <summary>Samples that arrived, native histograms among them.</summary>
    public long Arrived { get; set; }

    /// <summary>New samples that an SLI reads.</summary>
    public long Matched { get; set; }

    /// <summary>New samples of series that no SLI reads.</summary>
    public long Unmatched { get; set; }

    /// <summary>Samples that were known already.</summary>
    public long Duplicates { get; set; }

    /// <summary>Samples that were left out since a later one of the same minute says what they said: above the rate of the source's budget.</summary>
    public long Thinned { get; set; }

    /// <summary>Samples of requests that were asked to come again, above the rate of the source's budget. They have not arrived.</summary>
    public long PutOff { get; set; }

    /// <summary>Samples refused for the reason.</summary>
    public long Refused(SampleRefusal reason) => _refused[(int)reason];

    /// <summary>Samples refused for reasons that are not usual.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Counts refused samples.</summary>
    public void Refuse(SampleRefusal reason, long count = 1)
    {
        _refused[(int)reason] += count;
        RefusedCount += reason.IsUsual() ? 0 : count;
    }

    /// <summary>Adds another one, such as that of one request.</summary>
    public void Add(SourceTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Arrived += other.Arrived;
        Matched += other.Matched;
        Unmatched += other.Unmatched;
        Duplicates += other.Duplicates;
        Thinned += other.Thinned;
        PutOff += other.PutOff;
        foreach (var (reason, count) in other.Refusals())
        {
            Refuse(reason, count);
            _examples[(int)reason] ??= other._examples[(int)reason];
        }
    }

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

    /// <summary>Why samples were refused, in words for the sender.</summary>
    public string RefusalSentences() => string.Join(" ", Refusals().Where(r => !r.Reason.IsUsual()).Select(r => r.Reason.Sentence()));

    /// <summary>Whether a refusal for the reason should be explained with <see cref="Explain"/>.</summary>
    public bool WantsExample(SampleRefusal reason) => _examples[(int)reason] is null && !reason.IsUsual();

    /// <summary>Keeps an example of what was refused for the reason.</summary>
    public void Explain(SampleRefusal reason, string example)
    {
        ArgumentNullException.ThrowIfNull(example);
        // Zero characters are not text to PostgreSQL, and half a pair of surrogates is not text at all.
        var text = example.Replace('\0', ' ');
        var end = ExampleLength - 1;
        _examples[(int)reason] ??= text.Length <= ExampleLength ? text
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    /// <summary>What became of the samples, by the names under which it is stored.</summary>
    public IEnumerable<(string Outcome, long Count, string? Example)> Outcomes()
    {
        if (Matched > 0)
        {
            yield return (SampleOutcome.Matched, Matched, null);
        }

        if (Unmatched > 0)
        {
            yield return (SampleOutcome.Unmatched, Unmatched, null);
        }

        if (Duplicates > 0)
        {
            yield return (SampleOutcome.Duplicate, Duplicates, null);
        }

        if (Thinned > 0)
        {
            yield return (SampleOutcome.Thinned, Thinned, null);
        }

        if (PutOff > 0)
        {
            yield return (SampleOutcome.PutOff, PutOff, null);
        }

        foreach (var (reason, count) in Refusals())
        {
            yield return (reason.ToString(), count, _examples[(int)reason]);
        }
    }
}
