using System.Runtime.CompilerServices;

namespace SloPortal.Domain.Objectives.Dependencies;

/// <summary>Something that a service depends on, as it was measured in each minute of a window.</summary>
/// <param name="Name">As people know it.</param>
/// <param name="IsExternal">A vendor, not a service.</param>
/// <param name="Good">The share of good in each minute, 0 to 1, NaN where nothing is known; null when it is not measured.</param>
/// <param name="Needs">What it needs itself.</param>
public sealed record DependencyNode(string Name, bool IsExternal, double[]? Good, IReadOnlyList<DependencyPart> Needs)
{
    /// <summary>Minutes of which something is known.</summary>
    public int Known => Good?.Count(good => !double.IsNaN(good)) ?? 0;

    // Nodes are shared where several need the same: each is itself and nothing else.
    public bool Equals(DependencyNode? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

/// <summary>A hard dependency in series (one node, which must work), or a redundant group of which some must.</summary>
/// <param name="Group">Its name; null in series.</param>
/// <param name="Required">How many of <paramref name="Nodes"/> must work.</param>
public sealed record DependencyPart(string? Group, int Required, IReadOnlyList<DependencyNode> Nodes)
{
    public static DependencyPart Series(DependencyNode node) => new(null, 1, [node]);

    /// <summary>
    /// The probability that at least <see cref="Required"/> of independent nodes work, from that of each (the Poisson binomial
    /// distribution, by adding one node after the other).
    /// </summary>
    public static double AtLeast(int required, ReadOnlySpan<double> good)
    {
        if (required > good.Length)
            return 0;
        if (good.Length == 1)
            return required <= 0 ? 1 : good[0];
        // exactly[k]: k of the nodes so far work; the last one holds "so many as are required or more".
        Span<double> exactly = stackalloc double[required + 1];
        exactly.Clear();
        exactly[0] = 1;
        foreach (var share in good)
        {
            if (required > 0)
                exactly[required] += exactly[required - 1] * share;
            for (var k = required - 1; k > 0; k--)
                exactly[k] = exactly[k] * (1 - share) + exactly[k - 1] * share;
            if (required > 0)
                exactly[0] *= 1 - share;
        }

        return exactly[required];
    }
}
