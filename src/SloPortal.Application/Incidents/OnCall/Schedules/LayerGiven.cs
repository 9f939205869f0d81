using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

/// <summary>A layer as people write it, and as they get it back.</summary>
/// <param name="Id">Of the layer that this changes; null adds one.</param>
/// <param name="Every">How many units a shift takes.</param>
/// <param name="FirstDay">On which shift number 0 begins.</param>
/// <param name="HandOff">The time of day at which shifts are handed over, in the zone of the schedule.</param>
/// <param name="People">In the order in which they take turns.</param>
/// <param name="Hours">When the layer applies at all; null or empty is always.</param>
public sealed record LayerGiven(Guid? Id, string Name, ShiftUnit Unit, int Every, DateOnly FirstDay, TimeOnly HandOff, IReadOnlyList<Guid> People, IReadOnlyList<WeeklyHours>? Hours = null)
{
    internal LayerPlan Plan() => new(Id, Name.Trim(), new Rotation(Unit, Every, FirstDay, HandOff, [.. People], [.. Hours ?? []]));

    internal static LayerGiven Of(LayerPlan plan) =>
        new(plan.Id, plan.Name, plan.Rotation.Unit, plan.Rotation.Every, plan.Rotation.FirstDay, plan.Rotation.HandOff, plan.Rotation.People, plan.Rotation.Hours);
}
