using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Hand-offs as notices and the timeline say them.</summary>
internal static class HandOffWords
{
    /// <summary>"The part of Payments", "The task of Payments "Call the bank"", "The lead of Payments".</summary>
    public static string Subject(string from, string to, string? task) =>
        task is not null ? $"The task of {from} \"{task}\"" : from == to ? $"The lead of {from}" : $"The part of {from}";

    public static string Offered(Incident incident, string from, string to, string? task) =>
        $"{incident.Code}: {Subject(from, to, task).ToLowerInvariant()[..1]}{Subject(from, to, task)[1..]} is offered to {(from == to ? "you" : to)}. Accept or decline it.";
}
