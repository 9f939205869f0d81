using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>Changes name, service, label and secret of a source; its kind and its key stay.</summary>
/// <param name="Secret">Null keeps the one that there is, an empty text removes it.</param>
/// <param name="Version">As it was read; null overwrites whatever is there.</param>
public sealed record ChangeSignalSource(string Team, Guid Id, string Name, string? Service = null, string? ServiceLabel = null, string? Secret = null, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ChangeSignalSource>
    {
        public Validator()
        {
            RuleFor(r => r.Name).MustBeSourceName();
            RuleFor(r => r.ServiceLabel).MustBeLabelName();
            RuleFor(r => r.Secret).MustBeSourceSecret();
        }
    }

    public sealed class Handler(UnitOfWork work, SignalSecrets secrets)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeSignalSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeSignalSource, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await SourceToChange.FindAsync(change.Db, request.Team, request.Id, actor, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var source = found.Value;
                var team = await change.Db.Teams.AsNoTracking().SingleAsync(t => t.Id == source.TeamId, ct);
                var service = await SourceToChange.ServiceAsync(change.Db, request.Service, team, ct);
                if (service.Refusal is { } refusal)
                    return refusal;
                if (source.TellsDeployments && service.Value is null)
                    return Refusal.Invalid(nameof(Service), "Say which service is deployed.");
                if (!source.TellsDeployments && !string.IsNullOrEmpty(request.Secret))
                    return Refusal.Invalid(nameof(Secret), "Only GitHub and GitLab sign; for all others the key in the address is the secret.");
                if (request.Version is { } version)
                    change.Db.Entry(source).Property(s => s.Version).OriginalValue = version;
                source.Describe(request.Name.Trim(), service.Value, SourceRules.LabelOf(request.ServiceLabel));
                if (request.Secret is not null)
                    source.SignWith(secrets.Protect(request.Secret));
                change.Audit("signal_source.changed", "signal_source", source.Id, source.Name,
                    new { Team = team.Slug, request.Service, source.ServiceLabel, signed = source.ProtectedSecret is not null, secretChanged = request.Secret is not null });
                change.Publish(SignalSourceDirectory.Topic);
                change.Publish("teams");
                return Done.Value;
            }, ct);
    }
}
