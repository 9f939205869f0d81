using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <summary>Says that the actor has the page. Paging stops at once; doing it twice changes nothing.</summary>
public sealed record AcknowledgePage(int Number)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(AcknowledgePage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AcknowledgePage, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await PageToAnswer.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var outcome = await PageToAnswer.AcknowledgeAsync(
                    change, found.Value, actor.PersonId, actor.Name, actor.Kind == ActorKind.Token ? AcknowledgedVia.Api : AcknowledgedVia.Portal, ct);
                if (outcome.Succeeded && change.Entries.Count == 0)
                    change.Audit("page.acknowledged_again", "page", found.Value.Id, found.Value.Title, new { found.Value.Number });
                return outcome;
            }, ct);
    }
}
