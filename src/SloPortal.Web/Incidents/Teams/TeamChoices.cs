using SloPortal.Application.Access;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Incidents.Teams;

/// <summary>The teams of the installation to choose from, by slug.</summary>
internal static class TeamChoices
{
    public static async Task<IReadOnlyList<Choice>> ReadAsync(ListTeams.Handler teams, Actor actor) =>
        [.. ((await teams.HandleAsync(new ListTeams(), actor, default)).Value ?? []).Select(t => new Choice(t.Slug, t.Name))];
}
