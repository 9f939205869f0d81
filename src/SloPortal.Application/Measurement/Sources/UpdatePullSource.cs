using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>Changes how a server is asked.</summary>
/// <param name="Id">The source.</param>
/// <param name="Name">Unique among the sources.</param>
/// <param name="Url">Base address without <c>/api/v1</c>.</param>
/// <param name="EverySeconds">How often it is asked.</param>
/// <param name="Authorization">A new value of the header; null keeps the present one, an empty text removes it.</param>
public sealed record UpdatePullSource(int Id, string Name, string Url, int EverySeconds, string? Authorization = null)
    : IPullSettings
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(UpdatePullSource)} {Id}";

    public sealed class Validator : PullSourceRules<UpdatePullSource>;

    public sealed class Handler(UnitOfWork work, SourceSecrets secrets)
    {
        public Task<Outcome<Done>> HandleAsync(UpdatePullSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdatePullSource, Done>(request, actor, Permission.Administer, async change =>
            {
                var found = await PullSourceToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var source = found.Value;
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim() && s.Id != request.Id, ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var url = request.Url.TrimEnd('/');
                // Else whoever may change the address could send the secret of one server to another.
                if (request.Authorization is null && source.ProtectedAuthorization is not null && !SameServer(url, source.Url!))
                    return Refusal.Invalid(nameof(Authorization), "The address names another server. Give the value of its Authorization header, or an empty one.");
                source.Configure(request.Name.Trim(), url, TimeSpan.FromSeconds(request.EverySeconds));
                if (request.Authorization is not null)
                    source.Authorize(secrets.Protect(request.Authorization));
                change.Audit("source.changed", "source", source.Id, source.Name, new { source.Url, request.EverySeconds, authorizationChanged = request.Authorization is not null });
                change.Publish("sources");
                return Done.Value;
            }, ct);

        private static bool SameServer(string a, string b) => Uri.Compare(new Uri(a), new Uri(b), UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
    }
}
