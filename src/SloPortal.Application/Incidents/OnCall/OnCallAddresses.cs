namespace SloPortal.Application.Incidents.OnCall;

/// <summary>Pages to which notices lead, and what wakes them.</summary>
internal static class OnCallAddresses
{
    /// <summary>The topic of every change of who is on call.</summary>
    public const string Topic = "on-call";

    public static string Of(string schedule) => "/on-call/" + schedule;
}
