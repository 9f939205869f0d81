using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Approval;

/// <summary>Says something about a postmortem, in whatever state it is.</summary>
/// <param name="Body">Plain text.</param>
/// <param name="Quote">The words of the text that it is about.</param>
/// <returns>The id of the comment.</returns>
public sealed record AddComment(int Number, string Body, string? Quote = null)
{
    public sealed class Validator : AbstractValidator<AddComment>
    {
        public Validator()
        {
            RuleFor(r => r.Body).Must(b => !string.IsNullOrWhiteSpace(b)).WithMessage("Write what you want to say.")
                .MaximumLength(4000).WithMessage("A comment has at most 4,000 characters.");
            RuleFor(r => r.Quote).MaximumLength(1000).WithMessage("Quote at most 1,000 characters: the words that it is about.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(AddComment request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddComment, Guid>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var comment = change.Say(found.Value, request.Body, request.Quote);
                change.Record(found.Value, "commented", new { comment.Id, comment.Body, comment.Quote });
                await change.TellTheOthersAsync(found.Value, $"{actor.Name} commented on {found.Value.Code}: {found.Value.Title}", ct);
                return comment.Id;
            }, ct);
    }
}
