namespace SloPortal.Domain.Catalog.Dependencies;

/// <summary>Whether a new dependency would let a service depend on itself, directly or round a circle.</summary>
public static class DependencyCircle
{
    /// <summary>The circle that an edge would close, from <paramref name="from"/> back to it; null when it closes none.</summary>
    /// <param name="edges">Which services each service depends on.</param>
    public static IReadOnlyList<Guid>? ClosedBy(ILookup<Guid, Guid> edges, Guid from, Guid on)
    {
        ArgumentNullException.ThrowIfNull(edges);
        if (from == on)
            return [from, from];
        // Breadth first, so that the sentence names the shortest circle.
        var cameFrom = new Dictionary<Guid, Guid> { [on] = from };
        var waiting = new Queue<Guid>([on]);
        while (waiting.TryDequeue(out var at))
        {
            foreach (var next in edges[at])
            {
                if (next == from)
                    return [from, .. WayTo(at, cameFrom, from), from];
                if (cameFrom.TryAdd(next, at))
                    waiting.Enqueue(next);
            }
        }

        return null;
    }

    /// <summary>"Checkout would depend on itself: Checkout → Payments → Checkout."</summary>
    public static string Sentence(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count == 2
            ? $"{names[0]} cannot depend on itself. Choose another service."
            : $"This would close a circle: {string.Join(" → ", names)}. Remove one of these dependencies first.";
    }

    private static Stack<Guid> WayTo(Guid end, Dictionary<Guid, Guid> cameFrom, Guid from)
    {
        var way = new Stack<Guid>();
        for (var at = end; at != from; at = cameFrom[at])
            way.Push(at);
        return way;
    }
}
