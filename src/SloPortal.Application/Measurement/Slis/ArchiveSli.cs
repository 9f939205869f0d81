using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Stops counting for an SLI. What was counted stays.</summary>
public sealed record ArchiveSli(int Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveSli request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveSli, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await OwnedSli.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (found.Value.ArchivedAt is not null)
                    return Refusal.Conflict("The SLI is archived already.");
                found.Value.Archive(change.Now);
                change.Audit("sli.archived", "sli", found.Value.Id, found.Value.Name);
                change.Publish("slis");
                return Done.Value;
            }, ct);
    }
}
