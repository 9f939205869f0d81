using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Journeys;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Measurement.Coverage;

/// <summary>A gap is accepted no more. What was signed stays to be read in the audit trail.</summary>
public sealed record TakeGapBack(string Journey, FailureClass Failure)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(TakeGapBack request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<TakeGapBack, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await JourneyToChange.FindAsync(change, request.Journey, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (!await AcceptGap.Handler.EndAsync(change, found.Value.Id, request.Failure, ct))
                    return Refusal.NotFound("An accepted gap");
                change.Audit("journey.gap-taken-back", "journey", found.Value.Id, found.Value.Name, new { request.Failure });
                change.Publish("journeys");
                return Done.Value;
            }, ct);
    }
}
