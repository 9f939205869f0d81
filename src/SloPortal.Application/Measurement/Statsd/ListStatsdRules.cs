using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Statsd;

/// <summary>A rule in the list of them.</summary>
public sealed record StatsdRuleRow(Guid Id, string Metric, StatsdRole Role, double? Threshold, int SliId, string Sli, string Service, string ServiceName, bool MayChange);

/// <summary>Which StatsD metrics count for which SLIs.</summary>
/// <param name="Listens">Address and port; null while nothing listens.</param>
public sealed record StatsdSetup(string? Listens, IReadOnlyList<StatsdRuleRow> Rules);

/// <summary>The rules by which StatsD metrics count, by name.</summary>
public sealed record ListStatsdRules
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, IOptions<StatsdSettings> settings)
    {
        public async Task<Outcome<StatsdSetup>> HandleAsync(ListStatsdRules request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rules = await (from rule in db.StatsdRules.AsNoTracking()
                               join sli in db.Slis on rule.SliId equals sli.Id
                               join service in db.Services on sli.ServiceId equals service.Id
                               orderby rule.Metric, sli.Name
                               select new { rule, sli.Name, service.Slug, ServiceName = service.Name, service.OwnerTeamId }).ToListAsync(ct);
            return new StatsdSetup(settings.Value.Port is { } port ? $"{settings.Value.Address}:{port}" : null, rules.ConvertAll(r => new StatsdRuleRow(
                r.rule.Id, r.rule.Metric, r.rule.Role, r.rule.Threshold, r.rule.SliId, r.Name, r.Slug, r.ServiceName, new FedSli(r.rule.SliId, "", "", "", r.OwnerTeamId, "").MayBeFedBy(actor))));
        }
    }
}
