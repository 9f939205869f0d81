namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>What becomes of the layers of a schedule when people write other ones: decision 0032.</summary>
internal static class LayerChange
{
    /// <summary>
    /// A layer that is as before goes on. One that changed takes effect now or at its first hand-off, whichever is later; until then what it
    /// replaces goes on. What is left out ends now. Whatever waited for its first hand-off is taken back first.
    /// </summary>
    public static IReadOnlyList<Layer> Of(IReadOnlyList<Layer> layers, string timeZone, IReadOnlyList<LayerPlan> plans, DateTimeOffset now, Func<Guid> newId)
    {
        var running = layers.Where(l => l.From <= now && (l.Until is null || l.Until > now)).ToList();
        var waiting = layers.Where(l => l.From > now).ToList();
        var result = layers.Where(l => l.Until <= now).ToList();
        for (var rank = 0; rank < plans.Count; rank++)
        {
            var plan = plans[rank];
            var ahead = waiting.Find(l => l.Id == plan.Id && l.Until is null);
            var before = running.Find(l => l.Id == plan.Id) ?? running.Find(l => ahead is not null && l.Id == ahead.Replaces);
            if (before is not null)
                running.Remove(before);
            var same = new[] { ahead, before }.FirstOrDefault(l => l is not null && l.Rotation.HasSameShiftsAs(plan.Rotation));
            var id = same?.Id ?? newId();
            if (before is not null && before.Id == id && before.Rotation == plan.Rotation && before.TimeZone == timeZone && before.Rank == rank)
            {
                result.Add(before with { Name = plan.Name, Until = null });
                continue;
            }
            var first = ZoneClock.Of(timeZone).Reaches(plan.Rotation.First);
            var start = first > now ? first : now;
            if (before is not null)
                result.Add(before with { Until = start });
            result.Add(new Layer(id, plan.Name, plan.Rotation, timeZone, rank, start, null, before?.Id));
        }
        result.AddRange(running.Select(l => l with { Until = now }));
        // What was changed twice at the same moment was never in force.
        return [.. result.Where(l => l.Until is null || l.Until > l.From).OrderBy(l => l.From).ThenBy(l => l.Rank)];
    }
}
