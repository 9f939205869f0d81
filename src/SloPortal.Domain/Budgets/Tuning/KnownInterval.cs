using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>What is known of a stretch of time.</summary>
public enum LabelKind
{
    /// <summary>Somebody should have been woken.</summary>
    ShouldPage,

    /// <summary>Nobody should: a drill, a planned migration, noise.</summary>
    ShouldNot,
}

/// <summary>A stretch of the past of which it is known whether it should have paged: an incident, or what somebody marked.</summary>
/// <param name="Name">As a list calls it.</param>
/// <param name="Incident">Its number; null where somebody marked it.</param>
/// <param name="Mark">Of whom marked it; null for an incident.</param>
public sealed record KnownInterval(Interval When, LabelKind Kind, string Name, int? Incident = null, Guid? Mark = null)
{
    /// <summary>
    /// The stretches that should have paged, within a span, the first to begin first. A mark that it should not takes out an incident that
    /// lies within it, since whoever marked it knew of the incident.
    /// </summary>
    public static IReadOnlyList<KnownInterval> Positive(IReadOnlyList<KnownInterval> known, Interval span)
    {
        var not = known.Where(k => k.Kind == LabelKind.ShouldNot).Select(k => k.When).ToList();
        return [.. known.Where(k => k.Kind == LabelKind.ShouldPage && !not.Exists(n => n.Start <= k.When.Start && k.When.End <= n.End))
            .Select(k => k.When.Intersect(span) is { } within ? k with { When = within } : null).OfType<KnownInterval>().OrderBy(k => k.When.Start)];
    }
}
