using System.Globalization;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Watching;

/// <summary>How the watch list speaks.</summary>
internal static class WatchWords
{
    public static string Word(WatchKind kind) => kind switch
    {
        WatchKind.SlowBurn => "Slow burn",
        WatchKind.OutlyingSegment => "Outlying segment",
        WatchKind.Reports => "Reports of people",
        WatchKind.ByHand => "Put here by hand",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Word(WatchState state) => state switch
    {
        WatchState.Watched => "Watched",
        WatchState.Dismissed => "Dismissed",
        WatchState.Expired => "Expired",
        WatchState.Promoted => "Promoted",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Tone ToneOf(WatchState state) => state switch
    {
        WatchState.Watched => Tone.Info,
        WatchState.Dismissed => Tone.Good,
        WatchState.Expired => Tone.Neutral,
        WatchState.Promoted => Tone.Warn,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Word(WatchEvent kind) => kind switch
    {
        WatchEvent.Added => "Added",
        WatchEvent.FoundAgain => "Found again",
        WatchEvent.Owned => "Owner",
        WatchEvent.Extended => "Prolonged",
        WatchEvent.Dismissed => "Dismissed",
        WatchEvent.Expired => "Expired",
        WatchEvent.Promoted => "Promoted",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>"1 in 2,920".</summary>
    public static string Chance(double p) => p < 1e-9 ? "less than 1 in a billion" : "1 in " + Math.Round(1 / p).ToString("#,0", CultureInfo.InvariantCulture);

    public static string Figure(double value) => value.ToString(value < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Where what was found can be seen.</summary>
    public static (string Text, string Href) Evidence(WatchRow item) => item switch
    {
        { Sli: { } sli, Segment: { } segment } => ("The segment, hour by hour", Routes.Segment(sli, segment, 7)),
        { Kind: WatchKind.Reports } => ("What people reported", Routes.SignalsOfService(item.Service)),
        { Objective: { } objective } => ("The objective in that time", Routes.ObjectiveAt(item.Service, objective, (item.LookedFrom ?? item.Since).AddDays(-1), item.LookedTo ?? item.Since)),
        _ => ("The service", Routes.Service(item.Service)),
    };
}
