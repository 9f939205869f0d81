using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Approval;

/// <summary>Asks others to read a draft. Whoever wrote, commented or held a role in the incident is told.</summary>
public sealed record SubmitForReview(int Number)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SubmitForReview request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SubmitForReview, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var postmortem = found.Value;
                if (postmortem.Submit(change.Now) is { } refused)
                    return refused;
                change.Record(postmortem, "submitted", new { postmortem.Revision });
                await change.TellTheOthersAsync(postmortem, $"{actor.Name} asks for a review of {postmortem.Code}: {postmortem.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
