using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Incidents.Timeline.Marks;

/// <summary>What people said of entries.</summary>
/// <param name="Pins">What must not be forgotten, as it happened; at most <see cref="PinnedEntries.Most"/>.</param>
/// <param name="Links">In the order of recording. Those to what the reader may not see are left out.</param>
public sealed record TimelineMarks(IReadOnlyList<PinRow> Pins, IReadOnlyList<LinkRow> Links)
{
    public static TimelineMarks None { get; } = new([], []);
}

/// <param name="First">The entry as it was first recorded, by which it is unpinned.</param>
/// <param name="Entry">The one that holds: itself, or what corrects it.</param>
/// <param name="Incident">The code of the incident in whose chain that stands.</param>
/// <param name="Number">Its place there.</param>
/// <param name="OccurredAt">By its corrected time.</param>
/// <param name="Label">What whoever pinned it calls it; null where the entry says it.</param>
/// <param name="IsCorrectedSince">The entry was corrected after it was pinned, so that the label may be wrong.</param>
public sealed record PinRow(
    Guid First, Guid Entry, string Incident, int Number, DateTimeOffset OccurredAt, string? Label, string Body, bool IsCorrectedSince, string PinnedBy, DateTimeOffset PinnedAt);

/// <param name="Entry">That rests on it.</param>
/// <param name="Title">As the portal calls it; of an address that itself.</param>
/// <param name="Within">Where it is found: the short name of the service of a deployment, the number of an incident, or of that of a file; else null.</param>
/// <param name="Why">What the portal says of it that found it; null where a person linked it.</param>
public sealed record LinkRow(Guid Entry, Evidence Evidence, string Title, string? Within, string LinkedBy, DateTimeOffset LinkedAt, string? Why = null);
