using SloPortal.Application.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Catalog;

/// <summary>The services, and adding one.</summary>
internal sealed class ServicePaletteEntries(ListServices.Handler list) : IPaletteEntries
{
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        var entries = new List<PaletteEntry>();
        if (actor.May(Permission.OwnServices))
            entries.Add(new PaletteEntry("Actions", "Create a service", null, Routes.NewService));
        if (query.Length == 0)
            return entries;
        // Several words may lie in different fields; the palette checks the rest of them.
        var services = await list.HandleAsync(new ListServices(query.Split(' ')[0]), actor, ct);
        if (services.Succeeded)
            entries.AddRange(services.Value.Select(s => new PaletteEntry("Services", s.Name, $"{s.TeamName} · {s.Slug}", Routes.Service(s.Slug))));
        return entries;
    }
}
