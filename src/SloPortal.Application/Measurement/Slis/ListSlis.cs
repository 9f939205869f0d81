using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>A row of the list of SLIs.</summary>
/// <param name="LastMinute">The newest minute with data; null before the first.</param>
/// <param name="LastHour">Events of the last 60 minutes.</param>
public sealed record SliRow(
    int Id, string Service, string ServiceName, string Slug, string Name, SliKind Kind, int? SourceId, string? SourceName,
    DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt, DateTimeOffset? LastMinute, EventCounts LastHour);

/// <summary>The SLIs by service and name. The filter looks for its text in name, slug and service; archived ones only when asked for.</summary>
public sealed record ListSlis(string? Service = null, string? Filter = null, bool Archived = false)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<SliRow>>> HandleAsync(ListSlis request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var query = from sli in db.Slis.AsNoTracking()
                        join service in db.Services on sli.ServiceId equals service.Id
                        join source in db.Sources on sli.SourceId equals source.Id into sources
                        from source in sources.DefaultIfEmpty()
                        where request.Archived || sli.ArchivedAt == null
                        select new { sli, service, SourceName = (string?)source.Name };
            if (!string.IsNullOrWhiteSpace(request.Service))
                query = query.Where(r => r.service.Slug == request.Service);
            if (!string.IsNullOrWhiteSpace(request.Filter))
            {
                var pattern = "%" + request.Filter.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
                query = query.Where(r => EF.Functions.ILike(r.sli.Name, pattern, "\\") || EF.Functions.ILike(r.sli.Slug, pattern, "\\") || EF.Functions.ILike(r.service.Name, pattern, "\\"));
            }
            var rows = await query.OrderBy(r => r.service.Name).ThenBy(r => r.sli.Name).ToListAsync(ct);
            var counted = await SliReadings.LatestAsync(dataSource, [.. rows.Select(r => r.sli.Id)], clock.GetUtcNow(), ct);
            return rows.ConvertAll(r =>
            {
                var latest = counted.GetValueOrDefault(r.sli.Id);
                return new SliRow(
                    r.sli.Id, r.service.Slug, r.service.Name, r.sli.Slug, r.sli.Name, SliDraft.Of(r.sli.Definition).Kind, r.sli.SourceId, r.SourceName,
                    r.sli.CreatedAt, r.sli.ArchivedAt, latest?.LastMinute, latest?.LastHour ?? EventCounts.None);
            });
        }
    }
}
