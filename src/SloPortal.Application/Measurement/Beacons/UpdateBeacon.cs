using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Measurement.Beacons;

/// <summary>Changes from where a beacon takes reports, how many, and what pages it tells apart. Browsers follow within the minutes for which they keep the script.</summary>
public sealed record UpdateBeacon(int Id, string Name, IReadOnlyList<string> Origins, double SampleRate, IReadOnlyList<PageGroup>? Groups = null) : IBeaconSettings
{
    public sealed class Validator : BeaconRules<UpdateBeacon>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(UpdateBeacon request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdateBeacon, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var beacon = await change.Db.Beacons.SingleOrDefaultAsync(b => b.SourceId == request.Id, ct);
                if (beacon is null)
                    return Refusal.NotFound("The beacon");
                var team = await (from service in change.Db.Services join t in change.Db.Teams on service.OwnerTeamId equals t.Id where service.Id == beacon.ServiceId select new { t.Id, t.Name }).SingleAsync(ct);
                if (!change.Actor.MayChangeFor(team.Id))
                    return Denial.OfTeam(team.Name);
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim() && s.Id != request.Id, ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var source = await change.Db.Sources.SingleAsync(s => s.Id == request.Id, ct);
                source.Rename(request.Name.Trim());
                beacon.Change(request.Origins, request.SampleRate, request.Groups ?? []);
                change.Audit("source.changed", "source", source.Id, source.Name, new { request.Origins, request.SampleRate, beacon.Groups });
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
