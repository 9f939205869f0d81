using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Approval;

/// <summary>Sends it back to its writers, who read the reason among the comments.</summary>
public sealed record AskForChanges(int Number, string Reason)
{
    public sealed class Validator : AbstractValidator<AskForChanges>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(AskForChanges request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AskForChanges, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var postmortem = found.Value;
                if (postmortem.AskForChanges() is { } refused)
                    return refused;
                change.Say(postmortem, request.Reason);
                change.Record(postmortem, "sentBack", new { request.Reason });
                await change.TellTheOthersAsync(postmortem, $"{actor.Name} asks for changes in {postmortem.Code}: {postmortem.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
