using System.Globalization;
using SloPortal.Domain.Remediation;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Remediation;

/// <summary>States and days of actions as the pages say them.</summary>
internal static class ActionWords
{
    /// <summary>"In progress"; what is overdue says so.</summary>
    public static string Word(ActionState state, bool overdue)
    {
        var word = ActionStates.Word(state);
        return overdue ? "Overdue" : string.Concat(word[..1].ToUpperInvariant(), word.AsSpan(1));
    }

    public static Tone ToneOf(ActionState state, bool overdue) => state switch
    {
        _ when overdue => Tone.Bad,
        ActionState.Open => Tone.Neutral,
        ActionState.InProgress => Tone.Info,
        ActionState.Done => Tone.Good,
        ActionState.Dropped => Tone.Neutral,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>"26 Nov 2026": a day in UTC, the same for every reader.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>As a field for days has it.</summary>
    public static string Field(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
