using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Answering;

/// <summary>Ends a page although its signals go on. What fires afterwards opens another.</summary>
public sealed record ResolvePage(int Number, string? Note = null)
{
    public sealed class Validator : AbstractValidator<ResolvePage>
    {
        public Validator() => RuleFor(r => r.Note).MaximumLength(800).WithMessage("A note has at most 800 characters.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ResolvePage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ResolvePage, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await PageToAnswer.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var page = found.Value;
                var because = $"{actor.Name} ended it." + (string.IsNullOrWhiteSpace(request.Note) ? "" : $" {request.Note.Trim()}");
                if (!page.Resolve(because, change.Now))
                    return Refusal.Conflict($"Page {page.Number} is over already: {page.ResolvedBecause}");
                await MessagesOfEnded.CancelAsync(change.Db, [page.Id], ct);
                change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, because));
                change.Audit("page.resolved", "page", page.Id, page.Title, new { page.Number, request.Note });
                change.Publish(PageAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
