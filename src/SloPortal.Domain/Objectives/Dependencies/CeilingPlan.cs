namespace SloPortal.Domain.Objectives.Dependencies;

/// <summary>What of a dependency graph can be counted: measured nodes, and in place of those that are not what they need themselves.</summary>
internal sealed class CeilingPlan
{
    private readonly Dictionary<DependencyNode, CeilingMember?> known = [];
    private readonly List<LeftOutDependency> leftOut = [];
    private readonly int minutes;

    private CeilingPlan(int minutes) => this.minutes = minutes;

    public IReadOnlyList<CeilingPart> Parts { get; private set; } = [];

    public IReadOnlyList<LeftOutDependency> LeftOut => leftOut;

    public static CeilingPlan Of(IReadOnlyList<DependencyPart> parts, int minutes)
    {
        var plan = new CeilingPlan(minutes);
        plan.Parts = plan.Read(parts);
        return plan;
    }

    /// <summary>The minutes in which all that is counted is known.</summary>
    public List<int> CommonMinutes()
    {
        var members = Parts.SelectMany(p => p.Members).Distinct().ToList();
        return [.. Enumerable.Range(0, minutes).Where(minute => members.TrueForAll(m => !double.IsNaN(m.Good[minute])))];
    }

    private List<CeilingPart> Read(IReadOnlyList<DependencyPart> parts)
    {
        var read = new List<CeilingPart>();
        foreach (var part in parts)
        {
            var members = part.Nodes.Select(Member).OfType<CeilingMember>().ToList();
            if (members.Count >= part.Required)
                read.Add(new CeilingPart(part.Group, part.Required, members));
            else if (part.Group is { } group)
                leftOut.Add(new($"The group {group}", $"{part.Required} of it must work, and {(members.Count == 0 ? "none is" : $"only {members.Count} are")} measured"));
        }

        return read;
    }

    private CeilingMember? Member(DependencyNode node)
    {
        if (!known.TryGetValue(node, out var member))
            known[node] = member = node.Good is { } good && node.Known >= minutes * DependencyCeiling.LeastKnown ? new(node.Name, good, null) : Derived(node);
        return member;
    }

    private CeilingMember? Derived(DependencyNode node)
    {
        var before = leftOut.Count;
        var needs = Read(node.Needs);
        if (needs.Count > 0)
            return new(node.Name, [.. Enumerable.Range(0, minutes).Select(minute => needs.Aggregate(1d, (all, part) => all * part.GoodAt(minute)))], needs);
        leftOut.RemoveRange(before, leftOut.Count - before);
        leftOut.Add(new(node.Name, node.Good is null ? "it is not measured" : "it was measured in less than half of the window"));
        return null;
    }
}

/// <summary>A part whose members can be counted.</summary>
internal sealed record CeilingPart(string? Group, int Required, IReadOnlyList<CeilingMember> Members)
{
    /// <summary>NaN where one of its members is not known.</summary>
    public double GoodAt(int minute)
    {
        if (Members.Count == 1)
            return Members[0].Good[minute];
        Span<double> good = Members.Count <= 64 ? stackalloc double[Members.Count] : new double[Members.Count];
        for (var i = 0; i < good.Length; i++)
            good[i] = Members[i].Good[minute];
        return DependencyPart.AtLeast(Required, good);
    }

    public double Independent(List<int> common) => DependencyPart.AtLeast(Required, [.. Members.Select(m => m.Independent(common))]);
}

/// <summary>A measured node, or one that is only as good as what it needs; of one plan, and so of one list of common minutes.</summary>
internal sealed class CeilingMember(string name, double[] good, IReadOnlyList<CeilingPart>? needs)
{
    private double? mean;
    private double? independent;

    public string Name => name;

    public double[] Good => good;

    public bool IsDerived => needs is not null;

    public double Mean(List<int> common) => mean ??= common.Sum(minute => good[minute]) / common.Count;

    public double Independent(List<int> common) => independent ??= needs?.Aggregate(1d, (all, part) => all * part.Independent(common)) ?? Mean(common);
}
