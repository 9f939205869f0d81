using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Remediation;

/// <summary>The actions by code and title, and adding one.</summary>
internal sealed class ActionPaletteEntries(ListActions.Handler list) : IPaletteEntries
{
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        var entries = new List<PaletteEntry>();
        if (actor.May(Permission.Respond))
            entries.Add(new PaletteEntry("Actions", "Add an action", null, Routes.NewAction));
        if (query.Length == 0)
            return entries;
        // Several words may lie in different fields; the palette checks the rest of them.
        var found = await list.HandleAsync(new ListActions(Text: query.Split(' ')[0], Size: 20), actor, ct);
        if (found.Succeeded)
            entries.AddRange(found.Value.Actions.Items.Select(a => new PaletteEntry("Follow-up actions", a.Title, $"{a.Code} · {ActionWords.Word(a.State, a.IsOverdue)}", Routes.Action(a.Number))));
        return entries;
    }
}
