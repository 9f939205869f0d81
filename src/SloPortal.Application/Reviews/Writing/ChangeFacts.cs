using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <param name="Factor">A word of <see cref="FactorKind.All"/>.</param>
/// <param name="Note">How it contributed.</param>
public sealed record FactorNote(string Factor, string Note);

/// <summary>Says anew what a postmortem is about: what search, lists and statistics go by.</summary>
/// <param name="Services">Short names.</param>
public sealed record ChangeFacts(
    int Number, IncidentSeverity? Severity, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<string> Services, IReadOnlyList<FactorNote> Factors)
{
    public sealed class Validator : AbstractValidator<ChangeFacts>
    {
        public Validator()
        {
            RuleFor(r => r.Severity).IsInEnum().WithMessage("Choose one of the four severities, or none.");
            RuleFor(r => r.Services).NotNull().WithMessage("Name the services, or give an empty list.");
            RuleFor(r => r.Factors).NotNull().WithMessage("Name the factors, or give an empty list.")
                .Must(f => f is null || f.Select(x => x?.Factor).Distinct().Count() == f.Count).WithMessage("A factor is named once; put what belongs to it into one note.");
            RuleForEach(r => r.Factors).Cascade(CascadeMode.Stop).Must(f => f is not null && FactorKind.Knows(f.Factor)).WithMessage($"The factors are {string.Join(", ", FactorKind.All.Select(k => k.Word))}.")
                .Must(f => f.Note is { Length: <= 2000 }).WithMessage("A note has at most 2,000 characters. Move what is longer into the text.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeFacts request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeFacts, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await change.FindPostmortemAsync(request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var services = await NamedServices.FindAsync(change.Db, request.Services, ct);
                if (!services.Succeeded)
                    return services.Refusal;
                var refused = found.Value.ChangeFacts(
                    request.Severity, request.StartedAt?.ToUniversalTime(), request.EndedAt?.ToUniversalTime(), services.Value,
                    request.Factors.Select(f => KeyValuePair.Create(f.Factor, f.Note.Trim())));
                if (refused is not null)
                    return refused;
                change.Record(found.Value, "placed", new { request.Severity, request.StartedAt, request.EndedAt, request.Services, request.Factors });
                return Done.Value;
            }, ct);
    }
}
