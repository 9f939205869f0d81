using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Probes.Addresses;
using SloPortal.Application.Measurement.Probes.Running;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes;

/// <summary>Runs a probe once from the portal, before it is saved or after. Nothing is counted.</summary>
/// <param name="Check">What is asked.</param>
/// <param name="TimeoutSeconds">The longest that it takes.</param>
/// <param name="Authorization">Value of the header; the stored one of the probe when null and the server is its own.</param>
/// <param name="Id">An existing probe.</param>
public sealed record TryProbe(ProbeCheck Check, int TimeoutSeconds = 10, string? Authorization = null, int? Id = null)
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => nameof(TryProbe);

    public sealed class Validator : AbstractValidator<TryProbe>
    {
        public Validator()
        {
            RuleFor(r => r.Check).MustBeCheck();
            RuleFor(r => r.TimeoutSeconds).MustBePatience();
            RuleFor(r => r.Authorization).MustBeHeaderValue();
        }
    }

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, ProbeRunner runner, SourceSecrets secrets)
    {
        public async Task<Outcome<ProbeRun>> HandleAsync(TryProbe request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Administer))
                return Denial.Of(actor, Permission.Administer);
            if (work.Validate(request) is { } invalid)
                return invalid;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var authorization = request.Authorization;
            if (request.Id is { } id)
            {
                var source = await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == SourceKind.Probe, ct);
                if (source is null)
                    return Refusal.NotFound("The probe");
                var origin = (await db.Probes.AsNoTracking().SingleAsync(p => p.SourceId == id, ct)).Check.Origin();
                authorization ??= origin == request.Check.Origin() ? secrets.Reveal(source) : null;
            }
            var rules = await ProbeAddresses.RulesAsync(db, ct);
            return await runner.RunAsync(request.Check, string.IsNullOrWhiteSpace(authorization) ? null : authorization.Trim(), TimeSpan.FromSeconds(request.TimeoutSeconds), rules, ct);
        }
    }
}
