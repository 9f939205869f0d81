using Microsoft.Extensions.Caching.Memory;
using SloPortal.Application.Measurement;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Budgets;

/// <summary>
/// The budget left over the last seven days, for the small charts of a list. A point stands on every whole six hours, so that a line
/// is read once and kept until the next point is due.
/// </summary>
public sealed class BudgetTrends(SliCounts counts, IMemoryCache cache)
{
    private const int Points = 29;
    private static readonly TimeSpan Step = TimeSpan.FromHours(6);

    /// <summary>
    /// Shares of budget left (1 untouched), oldest first, null without data, for each row that has a version in force. What lies
    /// before the version is judged by it all the same.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<double?>>> OfAsync(IReadOnlyList<ObjectiveRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var end = new DateTimeOffset(now.UtcTicks - now.UtcTicks % Step.Ticks, TimeSpan.Zero);
        var trends = new Dictionary<Guid, IReadOnlyList<double?>>();
        var missing = new List<ObjectiveRow>();
        foreach (var row in rows)
        {
            if (row.Version is null)
                continue;
            if (cache.TryGetValue((typeof(BudgetTrends), row.Id, row.Version, end), out IReadOnlyList<double?>? known))
                trends[row.Id] = known!;
            else
                missing.Add(row);
        }

        if (missing.Count == 0)
            return trends;
        var asked = missing.SelectMany(row => Ends(end).Select(at => new CountsAsked(row.CountsId!.Value, SloWindow.Parse(row.Window!).At(at)))).ToList();
        var answers = await counts.InAsync(asked, ct);
        for (var i = 0; i < missing.Count; i++)
        {
            var row = missing[i];
            var (target, window) = (new ObjectiveTarget(row.TargetPercent!.Value), SloWindow.Parse(row.Window!));
            var line = Ends(end).Select((at, p) => ErrorBudget.At(at, answers[i * Points + p], target, window).LeftShare).ToArray();
            trends[row.Id] = cache.Set<IReadOnlyList<double?>>((typeof(BudgetTrends), row.Id, row.Version, end), line, Step);
        }

        return trends;
    }

    private static IEnumerable<DateTimeOffset> Ends(DateTimeOffset last) => Enumerable.Range(0, Points).Select(i => last - (Points - 1 - i) * Step);
}
