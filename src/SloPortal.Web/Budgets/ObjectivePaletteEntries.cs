using SloPortal.Application.Budgets;
using SloPortal.Application.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets;

/// <summary>The objectives by name, and proposing one for a service that the actor may change.</summary>
internal sealed class ObjectivePaletteEntries(ListObjectives.Handler list, ListServices.Handler services, GetService.Handler get) : IPaletteEntries
{
    private const int MostActions = 5;

    /// <summary>Each candidate costs one look at who may change it, at every key.</summary>
    private const int MostCandidates = 20;

    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        if (query.Length == 0)
            return [];
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Several words may lie in different fields; the palette checks the rest of them.
        var found = await list.HandleAsync(new ListObjectives(words[0], Size: 20), actor, ct);
        var entries = new List<PaletteEntry>();
        if (found.Succeeded)
            entries.AddRange(found.Value.Page.Items.Select(o => new PaletteEntry("Objectives", o.Name, $"{o.ServiceName} · {o.Slug}", Routes.Objective(o.Service, o.Slug))));
        if (actor.May(Permission.OwnServices))
            entries.AddRange(await ActionsAsync(words[^1], actor, ct));
        return entries;
    }

    /// <summary>The last word names the service: "propose checkout", or "checkout" alone.</summary>
    private async Task<IReadOnlyList<PaletteEntry>> ActionsAsync(string word, Actor actor, CancellationToken ct)
    {
        var entries = new List<PaletteEntry>();
        var asked = "propose".StartsWith(word, StringComparison.OrdinalIgnoreCase) ? null : word;
        var candidates = (await services.HandleAsync(new ListServices(asked), actor, ct)).Value ?? [];
        foreach (var row in candidates.Take(MostCandidates))
        {
            if (entries.Count == MostActions)
                break;
            if ((await get.HandleAsync(new GetService(row.Slug), actor, ct)).Value is { MayChange: true })
                entries.Add(new PaletteEntry("Actions", $"Propose an objective for {row.Name}", row.Slug, Routes.ProposeObjective(row.Slug)));
        }
        return entries;
    }
}
