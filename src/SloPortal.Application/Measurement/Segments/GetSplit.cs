using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>A label by which an SLI could be split, as its series are at present.</summary>
/// <param name="Values">How many values it has; the absent one is one of them.</param>
/// <param name="Examples">The first few, by name.</param>
/// <param name="Lacking">How many of the series lack it.</param>
/// <param name="DecidesGood">Whether it tells good events from others, so that a segment would be all good or all bad.</param>
public sealed record SplitLabel(string Name, int Values, IReadOnlyList<string> Examples, int Lacking, bool DecidesGood)
{
    /// <summary>Whether a split by it says something within the usual cap.</summary>
    public bool IsUseful => Values is > 1 and <= SliSplit.UsualCap && Lacking == 0 && !DecidesGood;
}

/// <summary>How an SLI is split, and by what it could be.</summary>
/// <param name="Present">Null where it is not split.</param>
/// <param name="Obstacle">Why it cannot be, a sentence; null when it can.</param>
/// <param name="Series">How many series it reads at present.</param>
/// <param name="Labels">Those that say something first.</param>
public sealed record SplitChoices(SplitTold? Present, string? Obstacle, int Series, IReadOnlyList<SplitLabel> Labels);

/// <summary>How an SLI is split, and the labels that its series have.</summary>
public sealed record GetSplit(int SliId)
{
    private const int Examples = 4;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource)
    {
        public async Task<Outcome<SplitChoices>> HandleAsync(GetSplit request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.Slis.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SliId, ct) is not { } sli)
                return Refusal.NotFound("The SLI");
            var present = await db.SliSplits.AsNoTracking().SingleOrDefaultAsync(s => s.SliId == sli.Id && s.EndedAt == null, ct);
            var series = await StoredSeries.LabelsAsync(dataSource, sli.Definition, sli.SourceId, ct);
            return new SplitChoices(present is null ? null : SplitTold.Of(present), SliSplit.Obstacle(sli.Definition), series.Count, LabelsOf(sli.Definition, [.. series.Select(s => s.Labels)]));
        }

        private static List<SplitLabel> LabelsOf(SliDefinition definition, IReadOnlyList<LabelSet> series)
        {
            var names = series.SelectMany(s => s.Labels).Select(l => l.Key).Distinct().Where(name => SliSplit.Problem(name) is null).ToList();
            return
            [
                .. names.Select(name =>
                    {
                        var values = series.Select(s => s[name]).ToList();
                        var distinct = values.Distinct().Order(StringComparer.Ordinal).ToList();
                        return new SplitLabel(name, distinct.Count, [.. distinct.Where(v => v.Length > 0).Take(Examples)], values.Count(v => v.Length == 0), DecidesGood(definition, name));
                    })
                    .OrderByDescending(l => l.IsUseful).ThenBy(l => l.Values == 1).ThenBy(l => l.Values).ThenBy(l => l.Name, StringComparer.Ordinal),
            ];
        }

        private static bool DecidesGood(SliDefinition definition, string label) =>
            definition is CounterRatio ratio && (ratio.Good ?? ratio.Bad)!.Matchers.Any(m => m.Label == label) && !ratio.Total.Matchers.Any(m => m.Label == label);
    }
}
