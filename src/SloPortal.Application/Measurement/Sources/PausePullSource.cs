using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>Stops asking a server until it is resumed. What it holds meanwhile is fetched then, up to a day back.</summary>
public sealed record PausePullSource(int Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(PausePullSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PausePullSource, Done>(request, actor, Permission.Administer, async change =>
            {
                var source = await change.Db.Sources.SingleOrDefaultAsync(s => s.Id == request.Id && s.Kind == SourceKind.Pull, ct);
                if (source is null)
                    return Refusal.NotFound("The source");
                source.Pause(change.Now);
                change.Audit("source.paused", "source", source.Id, source.Name);
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
