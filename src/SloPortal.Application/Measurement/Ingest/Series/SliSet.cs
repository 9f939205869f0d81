using System.Collections.Frozen;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>An SLI as the writer reads it.</summary>
/// <param name="SliId">Its number in the minute tables.</param>
/// <param name="SourceId">The only source whose series count; null counts those of every source.</param>
/// <param name="Definition">What it counts.</param>
/// <param name="Split">By what its events are counted apart as well; null where they are not.</param>
public sealed record ReadSli(int SliId, int? SourceId, SliDefinition Definition, SplitSegments? Split = null);

/// <summary>
/// All SLIs at one time, arranged so that a series meets only those that could read it: each selector lies under one label with the
/// value that it requires, the one that the fewest others require too. Immutable, but for the segments of splits.
/// </summary>
public sealed class SliSet
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, ReadSli[]>> _byLabel;
    private readonly ReadSli[] _requiringNothing;
    private readonly FrozenDictionary<int, SplitSegments> _splits;

    /// <summary>Arranges the SLIs by what their selectors require.</summary>
    public SliSet(IEnumerable<ReadSli> slis)
    {
        ArgumentNullException.ThrowIfNull(slis);
        var all = slis.ToArray();
        _splits = all.Where(s => s.Split is not null).Select(s => s.Split!).ToFrozenDictionary(s => s.SplitId);
        var selectors = all.SelectMany(sli => sli.Definition.Selectors().Select(s => (Sli: sli, Required: s.Required().ToArray()))).ToArray();
        var uses = selectors.SelectMany(s => s.Required).CountBy(label => label).ToDictionary();
        _requiringNothing = [.. selectors.Where(s => s.Required.Length == 0).Select(s => s.Sli).Distinct()];
        _byLabel = selectors.Where(s => s.Required.Length > 0)
            .Select(s => (s.Sli, Label: s.Required.MinBy(label => uses[label])))
            .GroupBy(x => x.Label.Key)
            .ToFrozenDictionary(
                name => name.Key,
                name => name.GroupBy(x => x.Label.Value, x => x.Sli).ToFrozenDictionary(value => value.Key, value => value.Distinct().ToArray(), StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    /// <summary>No SLIs.</summary>
    public static SliSet Empty { get; } = new([]);

    /// <summary>Whether any SLI is split.</summary>
    public bool HasSplits => _splits.Count > 0;

    /// <summary>The segments of a split; null when it is not in force.</summary>
    public SplitSegments? SegmentsOf(int splitId) => _splits.GetValueOrDefault(splitId);

    /// <summary>What the series adds, to which SLIs, in the order of their numbers.</summary>
    internal void LinksOf(int sourceId, LabelSet labels, List<SliLink> links)
    {
        links.Clear();
        Add(_requiringNothing);
        foreach (var (name, value) in labels.Labels)
        {
            if (_byLabel.TryGetValue(name, out var byValue) && byValue.TryGetValue(value, out var slis))
            {
                Add(slis);
            }
        }

        // An SLI whose selectors lie under several labels was met more than once.
        links.Sort(static (a, b) => a.SliId.CompareTo(b.SliId));
        for (var i = links.Count - 1; i > 0; i--)
        {
            if (links[i].SliId == links[i - 1].SliId)
            {
                links.RemoveAt(i);
            }
        }

        void Add(ReadSli[] slis)
        {
            foreach (var sli in slis)
            {
                if ((sli.SourceId ?? sourceId) == sourceId
                    && SliLink.Of(sli.SliId, sli.Definition, sli.Definition.RolesOf(labels)) is { } link)
                {
                    links.Add(sli.Split is { } split ? link with { Segment = split.Of(labels) } : link);
                }
            }
        }
    }
}
