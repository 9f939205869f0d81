using SloPortal.Domain.Access;

namespace SloPortal.Web.Shared;

/// <summary>Answers the command palette: what all areas offer, best match first, only what the actor may open.</summary>
internal sealed class FindAnything(IEnumerable<IPaletteEntries> areas)
{
    public const int MaxQueryLength = 100;
    private const int MostInAGroup = 6;

    public async Task<IReadOnlyList<PaletteEntry>> HandleAsync(string? query, Actor actor, CancellationToken ct)
    {
        var text = (query ?? "").Trim();
        if (text.Length > MaxQueryLength)
            text = text[..MaxQueryLength];
        var found = await Task.WhenAll(areas.Select(a => a.FindAsync(text, actor, ct)));
        return [.. found.SelectMany(e => e)
            .Select(e => (Entry: e, Score: PaletteMatch.Score(text, e)))
            .Where(e => e.Score > 0)
            .GroupBy(e => e.Entry.Group)
            // Groups keep together, the one with the best match first; in a tie the order in which the areas are registered.
            .OrderByDescending(g => g.Max(e => e.Score))
            .SelectMany(g => g.OrderByDescending(e => e.Score).Take(text.Length == 0 ? int.MaxValue : MostInAGroup))
            .Select(e => e.Entry)];
    }
}
