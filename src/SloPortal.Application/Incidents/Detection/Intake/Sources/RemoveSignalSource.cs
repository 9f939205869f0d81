using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>Takes nothing from a source any more. What it said stays in the ledger.</summary>
public sealed record RemoveSignalSource(string Team, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveSignalSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveSignalSource, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await SourceToChange.FindAsync(change.Db, request.Team, request.Id, actor, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                found.Value.Remove(change.Now);
                change.Audit("signal_source.removed", "signal_source", found.Value.Id, found.Value.Name, new { found.Value.Kind, found.Value.KeyHint });
                change.Publish(SignalSourceDirectory.Topic);
                change.Publish("teams");
                return Done.Value;
            }, ct);
    }
}
