using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Application.Incidents.Timeline.Phases;

/// <summary>The phases of an incident and the times between them.</summary>
/// <param name="Phases">All five, in their order.</param>
/// <param name="Lengths">All four.</param>
/// <param name="IsInOrder">False where something that was recorded since stands against what was adjusted.</param>
/// <param name="MayAdjust">The actor may say otherwise.</param>
public sealed record PhasesRead(IReadOnlyList<PhaseRow> Phases, IReadOnlyList<PhaseLength> Lengths, bool IsInOrder, bool MayAdjust)
{
    internal static PhasesRead Of(IncidentPhases phases, bool mayAdjust) => new(
        [.. phases.Moments.Select(m => new PhaseRow(m.Phase, m.At, m.Derived is { } d ? new DerivedRow(d.At, d.From.Kind, d.From.At, d.From.Entry, d.From.Page) : null, m.Adjusted))],
        [.. Enum.GetValues<PhaseSpan>().Select(s => new PhaseLength(s, phases.Length(s)?.TotalSeconds))], phases.IsInOrder, mayAdjust);
}

/// <param name="At">The one that counts: as adjusted, or else as derived; null while it is not known.</param>
/// <param name="Derived">Null where nothing that is recorded says it.</param>
/// <param name="Adjusted">Null where nobody said otherwise.</param>
public sealed record PhaseRow(Phase Phase, DateTimeOffset? At, DerivedRow? Derived, PhaseAdjustment? Adjusted);

/// <param name="From">What it rests on.</param>
/// <param name="SignAt">When that happened. It may be before the beginning, from which the phase then counts.</param>
/// <param name="Entry">The line of the timeline that says so, if one does.</param>
/// <param name="Page">Number of the page, if it rests on one.</param>
public sealed record DerivedRow(DateTimeOffset At, SignKind From, DateTimeOffset SignAt, Guid? Entry, int? Page);

/// <param name="Seconds">Null while an end is not known, or where it would be below zero.</param>
public sealed record PhaseLength(PhaseSpan Span, double? Seconds);
