using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Teams;

/// <summary>Teams of an incident as the pages say them.</summary>
internal static class TeamWords
{
    public static string Word(TeamState state) => state.ToString();

    public static Tone ToneOf(TeamState state) => state switch
    {
        TeamState.Asked => Tone.Warn,
        TeamState.Working => Tone.Info,
        TeamState.Waiting => Tone.Bad,
        TeamState.Done => Tone.Good,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>"The part of Payments", "The lead of Payments", "A task of Payments".</summary>
    public static string Subject(HandOffRow row) => row.Task is not null ? $"A task of {row.From}" : row.From == row.To ? $"The lead of {row.From}" : $"The part of {row.From}";

    /// <summary>"part of this one".</summary>
    public static string Word(IncidentRelation relation) => relation switch
    {
        IncidentRelation.Parent => "the whole, of which this is a part",
        IncidentRelation.Child => "a part of this one",
        IncidentRelation.Related => "may have to do with it",
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, null),
    };

    /// <summary>"2 teams, 1 waiting"; null where none works on it.</summary>
    public static string? Count(IReadOnlyList<InvolvedTeamRow> teams)
    {
        var parts = new[] { (TeamState.Asked, "asked"), (TeamState.Waiting, "waiting") }
            .Select(s => (Count: teams.Count(t => t.State == s.Item1), Word: s.Item2)).Where(s => s.Count > 0).Select(s => $"{s.Count} {s.Word}").ToList();
        return teams.Count == 0 ? null : string.Join(", ", parts.Prepend(teams.Count == 1 ? "1 team" : $"{teams.Count} teams"));
    }
}
