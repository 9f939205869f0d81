using SloPortal.Domain.Access;

namespace SloPortal.Web.Shared;

/// <summary>The pages of the navigation.</summary>
internal sealed class PagePaletteEntries : IPaletteEntries
{
    public Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PaletteEntry>>(
            [.. NavEntry.For(actor).Select(e => new PaletteEntry("Pages", e.Label, e.Key is { } key ? $"g {key}" : null, e.Address))]);
}
