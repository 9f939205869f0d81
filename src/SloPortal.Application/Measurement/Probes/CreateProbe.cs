using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes;

/// <summary>An SLI that is made with its source.</summary>
/// <param name="Service">Slug of the service.</param>
/// <param name="Name">Its name, from which its short name is made.</param>
public sealed record NewSli(string Service, string Name);

/// <summary>Adds a probe: a source that asks a service itself. Only administrators may, since the portal then calls that address.</summary>
/// <param name="Name">Unique among the sources.</param>
/// <param name="Check">What is asked, and what must come back.</param>
/// <param name="SliId">The SLI of pushed counts for which each run is an event; or else <paramref name="Sli"/>.</param>
/// <param name="Sli">An SLI to be made for it.</param>
/// <param name="EverySeconds">How often it runs.</param>
/// <param name="TimeoutSeconds">The longest that a run takes.</param>
/// <param name="Locations">From where; the portal alone where it is left out.</param>
/// <param name="Authorization">Value of the Authorization header; never shown again.</param>
public sealed record CreateProbe(
    string Name, ProbeCheck Check, int? SliId = null, NewSli? Sli = null, int EverySeconds = 60, int TimeoutSeconds = 10, IReadOnlyList<string>? Locations = null, string? Authorization = null) : IProbeSettings
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(CreateProbe)} {Name}";

    public sealed class Validator : ProbeRules<CreateProbe>;

    public sealed class Handler(UnitOfWork work, SourceSecrets secrets)
    {
        public Task<Outcome<int>> HandleAsync(CreateProbe request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateProbe, int>(request, actor, Permission.Administer, async change =>
            {
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim(), ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var made = await SliOfAsync(change, request.SliId, request.Sli, ct);
                if (!made.Succeeded)
                    return made.Refusal;
                var sli = made.Value;
                var every = TimeSpan.FromSeconds(request.EverySeconds);
                var source = Source.OfProbe(request.Name.Trim(), request.Check.Target(), every, change.Now);
                source.Authorize(secrets.Protect(request.Authorization));
                change.Db.Sources.Add(source);
                await change.Db.SaveChangesAsync(ct);
                var locations = request.Locations ?? [Probe.Portal];
                change.Db.Add(new Probe(source.Id, sli.Id, request.Check, TimeSpan.FromSeconds(request.TimeoutSeconds), locations, ProbeSchedule.Next(source.Id, Probe.Portal, every, change.Now)));
                change.Audit("source.created", "source", source.Id, source.Name, new { kind = source.Kind, sli = sli.Name, service = sli.Service, request.Check, request.EverySeconds, request.TimeoutSeconds, locations, hasAuthorization = source.ProtectedAuthorization is not null });
                change.Publish("sources");
                return source.Id;
            }, ct);

        /// <summary>The SLI that is named, or the one that is to be made.</summary>
        internal static async Task<Outcome<FedSli>> SliOfAsync(Change change, int? id, NewSli? make, CancellationToken ct)
        {
            if (make is not null)
            {
                var slug = Slug.From(make.Name ?? "");
                if (slug.Length == 0)
                    return Refusal.Invalid("SliName", "Give the SLI a name.");
                if (string.IsNullOrEmpty(make.Service))
                    return Refusal.Invalid("Service", "Choose the service.");
                var sli = await CreateSli.Handler.ApplyAsync(new CreateSli(make.Service, slug, make.Name!, "", null, new SliDraft { Kind = SliKind.Pushed }), change, isTrial: false, ct);
                if (!sli.Succeeded)
                    return sli.Refusal.Fields is null ? sli.Refusal : Refusal.Invalid(sli.Refusal.Fields.ContainsKey("Service") ? "Service" : "SliName", sli.Refusal.Message);
                id = sli.Value;
            }
            if (id is null)
                return Refusal.Invalid(nameof(SliId), "Choose the SLI for which each run is an event, or have one made.");
            var found = await FeedAccess.ReadAsync(change.Db, id.Value, ct);
            return found.Succeeded ? found.Value : Refusal.Invalid(nameof(SliId), found.Refusal.Message);
        }
    }
}
