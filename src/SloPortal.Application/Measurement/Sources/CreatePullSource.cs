using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>Adds a Prometheus-compatible server that the portal asks for samples. Only administrators may, since the portal then calls that address.</summary>
/// <param name="Name">Unique among the sources.</param>
/// <param name="Url">Base address without <c>/api/v1</c>.</param>
/// <param name="EverySeconds">How often it is asked.</param>
/// <param name="Authorization">Value of the Authorization header, such as <c>Bearer …</c>; never shown again.</param>
public sealed record CreatePullSource(string Name, string Url, int EverySeconds = 60, string? Authorization = null)
    : IPullSettings
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(CreatePullSource)} {Name}";

    public sealed class Validator : PullSourceRules<CreatePullSource>;

    public sealed class Handler(UnitOfWork work, SourceSecrets secrets)
    {
        public Task<Outcome<int>> HandleAsync(CreatePullSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreatePullSource, int>(request, actor, Permission.Administer, async change =>
            {
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim(), ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var source = Source.Pulling(request.Name.Trim(), request.Url.TrimEnd('/'), TimeSpan.FromSeconds(request.EverySeconds), change.Now);
                source.Authorize(secrets.Protect(request.Authorization));
                change.Db.Sources.Add(source);
                await change.Db.SaveChangesAsync(ct);
                change.Audit("source.created", "source", source.Id, source.Name, new { source.Url, request.EverySeconds, hasAuthorization = source.ProtectedAuthorization is not null });
                change.Publish("sources");
                return source.Id;
            }, ct);
    }
}
