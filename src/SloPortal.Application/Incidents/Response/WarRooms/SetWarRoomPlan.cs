using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>Says anew what a war room begins with. Rooms that were opened keep what they began with.</summary>
/// <param name="CallLink">An https address in which <c>{code}</c> stands for the code of the incident; null gives none.</param>
/// <param name="Checklists">By role; a role that is left out has none.</param>
/// <param name="Version">As it was read.</param>
public sealed record SetWarRoomPlan(string? CallLink, IReadOnlyList<RoleChecklist> Checklists, int Version)
{
    public sealed class Validator : AbstractValidator<SetWarRoomPlan>
    {
        public Validator()
        {
            RuleFor(r => r.CallLink).MustBeCallLink();
            RuleFor(r => r.Checklists).Custom((checklists, context) =>
            {
                if (WarRoomPlan.RefusalFor(checklists) is { } wrong)
                    context.AddFailure(context.PropertyPath, wrong);
            });
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The new version.</returns>
        public Task<Outcome<int>> HandleAsync(SetWarRoomPlan request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetWarRoomPlan, int>(request, actor, Permission.Administer, async change =>
            {
                var (before, row) = await WarRoomPlans.ToChangeAsync(change.Db, ct);
                if (before.Version != request.Version)
                    return Refusal.Conflict("Somebody else changed the plan since you opened it. Your steps are still here; open it in another tab, look at their change, and make yours again.");
                var plan = new WarRoomPlan(before.Version + 1, string.IsNullOrWhiteSpace(request.CallLink) ? null : request.CallLink.Trim(),
                    [.. request.Checklists.Select(c => new RoleChecklist(c.Role, [.. c.Steps.Select(s => s.Trim())]))]);
                row.Value = WarRoomPlans.Text(plan);
                change.Audit("war_room_plan.changed", "portal", "war-room-plan", "War room plan", new { Before = before, After = plan });
                return plan.Version;
            }, ct);
    }
}
