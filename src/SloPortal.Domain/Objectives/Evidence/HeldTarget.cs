namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>The strictest target that a share of the past windows would have met.</summary>
/// <param name="PercentOfWindows">90: at least 90 % of the windows.</param>
/// <param name="Attained">The attained share (0 to 1) at that quantile.</param>
/// <param name="Percent">
/// <paramref name="Attained"/> as a target in percent, cut to two significant digits of the failure share so that it
/// still holds; null when the windows had no failure, or too many for any target.
/// </param>
public sealed record HeldTarget(int PercentOfWindows, double Attained, decimal? Percent);
