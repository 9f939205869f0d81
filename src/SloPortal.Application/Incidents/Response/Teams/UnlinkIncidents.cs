using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Takes away that two incidents belong together.</summary>
public sealed record UnlinkIncidents(int Number, int Other)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(UnlinkIncidents request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UnlinkIncidents, Done>(request, actor, Permission.Respond, async change =>
            {
                var low = await IncidentToChange.FindAsync(change, Math.Min(request.Number, request.Other), ct);
                if (!low.Succeeded)
                    return low.Refusal;
                var high = await IncidentToChange.FindAsync(change, Math.Max(request.Number, request.Other), ct);
                if (!high.Succeeded)
                    return high.Refusal;
                var (one, other) = (low.Value, high.Value);
                if (await change.Db.IncidentLinks.SingleOrDefaultAsync(l => (l.FirstId == one.Id && l.SecondId == other.Id) || (l.FirstId == other.Id && l.SecondId == one.Id), ct) is not { } link)
                    return Refusal.Conflict($"{one.Code} and {other.Code} are not linked.");
                change.Db.IncidentLinks.Remove(link);
                IncidentLinks.Tell(change, "incident.unlinked", link.Kind, one, other);
                return Done.Value;
            }, ct);
    }
}
