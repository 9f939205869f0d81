using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Stops counting for an SLI that no objective relies on. What was counted stays.</summary>
public sealed record ArchiveSli(int Id)
{
    public sealed class Handler(UnitOfWork work, ISliUse use)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveSli request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveSli, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await OwnedSli.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (found.Value.ArchivedAt is not null)
                    return Refusal.Conflict("The SLI is archived already.");
                if (NoObjectiveMayRelyOnIt(await use.OfAsync(change.Db, request.Id, change.Now, ct)) is { } relied)
                    return relied;
                if (await CompositeParts.UsersAsync(change.Db, request.Id, ct) is [var journey, ..])
                    return Refusal.Conflict($"The journey {journey} counts this SLI. Archive the journey first.");
                if (await change.Db.CountingDecisions.AnyAsync(d => d.State == DecisionState.InForce && d.Others.Contains(request.Id) && change.Db.Slis.Any(s => s.Id == d.SliId && s.ArchivedAt == null)
                        && !change.Db.CountingDecisions.Any(later => later.SliId == d.SliId && later.State == DecisionState.InForce && later.InForceFrom > d.InForceFrom && later.InForceFrom <= change.Now), ct))
                    return Refusal.Conflict("It was decided that another SLI counts by this one. Decide otherwise there first.");
                await CompositeParts.StopAsync(change.Db, request.Id, ct);
                found.Value.Archive(change.Now);
                change.Audit("sli.archived", "sli", found.Value.Id, found.Value.Name);
                change.Publish("slis");
                return Done.Value;
            }, ct);

        private static Refusal? NoObjectiveMayRelyOnIt(IReadOnlyList<SliUser> users)
        {
            if (users.Count == 0)
                return null;
            var first = users.MinBy(u => u.State)!;
            var others = users.DistinctBy(u => (u.Service, u.Slug)).Count() - 1;
            var also = others switch { 0 => "", 1 => ", and so is one more objective", _ => $", and so are {others} more objectives" };
            return Refusal.Conflict(first.State switch
            {
                SliUseState.InForce => $"The objective {first.Name} is measured by this SLI{also}. Agree on another SLI for it or archive it first.",
                SliUseState.Agreed => $"The objective {first.Name} will be measured by this SLI{also}. Agree on another SLI for it or archive it first.",
                SliUseState.Proposed => $"A proposal for {first.Name} names this SLI and waits for signatures. Reject or withdraw it first.",
                _ => throw new ArgumentOutOfRangeException(nameof(users), first.State, null),
            });
        }
    }
}
