using SloPortal.Application.Incidents.OnCall;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>The schedules, with who is on call, and adding one.</summary>
internal sealed class SchedulePaletteEntries(WhoIsOnCall.Handler who) : IPaletteEntries
{
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        var entries = new List<PaletteEntry>();
        if (actor.May(Permission.OwnServices))
            entries.Add(new PaletteEntry("Actions", "Add an on-call schedule", null, Routes.NewSchedule));
        if (query.Length == 0)
            return entries;
        var found = await who.HandleAsync(new WhoIsOnCall(), actor, ct);
        if (found.Succeeded)
            entries.AddRange(found.Value.Schedules.Select(s => new PaletteEntry("On call", s.Name, $"{s.TeamName} · {(s.Now is null ? "nobody" : s.Now.Name)}", Routes.Schedule(s.Slug))));
        return entries;
    }
}
