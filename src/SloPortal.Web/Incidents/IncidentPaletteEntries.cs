using SloPortal.Application.Incidents;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents;

/// <summary>The incidents by code and title, and declaring one.</summary>
internal sealed class IncidentPaletteEntries(ListIncidents.Handler list) : IPaletteEntries
{
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        var entries = new List<PaletteEntry>();
        if (actor.May(Permission.Respond))
            entries.Add(new PaletteEntry("Actions", "Declare an incident", null, Routes.DeclareIncident));
        if (query.Length == 0)
            return entries;
        // Several words may lie in different fields; the palette checks the rest of them.
        var found = await list.HandleAsync(new ListIncidents(Text: query.Split(' ')[0], Size: 20), actor, ct);
        if (found.Succeeded)
            entries.AddRange(found.Value.Incidents.Items.Select(i => new PaletteEntry("Incidents", i.Title, $"{i.Code} · {IncidentWords.Word(i.Status)}", Routes.Incident(i.Number))));
        return entries;
    }
}
