using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
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
            var asked = request.Incidents is { } numbers
                ? visible.Where(i => numbers.Contains(i.Number))
                : visible.Where(i => i.MergedIntoId == null && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed);
            var incidents = await asked.OrderBy(i => i.Number).Take(Most).Select(i => new { i.Id, i.Number, i.Status, i.Severity, i.DeclaredAt }).ToListAsync(ct);
            var last = await UpdatesOf.LastAsync(db, visible, incidents.ConvertAll(i => i.Id), ct);
            return incidents.ConvertAll(i =>
            {
                var told = last.GetValueOrDefault(i.Id);
                var due = UpdateCadence.Due(IncidentStatusRules.IsOpen(i.Status), i.Severity, i.DeclaredAt, told);
                return new UpdateDueRow(i.Number, due.Basis, due.At, due.OverdueBy(now)?.TotalSeconds, told?.PublishedAt);
            }).OrderBy(r => r.DueAt ?? DateTimeOffset.MaxValue).ToList();
        }
    }
}
