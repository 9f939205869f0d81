using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Changes;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Changes;

/// <summary>Records that a version of a service went somewhere, so that it stands on the axis of the service's objectives.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Version">As people call it: "7.42".</param>
/// <param name="Environment">"production" when left out.</param>
/// <param name="DeployedAt">Null is now.</param>
/// <param name="Url">Where the pipeline or release can be seen.</param>
/// <param name="IdempotencyKey">The same key for the same service is the same deployment. Null makes one of version, environment and moment.</param>
public sealed record RecordDeployment(
    string Service, string Version, string? Environment = null, DateTimeOffset? DeployedAt = null, string? Url = null, string? Description = null, string? IdempotencyKey = null)
{
    /// <summary>Clocks of pipelines differ; more than this ahead is a mistake.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    public sealed class Validator : AbstractValidator<RecordDeployment>
    {
        public Validator()
        {
            RuleFor(r => r.Service).NotEmpty().WithMessage("Say which service was deployed.");
            RuleFor(r => r.Version).NotEmpty().WithMessage("Say which version was deployed.").MaximumLength(200).WithMessage("A version has at most 200 characters.");
            RuleFor(r => r.Environment).MaximumLength(100).WithMessage("An environment has at most 100 characters.");
            RuleFor(r => r.Url).Must(ValidationRules.IsWebAddress).When(r => !string.IsNullOrEmpty(r.Url)).WithMessage("The address must begin with https:// or http://.");
            RuleFor(r => r.Description).MaximumLength(4000).WithMessage("A description has at most 4,000 characters.");
            RuleFor(r => r.IdempotencyKey).MaximumLength(200).WithMessage("An idempotency key has at most 200 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <summary>The same request again changes nothing and answers with what is recorded.</summary>
        public Task<Outcome<DeploymentRow>> HandleAsync(RecordDeployment request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RecordDeployment, DeploymentRow>(request, actor, Permission.SendSamples, async change =>
            {
                var service = await change.Db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == request.Service, ct);
                if (service is null)
                    return Refusal.NotFound($"The service \"{request.Service}\"");
                // As with pushed counts: what stands on a service's axis comes from its team, or from a token of one of its members.
                if (!actor.IsAdministrator && !actor.TeamIds.Contains(service.OwnerTeamId))
                    return Denial.OfTeam(await change.Db.Teams.Where(t => t.Id == service.OwnerTeamId).Select(t => t.Name).SingleAsync(ct));
                var deployedAt = (request.DeployedAt ?? change.Now).ToUniversalTime();
                if (deployedAt > change.Now + MostAhead)
                    return Refusal.Invalid(nameof(DeployedAt), $"The deployment would lie {HumanDuration.Text(deployedAt - change.Now)} in the future. Send the moment at which it happened.");
                var environment = string.IsNullOrWhiteSpace(request.Environment) ? "production" : request.Environment.Trim();
                var key = string.IsNullOrWhiteSpace(request.IdempotencyKey)
                    ? $"{environment}/{request.Version.Trim()}/{deployedAt.UtcDateTime:O}" is { Length: <= 200 } made ? made : Guid.CreateVersion7(change.Now).ToString()
                    : request.IdempotencyKey.Trim();
                // Of two pipelines that retry at once, one waits here for the other.
                await change.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"deployment/" + service.Id + "/" + key}, 0))", ct);
                if (await change.Db.Deployments.AsNoTracking().SingleOrDefaultAsync(d => d.ServiceId == service.Id && d.IdempotencyKey == key, ct) is { } known)
                {
                    if (known.Version != request.Version.Trim() || known.Environment != environment)
                        return Refusal.Conflict($"The idempotency key \"{key}\" already stands for version {known.Version} in {known.Environment}. Send another key.");
                    change.Audit("deployment.repeated", "deployment", known.Id, $"{service.Name} {known.Version}");
                    return DeploymentRow.Of(known, service.Slug);
                }
                var deployment = new Deployment(
                    Guid.CreateVersion7(change.Now), service.Id, request.Version.Trim(), environment, deployedAt, change.Now, actor.Name, string.IsNullOrWhiteSpace(request.Url) ? null : request.Url, request.Description?.Trim(), key);
                change.Db.Deployments.Add(deployment);
                change.Audit("deployment.recorded", "deployment", deployment.Id, $"{service.Name} {deployment.Version}", new { Service = service.Slug, deployment.Version, deployment.Environment, deployment.DeployedAt, deployment.Url });
                change.Publish($"deployments/{service.Id}");
                return DeploymentRow.Of(deployment, service.Slug);
            }, ct);
    }
}
