using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <param name="Incident">Number.</param>
/// <param name="DueAt">When stakeholders should hear of it next; null where nothing is due.</param>
/// <param name="OverdueSeconds">Null while it is not overdue.</param>
/// <param name="LastAt">When they heard of it last; null where they never did.</param>
public sealed record UpdateDueRow(int Incident, DueBasis Basis, DateTimeOffset? DueAt, double? OverdueSeconds, DateTimeOffset? LastAt);

/// <summary>When the next update of incidents is due, the one that is overdue longest first.</summary>
/// <param name="Incidents">Numbers; null for all that are open. Those that the actor may not see are left out.</param>
public sealed record ListUpdatesDue(IReadOnlyList<int>? Incidents = null)
{
    public const int Most = 500;

    public sealed class Validator : AbstractValidator<ListUpdatesDue>
    {
        public Validator() => RuleFor(r => r.Incidents).Must(i => i is null or { Count: <= Most }).WithMessage("Ask about at most 500 incidents.");
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<UpdateDueRow>>> HandleAsync(ListUpdatesDue request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            var asked = request.Incidents is { } numbers ? visible.Where(i => numbers.Contains(i.Number)) : UpdatesOf.Open(visible);
            var due = await UpdatesOf.DueAsync(db, visible, asked.OrderBy(i => i.Number).Take(Most), ct);
            return due.Select(i => new UpdateDueRow(i.Number, i.Due.Basis, i.Due.At, i.Due.OverdueBy(now)?.TotalSeconds, i.LastAt))
                .OrderBy(r => r.DueAt ?? DateTimeOffset.MaxValue).ToList();
        }
    }
}
