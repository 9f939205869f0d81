using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Statsd;

/// <summary>Lets a StatsD metric count for an SLI no more; what was counted stays.</summary>
public sealed record RemoveStatsdRule(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveStatsdRule request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveStatsdRule, Done>(request, actor, Permission.SendSamples, async change =>
            {
                var rule = await change.Db.StatsdRules.SingleOrDefaultAsync(r => r.Id == request.Id, ct);
                if (rule is null)
                    return Refusal.NotFound("The rule");
                var team = await (from sli in change.Db.Slis join service in change.Db.Services on sli.ServiceId equals service.Id join t in change.Db.Teams on service.OwnerTeamId equals t.Id where sli.Id == rule.SliId select new { sli.Name, t.Id, Team = t.Name }).SingleAsync(ct);
                if (!new FedSli(rule.SliId, "", "", "", team.Id, team.Team).MayBeFedBy(actor))
                    return Denial.OfTeam(team.Team);
                change.Db.Remove(rule);
                change.Audit("statsd-rule.removed", "sli", rule.SliId, team.Name, new { rule.Metric, rule.Role, rule.Threshold });
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
