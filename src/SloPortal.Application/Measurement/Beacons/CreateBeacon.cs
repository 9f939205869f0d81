using System.Buffers.Text;
using System.Security.Cryptography;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Measurement.Beacons;

/// <summary>Adds a beacon for the browsers of an application, with its two SLIs, for the team of the service.</summary>
/// <param name="Name">Unique among the sources.</param>
/// <param name="Service">Slug of the service.</param>
/// <param name="Origins">From which sites reports are taken.</param>
/// <param name="SampleRate">Which share of page views reports.</param>
/// <param name="FastMs">Within so many milliseconds a page loads well; it never changes afterwards.</param>
/// <param name="Groups">Which pages are counted together; the first that fits.</param>
public sealed record CreateBeacon(string Name, string Service, IReadOnlyList<string> Origins, double SampleRate = 1, int FastMs = 2500, IReadOnlyList<PageGroup>? Groups = null) : IBeaconSettings
{
    public sealed class Validator : BeaconRules<CreateBeacon>
    {
        public Validator()
        {
            RuleFor(r => r.Service).NotEmpty().WithMessage("Choose the service.");
            RuleFor(r => r.FastMs).InclusiveBetween(50, 60_000).WithMessage("The limit is between 50 and 60,000 ms.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<int>> HandleAsync(CreateBeacon request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateBeacon, int>(request, actor, Permission.OwnServices, async change =>
            {
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim(), ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var source = Source.OfBeacon(request.Name.Trim(), change.Now);
                change.Db.Sources.Add(source);
                await change.Db.SaveChangesAsync(ct);
                var loads = await SliAsync(change, request, $"Pages load within {request.FastMs} ms", $"Loads that real browsers reported to {request.Name.Trim()}.", "loads", ct);
                if (!loads.Succeeded)
                    return loads.Refusal;
                var views = await SliAsync(change, request, "Page views without error", $"Page views that real browsers reported to {request.Name.Trim()}; a view with an uncaught error or a failed request is bad.", "views", ct);
                if (!views.Succeeded)
                    return views.Refusal;
                var service = await change.Db.Services.Where(s => s.Slug == request.Service).Select(s => s.Id).SingleAsync(ct);
                var beacon = new Beacon(source.Id, service, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15)), loads.Value, views.Value, request.FastMs);
                beacon.Change(request.Origins, request.SampleRate, request.Groups ?? []);
                change.Db.Add(beacon);
                change.Audit("source.created", "source", source.Id, source.Name, new { kind = source.Kind, request.Service, request.Origins, request.SampleRate, request.FastMs, beacon.Groups });
                change.Publish("sources");
                return source.Id;
            }, ct);

        private static Task<Outcome<int>> SliAsync(Change change, CreateBeacon request, string name, string description, string suffix, CancellationToken ct)
        {
            var slug = Slug.From(request.Name);
            slug = slug.Length == 0 ? "beacon" : slug[..Math.Min(slug.Length, Slug.MaxLength - 6)].Trim('-');
            return CreateSli.Handler.ApplyAsync(new CreateSli(request.Service, $"{slug}-{suffix}", name, description, null, new SliDraft { Kind = SliKind.Pushed }), change, isTrial: false, ct);
        }
    }
}
