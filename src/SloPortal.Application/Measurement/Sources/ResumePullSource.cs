using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>Asks a paused server again, beginning where it stopped, up to a day back.</summary>
public sealed record ResumePullSource(int Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ResumePullSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ResumePullSource, Done>(request, actor, Permission.Administer, async change =>
            {
                var found = await PullSourceToChange.FindAsync(change, request.Id, ct, queries: true);
                if (!found.Succeeded)
                    return found.Refusal;
                var source = found.Value;
                source.Resume();
                // What a probe did not ask meanwhile was not missed.
                if (source.Kind == SourceKind.Probe)
                    (await change.Db.Probes.SingleAsync(p => p.SourceId == source.Id, ct)).Schedule(ProbeSchedule.Next(source.Id, Probe.Portal, source.PullEvery!.Value, change.Now));
                change.Audit("source.resumed", "source", source.Id, source.Name);
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
