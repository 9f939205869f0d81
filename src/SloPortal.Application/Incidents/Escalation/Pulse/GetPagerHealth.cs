using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Pulse;

/// <param name="Host">All that is shown of the address.</param>
/// <param name="SentAt">The last that was taken; null when none was.</param>
/// <param name="Failures">In a row, up to now.</param>
/// <param name="Problem">Why the last was not taken; null when it was.</param>
public sealed record HeartbeatState(string Host, string SetBy, DateTimeOffset SetAt, DateTimeOffset? SentAt, int Failures, string? Problem);

/// <param name="Heartbeat">Null where none is sent.</param>
/// <param name="MayChange">The actor may say where it goes.</param>
public sealed record PagerHealth(Pulse Pulse, HeartbeatState? Heartbeat, bool MayChange);

/// <summary>Whether the pager lives at this moment, and who elsewhere would notice if it did not.</summary>
public sealed record GetPagerHealth
{
    public sealed class Handler(PulseReader pulse, IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<PagerHealth>> HandleAsync(GetPagerHealth request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var beat = (await PagerWatch.ReadAsync(db, ct)).Heartbeat;
            return new PagerHealth(
                await pulse.ReadAsync(clock.GetUtcNow(), ct),
                beat is null ? null : new(beat.Host, beat.SetBy, beat.SetAt, beat.SentAt, beat.Failures, beat.Problem),
                actor.May(Permission.Administer));
        }
    }
}
