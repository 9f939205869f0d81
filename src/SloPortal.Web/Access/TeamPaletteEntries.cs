using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Access;

/// <summary>The teams.</summary>
internal sealed class TeamPaletteEntries(ListTeams.Handler list) : IPaletteEntries
{
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct)
    {
        if (query.Length == 0)
            return [];
        var teams = await list.HandleAsync(new ListTeams(query.Split(' ')[0]), actor, ct);
        return [.. (teams.Value ?? []).Select(t => new PaletteEntry("Teams", t.Name, t.Slug, Routes.Team(t.Slug)))];
    }
}
