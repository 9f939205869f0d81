using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>Counts the events of an SLI no longer apart. What was counted stays until it is as old as its rule says.</summary>
public sealed record EndSplit(int SliId)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(EndSplit request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<EndSplit, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await OwnedSli.FindAsync(change, request.SliId, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                await LoggedSamples.HeadAsync((NpgsqlConnection)change.Db.Database.GetDbConnection(), locked: true, ct);
                if (await change.Db.SliSplits.SingleOrDefaultAsync(s => s.SliId == request.SliId && s.EndedAt == null, ct) is not { } split)
                    return Refusal.Conflict("The SLI is not split.");
                split.End(actor.Name, change.Now);
                await change.Db.SaveChangesAsync(ct);
                change.Audit("sli.split-ended", "sli", found.Value.Id, found.Value.Name, new { split.Labels, split.Since });
                change.Publish(SplitSli.Topic(request.SliId));
                return Done.Value;
            }, ct);
    }
}
