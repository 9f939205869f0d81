using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Says anew what a severity means. Incidents keep the severity that they have.</summary>
/// <param name="Version">As it was read; another one means that somebody else changed it since.</param>
public sealed record ChangeSeverityLevel(IncidentSeverity Severity, string Name, string Criteria, string Source, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ChangeSeverityLevel>
    {
        public Validator()
        {
            RuleFor(r => r.Severity).MustBeSeverity();
            RuleFor(r => r.Name).NotEmpty().WithMessage("Give the severity a name.").MaximumLength(50).WithMessage("A name has at most 50 characters.");
            RuleFor(r => r.Criteria).NotEmpty().WithMessage("Say when it applies.").MaximumLength(1000).WithMessage("Criteria have at most 1,000 characters.");
            RuleFor(r => r.Source).NotEmpty().WithMessage("Say where the criteria come from.").MaximumLength(1000).WithMessage("A source has at most 1,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeSeverityLevel request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeSeverityLevel, Done>(request, actor, Permission.Administer, async change =>
            {
                var level = await change.Db.SeverityLevels.SingleAsync(l => l.Severity == request.Severity, ct);
                if (request.Version is { } read)
                    change.Db.Entry(level).Property(l => l.Version).OriginalValue = read;
                var changes = new FieldChanges().Add("name", level.Name, request.Name.Trim()).Add("criteria", level.Criteria, request.Criteria.Trim()).Add("source", level.Source, request.Source.Trim());
                level.Describe(request.Name.Trim(), request.Criteria.Trim(), request.Source.Trim());
                change.Audit("severity_level.changed", "severity_level", SeverityLevel.Code(level.Severity), level.Name, changes.Details);
                change.Publish(IncidentToChange.Topic);
                return Done.Value;
            }, ct);
    }
}
