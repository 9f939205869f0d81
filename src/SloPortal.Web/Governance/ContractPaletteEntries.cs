using SloPortal.Application.Governance;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Governance;

/// <summary>The contracts by customer, and entering one.</summary>
internal sealed class ContractPaletteEntries(ListContracts.Handler list) : IPaletteEntries
{
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        var entries = new List<PaletteEntry>();
        if (actor.May(Permission.OwnServices))
            entries.Add(new PaletteEntry("Actions", "Enter a contract", null, Routes.NewContract));
        if (query.Length == 0)
            return entries;
        var found = await list.HandleAsync(new ListContracts(query.Split(' ')[0], Size: 20), actor, ct);
        if (found.Succeeded)
            entries.AddRange(found.Value.Contracts.Items.Select(c => new PaletteEntry("Contracts", c.Customer, $"{c.ServiceName} · {ContractWords.Percent(c.TargetPercent)}", Routes.Contract(c.Id))));
        return entries;
    }
}
