namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>Pages that waited about equally long.</summary>
/// <param name="BelowSeconds">Exclusive; null for the last, which has no end.</param>
/// <param name="Untaken">They waited so long, and nobody took them.</param>
public sealed record WaitBar(double FromSeconds, double? BelowSeconds, int Taken, int Untaken)
{
    /// <summary>Where bars end, the last excepted. Product policy.</summary>
    public static IReadOnlyList<TimeSpan> Bounds { get; } = [.. new[] { 1, 2, 5, 10, 15, 30, 60, 240 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>The place of the bar that holds a wait.</summary>
    public static int PlaceOf(TimeSpan length)
    {
        var place = 0;
        while (place < Bounds.Count && length >= Bounds[place])
            place++;
        return place;
    }

    /// <returns>One more than there are <see cref="Bounds"/>, also the empty ones.</returns>
    public static IReadOnlyList<WaitBar> Of(IEnumerable<Wait> waits)
    {
        ArgumentNullException.ThrowIfNull(waits);
        var (taken, untaken) = (new int[Bounds.Count + 1], new int[Bounds.Count + 1]);
        foreach (var wait in waits)
            (wait.IsTaken ? taken : untaken)[PlaceOf(wait.Length)]++;
        return [.. taken.Select((count, i) => new WaitBar(i == 0 ? 0 : Bounds[i - 1].TotalSeconds, i < Bounds.Count ? Bounds[i].TotalSeconds : null, count, untaken[i]))];
    }
}
