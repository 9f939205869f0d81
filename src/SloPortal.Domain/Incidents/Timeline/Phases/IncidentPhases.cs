using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Timeline.Phases;

/// <summary>What a person said instead of what is derived.</summary>
/// <param name="Entry">The line of the timeline that says so.</param>
public sealed record PhaseAdjustment(DateTimeOffset At, string Reason, string By, DateTimeOffset RecordedAt, Guid Entry);

/// <param name="Derived">Null where nothing that is recorded says it.</param>
/// <param name="Adjusted">Null where nobody said otherwise.</param>
public sealed record PhaseMoment(Phase Phase, DerivedPhase? Derived, PhaseAdjustment? Adjusted)
{
    /// <summary>The one that counts; null while it is not known.</summary>
    public DateTimeOffset? At => Adjusted?.At ?? Derived?.At;
}

/// <summary>The phases of an incident, each as it is derived and as people adjusted it.</summary>
/// <param name="Moments">All five, in their order.</param>
public sealed record IncidentPhases(IReadOnlyList<PhaseMoment> Moments)
{
    public static IncidentPhases Of(PhaseFacts facts, IReadOnlyDictionary<Phase, PhaseAdjustment> adjusted)
    {
        ArgumentNullException.ThrowIfNull(adjusted);
        var derived = DerivedPhases.Of(facts);
        var moments = Array.ConvertAll(Enum.GetValues<Phase>(), p => new PhaseMoment(p, derived.GetValueOrDefault(p), adjusted.GetValueOrDefault(p)));
        // From the end, since one may follow another that follows a third.
        for (var i = moments.Length - 1; i >= 0; i--)
        {
            if (moments[i].Derived is { } own && moments[(i + 1)..].Where(later => RestsOnTheSame(moments[i], later)).Min(later => later.At) is { } moved && moved < own.At)
                moments[i] = moments[i] with { Derived = own with { At = moved } };
        }
        return new(moments);
    }

    /// <summary>It is known by the later one alone, such as that it was detected by who ended it, and goes with that where a person says that it was earlier.</summary>
    private static bool RestsOnTheSame(PhaseMoment moment, PhaseMoment later) => moment.Derived is { } own && ReferenceEquals(own.From, later.Derived?.From);

    public DateTimeOffset? At(Phase phase) => Moments[(int)phase].At;

    /// <summary>Those that are known follow one another. What was adjusted may be overtaken by what is recorded later.</summary>
    public bool IsInOrder => Moments.Select(m => m.At).OfType<DateTimeOffset>().ToArray() is var known && known.Zip(known.Skip(1)).All(pair => pair.First <= pair.Second);

    /// <summary>Null while an end is not known, or where it would end before it begins.</summary>
    public TimeSpan? Length(PhaseSpan span)
    {
        var (from, to) = PhaseWords.Ends(span);
        return At(from) is { } began && At(to) is { } ended && ended >= began ? ended - began : null;
    }

    /// <param name="at">When it was instead; null takes what is derived again.</param>
    /// <returns>Why it cannot be; null where the phases stay in order.</returns>
    public Refusal? WhyNot(Phase phase, DateTimeOffset? at)
    {
        if ((at ?? Moments[(int)phase].Derived?.At) is not { } meant)
            return null;
        if (Moments.Where(m => m.Phase < phase && (m.Adjusted is not null || !RestsOnTheSame(m, Moments[(int)phase]))).LastOrDefault(m => m.At > meant) is { } earlier)
            return Refusal.Invalid("At", $"It cannot have {Became(phase)} before it {Was(earlier.Phase)}, at {Text(earlier.At!.Value)}. Adjust that first, or give a later time.");
        if (Moments.FirstOrDefault(m => m.Phase > phase && m.At < meant) is { } later)
            return Refusal.Invalid("At", $"It cannot have {Became(phase)} after it {Was(later.Phase)}, at {Text(later.At!.Value)}. Adjust that first, or give an earlier time.");
        return null;
    }

    private static string Became(Phase phase) => phase == Phase.Began ? "begun" : $"been {PhaseWords.Word(phase)}";

    private static string Was(Phase phase) => phase == Phase.Began ? "began" : $"was {PhaseWords.Word(phase)}";

    /// <summary>"2026-11-10 12:00:07 UTC", with what the clock says of a second where it is not whole.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF 'UTC'", CultureInfo.InvariantCulture);
}
