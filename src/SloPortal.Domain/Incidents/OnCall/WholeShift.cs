using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>A shift from its beginning to its end, as one person had it.</summary>
/// <param name="Stretches">Several where its hours have pauses, or an override was in between.</param>
public sealed record WholeShift(Guid PersonId, IReadOnlyList<Interval> Stretches);
