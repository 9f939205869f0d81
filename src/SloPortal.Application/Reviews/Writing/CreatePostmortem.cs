using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>Begins a postmortem of what is no incident of the portal: from before it, or from elsewhere.</summary>
/// <param name="Services">Short names.</param>
/// <param name="Body">Markdown; null begins with the usual sections.</param>
/// <returns>Its number.</returns>
public sealed record CreatePostmortem(
    string Title, string Summary = "", string? Body = null, IncidentSeverity? Severity = null, DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null, IReadOnlyList<string>? Services = null)
{
    public sealed class Validator : AbstractValidator<CreatePostmortem>
    {
        public Validator()
        {
            RuleFor(r => r.Title).MustBeTitle();
            RuleFor(r => r.Summary).MustBeSummary();
            RuleFor(r => r.Body!).MustBeBody(optional: true);
            RuleFor(r => r.Severity).IsInEnum().WithMessage("Choose one of the four severities, or none.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<int>> HandleAsync(CreatePostmortem request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreatePostmortem, int>(request, actor, Permission.Respond, async change =>
            {
                var services = await NamedServices.FindAsync(change.Db, request.Services ?? [], ct);
                return services.Succeeded
                    ? await NewPostmortem.AddAsync(
                        change, TextRules.Clean(request.Title, request.Summary, request.Body ?? PostmortemDraft.Blank()), null,
                        request.Severity, request.StartedAt, request.EndedAt, services.Value, ct)
                    : services.Refusal;
            }, ct);
    }
}
