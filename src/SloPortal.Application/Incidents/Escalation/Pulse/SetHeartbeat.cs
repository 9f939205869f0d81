using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Pulse;

/// <summary>Says where the heartbeat of the pager goes: to a service that tells somebody when it stays away.</summary>
/// <param name="Address">It is fetched once a minute while the pager lives; null sends none any more.</param>
public sealed record SetHeartbeat(string? Address)
{
    public sealed class Validator : AbstractValidator<SetHeartbeat>
    {
        public Validator() => RuleFor(r => r.Address).Must(ValidationRules.IsWebAddress).When(r => !string.IsNullOrWhiteSpace(r.Address))
            .WithMessage("Give the address that the watching service told you; it begins with https:// or http:// and has at most 2,000 characters.");
    }

    public sealed class Handler(UnitOfWork work, HeartbeatSecret secret)
    {
        public Task<Outcome<Done>> HandleAsync(SetHeartbeat request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetHeartbeat, Done>(request, actor, Permission.Administer, async change =>
            {
                var address = string.IsNullOrWhiteSpace(request.Address) ? null : request.Address.Trim();
                var host = address is null ? null : new Uri(address).Authority;
                await PagerWatch.ChangeAsync(change.Db, w => w with { Heartbeat = address is null ? null : new(secret.Protect(address)!, host!, actor.Name, change.Now) }, ct);
                change.Audit(address is null ? "pager_heartbeat.removed" : "pager_heartbeat.set", "portal", "pager", "Pager", new { Host = host });
                change.Publish(PagerWatch.Topic);
                return Done.Value;
            }, ct);
    }
}
