using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Tests.Incidents.OnCall;

/// <summary>Who is on call, minute by minute and read off the words of decision 0032: nothing in it is clever.</summary>
internal sealed class NaiveSchedule(IReadOnlyList<Layer> layers, IReadOnlyList<ShiftSwap> swaps, IReadOnlyList<ShiftOverride> overrides)
{
    private readonly List<string> zones = [.. layers.Select(l => l.TimeZone).Distinct()];

    internal readonly record struct Said(Guid Person, OnCallBy By, Guid? Layer, long? Index);

    /// <summary>Every minute from the first to before the last.</summary>
    public IEnumerable<(DateTimeOffset Minute, Said? Said)> Minutes(DateTimeOffset from, DateTimeOffset to)
    {
        var infos = zones.ConvertAll(TimeZoneInfo.FindSystemTimeZoneById);
        var walls = new DateTime[zones.Count];
        // Begun earlier, so that a clock that stands still at the first minute is known to do so.
        for (var minute = from.AddDays(-1); minute < to; minute = minute.AddMinutes(1))
        {
            for (var z = 0; z < walls.Length; z++)
            {
                var shown = minute.UtcDateTime + infos[z].GetUtcOffset(minute);
                if (shown > walls[z])
                    walls[z] = shown;
            }
            if (minute >= from)
                yield return (minute, At(minute, walls));
        }
    }

    private Said? At(DateTimeOffset minute, DateTime[] walls)
    {
        ShiftOverride? over = null;
        foreach (var one in overrides)
        {
            if (minute >= one.StartsAt && minute < one.EndsAt && (one.RemovedAt is null || minute < one.RemovedAt) && (over is null || one.CreatedAt > over.CreatedAt))
                over = one;
        }
        if (over is not null)
            return new Said(over.PersonId, OnCallBy.Override, null, null);
        Said? best = null;
        var bestRank = int.MaxValue;
        foreach (var layer in layers)
        {
            if (layer.Rank < bestRank && minute >= layer.From && (layer.Until is null || minute < layer.Until) && Of(layer, minute, walls[zones.IndexOf(layer.TimeZone)]) is { } said)
                (best, bestRank) = (said, layer.Rank);
        }
        return best;
    }

    private Said? Of(Layer layer, DateTimeOffset minute, DateTime wall)
    {
        var passed = wall - layer.Rotation.First;
        if (passed < TimeSpan.Zero || (layer.Rotation.Hours.Count > 0 && !layer.Rotation.Hours.Any(h => Holds(h, wall))))
            return null;
        var length = layer.Rotation.Every * (layer.Rotation.Unit == ShiftUnit.Hours ? 1 : layer.Rotation.Unit == ShiftUnit.Days ? 24 : 168);
        var index = passed.Ticks / TimeSpan.FromHours(length).Ticks;
        var own = layer.Rotation.People[(int)(index % layer.Rotation.People.Count)];
        var person = own;
        DateTimeOffset? latest = null;
        foreach (var swap in swaps)
        {
            if (swap.LayerId == layer.Id && swap.Index == index && swap.At <= minute && (latest is null || swap.At > latest))
                (person, latest) = (swap.PersonId, swap.At);
        }
        return new Said(person, person == own ? OnCallBy.Layer : OnCallBy.Swap, layer.Id, index);
    }

    private static bool Holds(WeeklyHours hours, DateTime wall)
    {
        var time = TimeOnly.FromDateTime(wall);
        if (hours.From < hours.To)
            return hours.Days.Contains(wall.DayOfWeek) && time >= hours.From && time < hours.To;
        return (hours.Days.Contains(wall.DayOfWeek) && time >= hours.From) || (hours.Days.Contains(wall.AddDays(-1).DayOfWeek) && time < hours.To);
    }
}
