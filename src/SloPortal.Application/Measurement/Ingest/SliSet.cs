using System.Collections.Frozen;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>An SLI as the writer reads it.</summary>
/// <param name="SliId">Its number in the minute tables.</param>
/// <param name="SourceId">The only source whose series count; null counts those of every source.</param>
/// <param name="Definition">What it counts.</param>
public sealed record ReadSli(int SliId, int? SourceId, SliDefinition Definition);

/// <summary>All SLIs at one time, arranged so that a new series meets only those that could read it. Immutable.</summary>
public sealed class SliSet
{
    private readonly FrozenDictionary<string, ReadSli[]> _byMetric;
    private readonly ReadSli[] _byMatcherOnly;

    /// <summary>Arranges the SLIs by metric name.</summary>
    public SliSet(IEnumerable<ReadSli> slis)
    {
        ArgumentNullException.ThrowIfNull(slis);
        var all = slis.OrderBy(s => s.SliId).ToArray();
        _byMatcherOnly = [.. all.Where(s => s.Definition.Selectors().Any(x => x.MetricName is null))];
        _byMetric = all.Except(_byMatcherOnly)
            .SelectMany(s => s.Definition.Selectors().Select(x => x.MetricName!).Distinct().Select(name => (Name: name, Sli: s)))
            .GroupBy(x => x.Name, x => x.Sli)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>No SLIs.</summary>
    public static SliSet Empty { get; } = new([]);

    /// <summary>What the series adds, to which SLIs.</summary>
    internal void LinksOf(int sourceId, LabelSet labels, List<SliLink> links)
    {
        links.Clear();
        if (_byMetric.TryGetValue(labels.MetricName, out var named))
        {
            AddLinks(named);
        }

        AddLinks(_byMatcherOnly);

        void AddLinks(ReadSli[] slis)
        {
            foreach (var sli in slis)
            {
                if ((sli.SourceId ?? sourceId) == sourceId
                    && SliLink.Of(sli.SliId, sli.Definition, sli.Definition.RolesOf(labels)) is { } link)
                {
                    links.Add(link);
                }
            }
        }
    }
}
