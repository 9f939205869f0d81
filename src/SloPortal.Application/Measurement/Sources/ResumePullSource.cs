using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>Asks a paused server again, beginning where it stopped, up to a day back.</summary>
public sealed record ResumePullSource(int Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ResumePullSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ResumePullSource, Done>(request, actor, Permission.Administer, async change =>
            {
                var source = await change.Db.Sources.SingleOrDefaultAsync(s => s.Id == request.Id && s.Kind == SourceKind.Pull, ct);
                if (source is null)
                    return Refusal.NotFound("The source");
                source.Resume();
                change.Audit("source.resumed", "source", source.Id, source.Name);
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
