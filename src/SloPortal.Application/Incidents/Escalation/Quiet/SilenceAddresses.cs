namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <summary>Where a silence is looked at, as notices link to it.</summary>
internal static class SilenceAddresses
{
    public static string Of(Guid id) => $"/silences?silence={id}";
}
