using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives;

/// <summary>One past window of a replay and what it would have attained (0 to 1).</summary>
public sealed record ReplayWindow(Interval Window, EventCounts Counts, double Attained, bool Met);
