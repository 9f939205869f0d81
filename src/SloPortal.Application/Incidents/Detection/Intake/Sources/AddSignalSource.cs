using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>A source with its key, which is shown this once; only its hash is kept.</summary>
public sealed record NewSignalSource(Guid Id, string Key);

/// <summary>Lets a program tell a team what is wrong, or what was deployed.</summary>
/// <param name="Service">Slug of what its signals are about when no label says. What tells deployments needs one.</param>
/// <param name="ServiceLabel">The label whose value is the slug of a service; null is "service".</param>
/// <param name="Secret">What GitHub signs with or GitLab sends. Others have none.</param>
public sealed record AddSignalSource(string Team, SignalSourceKind Kind, string Name, string? Service = null, string? ServiceLabel = null, string? Secret = null)
{
    public sealed class Validator : AbstractValidator<AddSignalSource>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).IsInEnum().WithMessage("A kind is alertmanager, pagerDuty, cloudEvents, grafana, gitHub, gitLab or mail.");
            RuleFor(r => r.Name).MustBeSourceName();
            RuleFor(r => r.ServiceLabel).MustBeLabelName();
            RuleFor(r => r.Service).NotEmpty().When(r => r.Kind is SignalSourceKind.GitHub or SignalSourceKind.GitLab).WithMessage("Say which service is deployed.");
            RuleFor(r => r.Secret).MustBeSourceSecret();
            RuleFor(r => r.Secret).Empty().When(r => r.Kind is not (SignalSourceKind.GitHub or SignalSourceKind.GitLab)).WithMessage("Only GitHub and GitLab sign; for all others the key in the address is the secret.");
        }
    }

    public sealed class Handler(UnitOfWork work, SignalSecrets secrets)
    {
        public Task<Outcome<NewSignalSource>> HandleAsync(AddSignalSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddSignalSource, NewSignalSource>(request, actor, Permission.OwnServices, async change =>
            {
                var team = await SourceToChange.TeamAsync(change.Db, request.Team, actor, ct);
                if (!team.Succeeded)
                    return team.Refusal;
                var service = await SourceToChange.ServiceAsync(change.Db, request.Service, team.Value, ct);
                if (service.Refusal is { } refusal)
                    return refusal;
                var key = SignalKey.Generate();
                var source = new SignalSource(
                    Guid.CreateVersion7(change.Now), team.Value.Id, request.Kind, request.Name.Trim(), service.Value, SourceRules.LabelOf(request.ServiceLabel),
                    SignalKey.HashOf(key), SignalKey.HintOf(key), change.Now);
                source.SignWith(secrets.Protect(request.Secret));
                change.Db.SignalSources.Add(source);
                change.Audit("signal_source.added", "signal_source", source.Id, source.Name,
                    new { Team = team.Value.Slug, source.Kind, request.Service, source.ServiceLabel, source.KeyHint, signed = source.ProtectedSecret is not null });
                change.Publish(SignalSourceDirectory.Topic);
                change.Publish("teams");
                return new NewSignalSource(source.Id, key);
            }, ct);
    }
}
