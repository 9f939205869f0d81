using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>The SLIs by name.</summary>
internal sealed class SliPaletteEntries(ListSlis.Handler list) : IPaletteEntries
{
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        if (query.Length == 0)
            return [];
        // Several words may lie in different fields; the palette checks the rest of them.
        var found = await list.HandleAsync(new ListSlis(Filter: query.Split(' ')[0]), actor, ct);
        return [.. (found.Value ?? []).Select(s => new PaletteEntry("SLIs", s.Name, $"{s.ServiceName} · {s.Slug}", Routes.Sli(s.Id)))];
    }
}
