using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>Stops asking a server until it is resumed. What it holds meanwhile is fetched then, up to a day back.</summary>
public sealed record PausePullSource(int Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(PausePullSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PausePullSource, Done>(request, actor, Permission.Administer, async change =>
            {
                var found = await PullSourceToChange.FindAsync(change, request.Id, ct, queries: true);
                if (!found.Succeeded)
                    return found.Refusal;
                var source = found.Value;
                source.Pause(change.Now);
                change.Audit("source.paused", "source", source.Id, source.Name);
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
