using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Domain.Objectives.Dependencies;

/// <summary>The minutes in which a service could not work because a vendor did not (decision 0019).</summary>
public static class ExternalOutages
{
    /// <summary>A vendor is out in a minute in which at least half of it failed.</summary>
    public static bool IsOut(DependencyNode node, int minute)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node is { IsExternal: true, Good: { } good } && good[minute] <= 1 - Outage.FailedShare;
    }

    /// <summary>
    /// True for each minute in which a vendor in series was out, or so many of a redundant group that too few could work, at any
    /// level. Services are taken to have worked: their own failures are nobody else's.
    /// </summary>
    public static bool[] Of(IReadOnlyList<DependencyPart> parts, int minutes)
    {
        var known = new Dictionary<DependencyNode, bool[]>();
        return OfParts(parts);

        bool[] OfParts(IReadOnlyList<DependencyPart> needs)
        {
            var lost = new bool[minutes];
            foreach (var part in needs)
            {
                var nodes = part.Nodes.Select(OfNode).ToList();
                for (var minute = 0; minute < minutes; minute++)
                    lost[minute] |= nodes.Count(node => !node[minute]) < Math.Min(part.Required, nodes.Count);
            }

            return lost;
        }

        bool[] OfNode(DependencyNode node)
        {
            if (known.TryGetValue(node, out var lost))
                return lost;
            lost = node.IsExternal ? [.. Enumerable.Range(0, minutes).Select(minute => IsOut(node, minute))] : OfParts(node.Needs);
            return known[node] = lost;
        }
    }
}
