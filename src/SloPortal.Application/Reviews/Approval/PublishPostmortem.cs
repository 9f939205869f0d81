using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Approval;

/// <summary>Puts an approved postmortem into the archive.</summary>
public sealed record PublishPostmortem(int Number)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(PublishPostmortem request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PublishPostmortem, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var postmortem = found.Value;
                if (postmortem.Publish(change.Now) is { } refused)
                    return refused;
                change.Record(postmortem, "published", new { postmortem.Revision });
                await change.TellTheOthersAsync(postmortem, $"{actor.Name} published {postmortem.Code}: {postmortem.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
