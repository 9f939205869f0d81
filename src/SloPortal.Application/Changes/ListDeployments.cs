using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Changes;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Changes;

public sealed record DeploymentRow(
    Guid Id, string Service, string Version, string Environment, DateTimeOffset DeployedAt, DateTimeOffset RecordedAt, string RecordedBy, string? Url, string? Description, string IdempotencyKey)
{
    internal static DeploymentRow Of(Deployment d, string service) =>
        new(d.Id, service, d.Version, d.Environment, d.DeployedAt, d.RecordedAt, d.RecordedBy, d.Url, d.Description, d.IdempotencyKey);
}

/// <summary>Deployments, newest first, at most 500.</summary>
/// <param name="Service">Slug; null lists those of every service.</param>
/// <param name="From">Deployed at or after.</param>
/// <param name="To">Deployed before.</param>
public sealed record ListDeployments(string? Service = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    private const int Most = 500;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<DeploymentRow>>> HandleAsync(ListDeployments request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = from d in db.Deployments.AsNoTracking()
                       join s in db.Services on d.ServiceId equals s.Id
                       select new { Deployment = d, Service = s.Slug };
            if (request.Service is not null)
                rows = rows.Where(r => r.Service == request.Service);
            if (request.From?.ToUniversalTime() is { } from)
                rows = rows.Where(r => r.Deployment.DeployedAt >= from);
            if (request.To?.ToUniversalTime() is { } to)
                rows = rows.Where(r => r.Deployment.DeployedAt < to);
            var found = await rows.OrderByDescending(r => r.Deployment.DeployedAt).Take(Most).ToListAsync(ct);
            return found.ConvertAll(r => DeploymentRow.Of(r.Deployment, r.Service));
        }
    }
}
