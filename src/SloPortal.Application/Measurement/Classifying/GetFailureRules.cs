using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Classifying;

/// <summary>The rules of a service.</summary>
/// <param name="Draft">Null where nobody gave any.</param>
/// <param name="MayChange">Whether the reader acts for the team that owns the service.</param>
public sealed record FailureRulesDetails(string Service, string ServiceName, RulesDraft? Draft, string? ChangedBy, DateTimeOffset? ChangedAt, uint Version, bool MayChange);

/// <summary>Which failures of a service touch users.</summary>
public sealed record GetFailureRules(string Service)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<FailureRulesDetails>> HandleAsync(GetFailureRules request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from service in db.Services.AsNoTracking()
                               where service.Slug == request.Service
                               select new { service.Slug, service.Name, service.OwnerTeamId, Rules = db.FailureRules.SingleOrDefault(r => r.ServiceId == service.Id) }).SingleOrDefaultAsync(ct);
            return found is null ? Refusal.NotFound($"The service \"{request.Service}\"")
                : new FailureRulesDetails(
                    found.Slug, found.Name, found.Rules is { } rules ? RulesDraft.Of(rules.Classification) : null, found.Rules?.ChangedBy, found.Rules?.ChangedAt, found.Rules?.Version ?? 0,
                    actor.MayChangeFor(found.OwnerTeamId));
        }
    }
}
