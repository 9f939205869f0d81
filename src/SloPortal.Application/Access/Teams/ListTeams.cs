using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>A row of the teams.</summary>
public sealed record TeamRow(Guid Id, string Slug, string Name, string Description, int Members);

/// <summary>The teams, by name. The filter looks for its text in name and slug.</summary>
public sealed record ListTeams(string? Filter = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<TeamRow>>> HandleAsync(ListTeams request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var teams = db.Teams.AsNoTracking();
            if (!string.IsNullOrWhiteSpace(request.Filter))
            {
                var pattern = TextSearch.Contains(request.Filter);
                teams = teams.Where(t => EF.Functions.ILike(t.Name, pattern, "\\") || EF.Functions.ILike(t.Slug, pattern, "\\"));
            }
            return await teams.OrderBy(t => t.Name)
                .Select(t => new TeamRow(t.Id, t.Slug, t.Name, t.Description, t.Members.Count)).ToListAsync(ct);
        }
    }
}
