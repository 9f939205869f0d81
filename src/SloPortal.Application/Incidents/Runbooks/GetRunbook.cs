using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;

namespace SloPortal.Application.Incidents.Runbooks;

/// <param name="Address">Whole for who may change it, else without its path.</param>
public sealed record RunbookStepRow(Guid Id, string Name, string Does, StepKind Kind, string Address, bool IsSigned, int TimeoutSeconds);

/// <param name="Title">Empty where there was none yet.</param>
/// <param name="Version">Sent back with a change; 0 where there was none yet.</param>
/// <param name="By">Who wrote this version; null where there is none.</param>
/// <param name="MayChange">The actor may write it anew.</param>
public sealed record RunbookRead(string Service, string ServiceName, string Title, IReadOnlyList<RunbookStepRow> Steps, int Version, string? By, DateTimeOffset? From, bool MayChange);

/// <summary>The runbook of a service. The address of a webhook may hold a secret, so only those who may change it see it whole.</summary>
/// <param name="Service">Slug.</param>
public sealed record GetRunbook(string Service)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<RunbookRead>> HandleAsync(GetRunbook request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == request.Service, ct) is not { } service)
                return Refusal.NotFound($"The service \"{request.Service}\"");
            var runbook = await RunbookReading.InForce(db).AsNoTracking().SingleOrDefaultAsync(r => r.ServiceId == service.Id, ct);
            var mayChange = actor.MayChangeFor(service.OwnerTeamId);
            return new RunbookRead(
                service.Slug, service.Name, runbook?.Title ?? "",
                [.. (runbook?.Steps ?? []).Select(s => new RunbookStepRow(s.Id, s.Name, s.Does, s.Kind, mayChange ? s.Address : RunbookReading.Masked(s.Address), s.ProtectedSecret is not null, s.TimeoutSeconds))],
                runbook?.Number ?? 0, runbook?.ByName, runbook?.From, mayChange);
        }
    }
}
