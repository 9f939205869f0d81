using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes;

/// <summary>Changes what a probe asks or how often; what was counted stays.</summary>
/// <param name="Authorization">A new value of the header; null keeps the present one, an empty text removes it.</param>
public sealed record UpdateProbe(int Id, string Name, ProbeCheck Check, int EverySeconds, int TimeoutSeconds, IReadOnlyList<string>? Locations = null, string? Authorization = null) : IProbeSettings
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(UpdateProbe)} {Id}";

    public sealed class Validator : ProbeRules<UpdateProbe>;

    public sealed class Handler(UnitOfWork work, SourceSecrets secrets)
    {
        public Task<Outcome<Done>> HandleAsync(UpdateProbe request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdateProbe, Done>(request, actor, Permission.Administer, async change =>
            {
                var source = await change.Db.Sources.SingleOrDefaultAsync(s => s.Id == request.Id && s.Kind == SourceKind.Probe, ct);
                if (source is null)
                    return Refusal.NotFound("The probe");
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim() && s.Id != request.Id, ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var probe = await change.Db.Probes.SingleAsync(p => p.SourceId == request.Id, ct);
                // Else whoever may change the address could send the secret of one server to another.
                if (request.Authorization is null && source.ProtectedAuthorization is not null && request.Check.Origin() != probe.Check.Origin())
                    return Refusal.Invalid(nameof(Authorization), "The address names another server. Give the value of its Authorization header, or an empty one.");
                var every = TimeSpan.FromSeconds(request.EverySeconds);
                source.Configure(request.Name.Trim(), request.Check.Target(), every);
                if (request.Authorization is not null)
                    source.Authorize(secrets.Protect(request.Authorization));
                var locations = request.Locations ?? probe.Locations;
                probe.Change(request.Check, TimeSpan.FromSeconds(request.TimeoutSeconds), locations, ProbeSchedule.Next(source.Id, Probe.Portal, every, change.Now));
                change.Audit("source.changed", "source", source.Id, source.Name, new { request.Check, request.EverySeconds, request.TimeoutSeconds, locations, authorizationChanged = request.Authorization is not null });
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
