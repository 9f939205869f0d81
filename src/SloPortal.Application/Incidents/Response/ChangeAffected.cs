using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Says anew which services and objectives the incident touches.</summary>
/// <param name="Services">Slugs of all of them.</param>
/// <param name="Objectives">All whose budget it spends; their services are touched too.</param>
public sealed record ChangeAffected(int Number, IReadOnlyList<string> Services, IReadOnlyList<ObjectiveKey> Objectives)
{
    public sealed class Validator : AbstractValidator<ChangeAffected>
    {
        public Validator()
        {
            RuleFor(r => r.Services).Must(s => s is { Count: <= 50 }).WithMessage("An incident names at most 50 services.");
            RuleFor(r => r.Objectives).Must(o => o is { Count: <= 50 }).WithMessage("An incident names at most 50 objectives.");
            RuleForEach(r => r.Services).MustBeNamed();
            RuleForEach(r => r.Objectives).MustBeNamed();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(ChangeAffected request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeAffected, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var affected = await Affected.FindAsync(change.Db, request.Services, request.Objectives, ct);
                if (!affected.Succeeded)
                    return affected.Refusal;
                var incident = found.Value;
                var (services, objectives) = (await ServicesAsync(change, incident.ServiceIds, ct), await ObjectivesAsync(change, incident.ObjectiveIds, ct));
                incident.ChangeAffected(affected.Value.Services, affected.Value.Objectives);
                var changes = new FieldChanges()
                    .AddList("services", services, await ServicesAsync(change, incident.ServiceIds, ct))
                    .AddList("objectives", objectives, await ObjectivesAsync(change, incident.ObjectiveIds, ct));
                if (changes.Details.Count == 0)
                    return Refusal.Conflict("These are its services and objectives already.");
                var all = await ServicesAsync(change, incident.ServiceIds, ct);
                return await IncidentToChange.RecordAsync(change, incident, "incident.affected_changed", new NewEntry(
                    EntryKind.Impact, all.Count == 0 ? "Affects no service any more" : "Affects " + string.Join(", ", all.Concat(await ObjectivesAsync(change, incident.ObjectiveIds, ct))),
                    Details: changes.Details), ct);
            }, ct);

        private static Task<List<string>> ServicesAsync(Change change, Guid[] ids, CancellationToken ct) =>
            change.Db.Services.Where(s => ids.Contains(s.Id)).OrderBy(s => s.Slug).Select(s => s.Slug).ToListAsync(ct);

        private static Task<List<string>> ObjectivesAsync(Change change, Guid[] ids, CancellationToken ct) =>
            change.Db.Objectives.Where(o => ids.Contains(o.Id)).Join(change.Db.Services, o => o.ServiceId, s => s.Id, (o, s) => s.Slug + "/" + o.Slug).OrderBy(k => k).ToListAsync(ct);
    }
}
