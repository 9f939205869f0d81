using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Approval;

/// <summary>Back to draft, to go on writing or to correct what was published. It is reviewed and approved anew.</summary>
public sealed record TakeBack(int Number, string Reason)
{
    public sealed class Validator : AbstractValidator<TakeBack>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(TakeBack request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<TakeBack, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var postmortem = found.Value;
                if (postmortem.TakeBack() is { } refused)
                    return refused;
                change.Say(postmortem, request.Reason);
                change.Record(postmortem, "takenBack", new { request.Reason });
                await change.TellTheOthersAsync(postmortem, $"{actor.Name} took {postmortem.Code} back to draft: {postmortem.Title}", ct);
                return Done.Value;
            }, ct);
    }
}
