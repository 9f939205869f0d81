using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Agents;

/// <summary>Who may run probes at another location, and when it was heard of.</summary>
public sealed class AgentAccess(UnitOfWork work, IDbContextFactory<Data.PortalDbContext> contexts, TimeProvider clock)
{
    /// <summary>Why the actor may not; an agent is given the secrets of probes, so its token is that of an administrator.</summary>
    internal static Refusal? Problem(Actor actor) =>
        !actor.May(Permission.SendSamples) ? Denial.Of(actor, Permission.SendSamples)
        : actor.IsAdministrator ? null
        : Refusal.Denied("A probing agent is given the secrets of its probes: use a token of an administrator with the scope ingest.");

    /// <summary>What is wrong with the name of a location; "portal" is the portal's own.</summary>
    internal static Refusal? Problem(string? location) =>
        Slug.IsValid(location) && location != Probe.Portal ? null : Refusal.Invalid("Location", "Name the location with lower-case letters, digits and hyphens; portal is the portal itself.");

    /// <summary>Notes that a location was heard of. That one appears, or answers with another token, is in the audit.</summary>
    internal async Task HearAsync(string location, Actor actor, double? clockAhead, long? dropped, CancellationToken ct)
    {
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var known = await db.ProbeLocations.SingleOrDefaultAsync(l => l.Name == location && l.TokenId == actor.TokenId, ct);
            if (known is not null)
            {
                known.Hear(actor.TokenId, Application.Common.Clock.GetUtcNowInMicroseconds(clock), clockAhead, dropped);
                await db.SaveChangesAsync(ct);
                return;
            }
        }
        await work.ChangeAsync<string, Done>(location, actor, Permission.SendSamples, async change =>
        {
            var found = await change.Db.ProbeLocations.SingleOrDefaultAsync(l => l.Name == location, ct);
            if (found is null)
                change.Db.Add(found = new ProbeLocation(location));
            found.Hear(actor.TokenId, change.Now, clockAhead, dropped);
            change.Audit("probe-location.heard", "probe-location", location, location);
            change.Publish("sources");
            return Done.Value;
        }, ct);
    }
}
