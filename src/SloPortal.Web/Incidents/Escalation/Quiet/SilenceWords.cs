using System.Globalization;
using SloPortal.Application.Incidents.Escalation.Quiet;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation.Quiet;

/// <summary>How silences are spoken of.</summary>
internal static class SilenceWords
{
    public static (Tone Tone, string Word) StateOf(SilenceState state) => state switch
    {
        SilenceState.Active => (Tone.Warn, "Silent"),
        SilenceState.Planned => (Tone.Info, "Planned"),
        SilenceState.Over => (Tone.Neutral, "Over"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>"All signals of Checkout", "signals about Search".</summary>
    public static string Scope(SilenceRow silence) => silence.ServiceName is { } service ? $"Signals about {service}" : silence.Conditions.Count > 0 ? $"Signals of {silence.TeamName}" : $"All signals of {silence.TeamName}";

    /// <summary>How many it has kept from calling, and how many of them would call at its end.</summary>
    public static string Kept(SilenceRow silence) => silence switch
    {
        { State: SilenceState.Planned } => "",
        { Quiet: 0 } => "nothing",
        { Firing: > 0 } => $"{Count(silence.Quiet)}, {Number(silence.Firing)} still firing",
        _ => Count(silence.Quiet),
    };

    /// <summary>What a silence would do, in one sentence.</summary>
    public static string Sentence(SilenceTrial trial) => trial switch
    {
        { OfWeek: 0 } => "The team had no signals in the last seven days, so nothing can be said about it.",
        { Week: 0 } => $"It would have covered none of the {Count(trial.OfWeek)} of the last seven days.",
        _ => $"It would have covered {Number(trial.Week)} of the {Count(trial.OfWeek)} of the last seven days, {(trial.Calling == 0 ? "none of which called" : $"{Number(trial.Calling)} of which called")}. {(trial.Firing == 0 ? "None of them fires now." : $"{Number(trial.Firing)} fire now.")}",
    };

    private static string Count(int signals) => signals == 1 ? "one signal" : $"{Number(signals)} signals";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
